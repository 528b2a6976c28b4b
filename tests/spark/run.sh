#!/usr/bin/env bash
# Scores 200,000 people on Apache Spark and on this machine alone, and compares every line. PySpark goes into a folder
# under target and stays there: it is some 500 MB.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
folder=$target/spark
pathquiz=$(realpath "${PATHQUIZ:-$target/release/pathquiz}")
people=${PEOPLE:-200000}
mkdir -p "$folder"

source tests/need.sh
need java default-jre-headless && need_venv || exit 0
[ -x "$folder/python/bin/pip" ] || python3 -m venv "$folder/python"
"$folder/python/bin/python" -c 'import pyspark' 2>/dev/null ||
    "$folder/python/bin/pip" install --quiet --disable-pip-version-check 'pyspark>=4,<5'

work=$(mktemp -d "$folder/work.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work"/{program,people,rejects}
cp "$pathquiz" "$work/program/pathquiz"
"$pathquiz" questions --json > "$work/questions.json"
python3 - "$work" "$people" <<'PYTHON'
import json, random, sys

work, people = sys.argv[1], int(sys.argv[2])
random.seed(6)
with open(f"{work}/questions.json") as file:
    questions = json.load(file)["questions"]
values = {q["id"]: [v["value"] for v in q["values"]] for q in questions if q["kind"] in ("scale", "single")}
for part in range(8):
    with open(f"{work}/people/part-{part:05}.ndjson", "w") as file:
        for person in range(people * part // 8, people * (part + 1) // 8):
            answers = {id: random.choice(some) for id, some in values.items() if random.random() > 0.02}
            if person % 10_000 == 77:
                answers["no-such-question"] = 1
            file.write(json.dumps({"id": f"person {person}", "answers": answers}) + "\n")
PYTHON

export SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_DIRS="$work" PYSPARK_PYTHON="$folder/python/bin/python"
unset SPARK_HOME PYSPARK_DRIVER_PYTHON
spark() {
    "$folder/python/bin/spark-submit" --master 'local[2]' --files "$work/program/pathquiz" --conf spark.log.level=ERROR \
        --conf spark.ui.enabled=false --conf spark.driver.host=127.0.0.1 tests/spark/score.py "$@"
}
seconds=$SECONDS
spark "$work/scored" "$work/rejects" "$work"/people/part-*
echo "$people people on Spark: $((SECONDS - seconds)) s, its start included"
test -e "$work/scored/_SUCCESS"

seconds=$SECONDS
cat "$work"/people/part-* | "$pathquiz" score --rejects "$work/rejected" > "$work/local" || test $? -eq 4
echo "$people people on this machine alone: $((SECONDS - seconds)) s"

cat "$work"/scored/part-* | cmp - "$work/local"
test "$(cat "$work"/rejects/* | wc -l)" -eq "$(wc -l < "$work/rejected")"
echo "$(wc -l < "$work/local") lines scored and $(wc -l < "$work/rejected") rejected, the same in both"

# A program that fails in one part must fail the job, and not leave lines out.
printf '#!/bin/sh\ncat > /dev/null\nexit 1\n' > "$work/program/pathquiz"
if spark "$work/failed" "$work/rejects" "$work"/people/part-00000.ndjson > "$work/errors" 2>&1; then
    echo 'a failing program does not fail the job'
    exit 1
fi
grep -q 'error code 1' "$work/errors" || { cat "$work/errors"; exit 1; }
test ! -e "$work/failed/_SUCCESS"
echo 'a failing program fails the job'
