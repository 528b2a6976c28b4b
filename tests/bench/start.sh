#!/usr/bin/env bash
# How long a whole run over the shipped bank takes, as a multiple of a program that says hello: both are started in turn,
# RUNS times (300 unless said otherwise). Ends non-zero above three times. PATHQUIZ names another program to measure.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ -z "${PATHQUIZ:-}" ]; then
  cargo build --release --quiet
  PATHQUIZ=${CARGO_TARGET_DIR:-target}/release/pathquiz
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf 'fn main() {\n    println!("Hello, world!");\n}\n' > "$work/hello.rs"
rustc -O -o "$work/hello" "$work/hello.rs"

python3 - "$work/hello" "$PATHQUIZ" "${RUNS:-300}" <<'END'
import json, os, statistics, sys, time

hello, program, runs = sys.argv[1:]
with open("tests/data/answers/plumber.json") as file:
    answers = json.load(file).items()
text = lambda value: ",".join(value) if isinstance(value, list) else value
whole = [program, *(word for id, value in answers for word in ("-a", f"{id}={text(value)}")), "--no-input", "--json"]
nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]

def seconds(command):
    begin = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=nowhere)
    _, status = os.waitpid(pid, 0)
    if status:
        sys.exit(f"{command[0]} failed")
    return time.perf_counter() - begin

times = [(seconds([hello]), seconds(whole)) for _ in range(int(runs))]
def figures(column):
    low, median, high = statistics.quantiles((pair[column] for pair in times), n=4)
    return f"{median * 1000:.2f} ms ({low * 1000:.2f}–{high * 1000:.2f})"
ratio = statistics.median(whole / hello for hello, whole in times)
print(f"hello world {figures(0)}, a whole run {figures(1)}: {ratio:.2f} times; median (quartiles) of {runs}")
print(f"{os.path.getsize(program) / 1e6:.2f} MB")
sys.exit(ratio > 3)
END
