"""Times who scores the answers of many people, for every shape of file, and compares the results; see cohort.sh."""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy
import polars as pl

from people import make
from rivals import WAYS
from shapes import SHAPES
from weights import Weights

FOLDER = Path(sys.argv[1])
BANK = os.environ.get("BANK", "questions.toml")
PATHQUIZ, OLD = os.environ["PATHQUIZ"], os.environ.get("OLD")
ROWS, RUNS, LARGEST = (int(os.environ.get(*pair)) for pair in [("ROWS", "1000000"), ("RUNS", "5"), ("LARGEST", "10000000")])
MOST_MEMORY = 64
# CPU seconds that `wc -l` took for a gigabyte on the machine that `Shape.most_cpu` was set on: what is allowed elsewhere
# is the same multiple of `wc -l`.
WC_SECONDS = 0.15


class ProgramError(Exception):
    pass


@dataclass
class Run:
    seconds: float
    cpu: float
    memory: float  # MiB at most
    said: str


def measured(command):
    # `time` starts the program: what Python starts itself is charged with Python's own memory.
    command = list(map(str, ["time", "-f", "%M", "-o", FOLDER / "memory", *command]))
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    program = subprocess.run(command, capture_output=True, text=True)
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if program.returncode:
        raise ProgramError(f"{' '.join(command)} ended with {program.returncode}: {program.stderr[:500]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(seconds, cpu, int((FOLDER / "memory").read_text()) / 1024, program.stdout)


def score(people, threads=2, program=PATHQUIZ, target="score.csv"):
    command = ["score", people, "--bank", BANK, "--threads", threads, "--to", "csv", "-o", FOLDER / target]
    return measured([program, *command])


def rival(way, shape, people):
    target = FOLDER / f"{way.split(',')[0]}.csv"
    return measured([sys.executable, "tests/bench/rivals.py", BANK, way, shape.name, people, target])


def work(run):
    """The seconds of a rival's work alone, without Python's start and imports."""
    return float(run.said)


def compare(weights, shape):
    """A row of the table, and what is not as it should be."""
    people = make(FOLDER / f"people.{shape.format}", weights, shape, ROWS)
    try:
        ways, runs = timed(shape, people)
        row, wrong = judged(shape, people.stat().st_size / 1e9, ways, runs)
        return row, wrong + verify(weights, shape)
    except ProgramError as error:
        return {"shape": shape.name}, [str(error)]
    finally:
        people.unlink()


def timed(shape, people):
    """The faster way of each rival, and the runs of everything by name."""
    ways = [min(ways, key=lambda way: min(work(rival(way, shape, people)) for _ in range(2))) for ways in WAYS.values()]
    runs = defaultdict(list)
    # The runs alternate, so that a busy machine slows all alike.
    for _ in range(RUNS):
        runs["wc"].append(measured(["wc", "-l", people]))
        runs["one thread"].append(score(people, threads=1))
        runs["two threads"].append(score(people))
        for way in ways:
            runs[way].append(rival(way, shape, people))
        if OLD:
            runs["old"] += old(people)
    return ways, runs


def judged(shape, gigabytes, ways, runs):
    cpu = {name: min((run.cpu for run in runs[name]), default=None) for name in ("wc", "one thread", "old")}
    seconds = {name: [run.seconds for run in runs[name]] for name in ("two threads", *ways)}
    own = statistics.median(seconds["two threads"])
    ratio = cpu["one thread"] / cpu["wc"]
    most = shape.most_cpu and shape.most_cpu * ROWS / 1e6 / (WC_SECONDS * gigabytes)
    times = min(statistics.median(seconds[way]) for way in ways) / own
    alone = min(statistics.median(map(work, runs[way])) for way in ways) / own
    wrong = []
    if most and ratio > most:
        wrong.append(f"{ratio:.1f} times the CPU of `wc -l`; {most:.1f} are allowed")
    if times < shape.least_times:
        wrong.append(f"{times:.2f} times as fast as the faster of DuckDB and Polars; {shape.least_times} times are asked for")
    row = {
        "shape": shape.name,
        "size": f"{gigabytes * 1000:,.0f} MB",
        "CPU, 1 thread": f"{cpu['one thread']:.2f} s",
        "times `wc -l`": f"{ratio:.0f} (at most {most:.0f})" if most else f"{ratio:.0f}",
        "`pathquiz score`, 2 threads": shown(seconds["two threads"]),
    }
    for program, way in zip(WAYS, ways):
        row[program] = f"{shown(seconds[way])}, {way.split(', ')[1]}"
    row["times faster (than the work alone)"] = f"{times:.1f} ({alone:.1f})"
    if cpu["old"]:
        row["CPU of `OLD`, 1 thread"] = f"{cpu['old']:.2f} s"
    return row, wrong


def old(people):
    try:
        return [score(people, threads=1, program=OLD, target="old.csv")]
    except ProgramError:
        return []


def verify(weights, shape):
    """The same people, sums and leaders; where roles tie, any may lead. The order too, save DuckDB's: its joins lose it."""
    scored = pl.read_csv(FOLDER / "score.csv", infer_schema_length=None)
    duckdb, polars = (pl.read_csv(FOLDER / f"{program}.csv") for program in WAYS)
    duckdb = polars.select("id").join(duckdb, on="id", how="left", maintain_order="left")
    if len(scored) != len(polars):
        return [f"`score` has {len(scored)} people of {len(polars)}"]
    wrong = []
    sums = [f"sum_{role}" for role in range(len(weights.roles))]
    if not duckdb.select(sums).equals(polars.select(sums)):
        wrong.append("DuckDB and Polars disagree on the sums")
    z = polars.select(sums).to_numpy() / numpy.array(weights.sigma)
    ranked = numpy.sort(z, axis=1)
    alone = ranked[:, -1] - ranked[:, -2] > 1e-9
    if shape.person == "id" and not scored["id"].equals(polars["id"]):
        wrong.append("`score` names other people, or in another order")
    expected = numpy.array(weights.roles)[z.argmax(axis=1)]
    for name, leaders in {"score": scored["role"], "DuckDB": duckdb["leader"], "Polars": polars["leader"]}.items():
        if (leaders.fill_null("").to_numpy()[alone] != expected[alone]).any():
            wrong.append(f"{name} names another leader")
    fits = scored.select(f"fit_{role}" for role in weights.roles).to_numpy()
    # Six digits of a fit are compared, and the next fit is hundreds of times as far away.
    if abs(fits - (50 + 50 * z / weights.reach)).max() > 1e-3:
        wrong.append("the fits are not those of the sums")
    measures = {f"liking_{role}": f"liking_{number}" for number, role in enumerate(weights.roles)}
    for own, theirs in ({"error": "error", "same_side": "same_side"} | measures).items():
        for program, table in {"DuckDB": duckdb, "Polars": polars}.items():
            # `score` has neither error nor side on a tie, and what it writes has six digits.
            off = ((scored[own].cast(pl.Float64) - table[theirs]).abs() / table[theirs].abs().clip(1)).max()
            if off is None or not off < 1e-5:
                wrong.append(f"{program} has another {own}: {off} off")
    return wrong


def shown(seconds):
    return f"{statistics.median(seconds):.2f} s ({min(seconds):.2f}–{max(seconds):.2f})"


def print_table(rows):
    columns = list(max(rows, key=len))
    lines = [columns, ["---"] * len(columns), *([row.get(column, "–") for column in columns] for row in rows)]
    print("\n".join("| " + " | ".join(line) + " |" for line in lines), end="\n\n", flush=True)


def growth(weights):
    """The most memory in MiB of files that grow to `LARGEST` people."""
    rows, points, memory = [], [], []
    for share in (10, 5, 2, 1):
        count = LARGEST // share
        people = make(FOLDER / "people.csv", weights, SHAPES[0], count)
        runs = [score(people) for _ in range(RUNS)]
        people.unlink()
        seconds = [run.seconds for run in runs]
        points.append((count, statistics.median(seconds)))
        memory.append(max(run.memory for run in runs))
        rate = f"{count / points[-1][1]:,.0f}"
        rows.append({"people": f"{count:,}", "seconds": shown(seconds), "people a second": rate, "memory": f"{memory[-1]:.0f} MiB"})
    print_table(rows)
    counts, seconds = numpy.array(points).T
    slope, start = numpy.polyfit(counts, seconds, 1)
    off = max(abs(start + slope * counts - seconds) / seconds)
    print(f"seconds = {start:.3f} + {slope * 1e6:.3f} × millions of people; the largest deviation is {off:.1%}")
    return max(memory)


def main():
    weights = Weights(BANK)
    rows, wrong = [], []
    for shape in SHAPES:
        row, failures = compare(weights, shape)
        rows.append(row)
        wrong += [f"{shape.name}: {failure}" for failure in failures]
    print(f"{ROWS:,} people, {len(weights.questions)} questions, {os.cpu_count()} cores; CPU is the least of {RUNS} runs,")
    print("the rest their median (fastest–slowest):\n")
    print_table(rows)
    memory = growth(weights) if LARGEST else 0
    if memory > MOST_MEMORY:
        wrong.append(f"{memory:.0f} MiB; {MOST_MEMORY} are allowed")
    if wrong:
        sys.exit("\n".join(wrong))


main()
