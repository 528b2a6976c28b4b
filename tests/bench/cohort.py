"""Makes answers of many people, times who scores them, holds the results against each other; see cohort.sh."""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy
import polars as pl

from rivals import WAYS
from weights import Weights

FOLDER = Path(sys.argv[1])
BANK = os.environ.get("BANK", "questions.toml")
ROWS, RUNS, LARGEST = (int(os.environ.get(*pair)) for pair in [("ROWS", "1000000"), ("RUNS", "5"), ("LARGEST", "10000000")])
LEAST_RATIO, MOST_MEMORY = 3, 64


def make(weights, rows, skipped, format):
    """A file of that many people; a share of the questions is skipped. Equal arguments give equal bytes."""
    path = FOLDER / f"people.{format}"
    random = numpy.random.default_rng(rows)
    with open(path, "wb") as file:
        for start in range(0, rows, 250_000):
            count = min(250_000, rows - start)
            people = [pl.format("p{}", pl.int_range(start + 1, start + count + 1)).alias("id")]
            for question in weights.questions:
                outcomes = [outcome for outcome in question.outcomes if outcome]
                picked = random.integers(0, len(outcomes), count)
                picked = pl.Series(picked).set(pl.Series(random.random(count) < skipped), None)
                people.append(pl.Series(question.id, [written(question, outcome, format) for outcome in outcomes])[picked])
            people = pl.select(people)
            if format == "csv":
                people.write_csv(file, include_header=start == 0)
            else:
                answers = pl.concat_str(people.columns[1:], separator=",", ignore_nulls=True)
                parts = [pl.lit('{"id":"'), pl.col("id"), pl.lit('","answers":{'), answers, pl.lit("}}")]
                people.select(pl.concat_str(parts)).write_csv(file, include_header=False, quote_style="never")
    return path


def written(question, outcome, format):
    if format == "csv":
        return ",".join(map(str, outcome))
    return json.dumps(question.id) + ":" + json.dumps(outcome if question.is_list else outcome[0])


def measured(command):
    """Seconds and the most memory in MiB that a program takes, and what it says."""
    # `time` starts the program: what Python starts itself is charged with Python's own memory.
    command = list(map(str, ["time", "-f", "%M", "-o", FOLDER / "memory", *command]))
    start = time.perf_counter()
    program = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    seconds = time.perf_counter() - start
    if program.returncode:
        sys.exit(f"{' '.join(command)} ended with {program.returncode}")
    return seconds, int((FOLDER / "memory").read_text()) / 1024, program.stdout


def score(people):
    command = [os.environ["PATHQUIZ"], "score", people, "--bank", BANK, "--threads", "2", "--to", "csv", "-o", FOLDER / "score.csv"]
    return measured(command)[:2]


def rival(name, people):
    """The seconds of the whole command, and of the work alone, without Python's start and imports."""
    format, program = people.suffix[1:], name.split(",")[0]
    command = [sys.executable, "tests/bench/rivals.py", BANK, name, format, people, FOLDER / f"{program}.csv"]
    seconds, _, work = measured(command)
    return seconds, float(work)


def compare(weights, people):
    """Seconds of everything that reads the file, by name; the runs alternate, so that a busy machine slows all alike."""
    fastest = [min(ways, key=lambda way: min(rival(way, people)[1] for _ in range(2))) for ways in WAYS.values()]
    runs = {"pathquiz": lambda: (score(people)[0],) * 2}
    runs |= {name: lambda name=name: rival(name, people) for name in fastest}
    runs["splitting"] = lambda: measured([FOLDER / "split", people])[:1] * 2
    runs["cat"] = lambda: measured(["sh", "-c", 'exec cat "$0" > /dev/null', people])[:1] * 2
    seconds = {name: [] for name in runs}
    for _ in range(RUNS):
        for name, run in runs.items():
            seconds[name].append(run())
    verify(weights)
    return seconds


def verify(weights):
    """The same people, sums and leaders; where roles tie, any may lead. The order too, save DuckDB's: its joins lose it."""
    scored = pl.read_csv(FOLDER / "score.csv", infer_schema_length=None)
    duckdb, polars = (pl.read_csv(FOLDER / f"{program}.csv") for program in WAYS)
    duckdb = polars.select("id").join(duckdb, on="id", how="left", maintain_order="left")
    sums = [f"sum_{role}" for role in range(len(weights.roles))]
    if not duckdb.select(sums).equals(polars.select(sums)):
        sys.exit("DuckDB and Polars disagree on the sums")
    z = polars.select(sums).to_numpy() / numpy.array(weights.sigma)
    ranked = numpy.sort(z, axis=1)
    alone = ranked[:, -1] - ranked[:, -2] > 1e-9
    if not scored["id"].equals(polars["id"]):
        sys.exit("`score` names other people, or in another order")
    expected = numpy.array(weights.roles)[z.argmax(axis=1)]
    for name, leaders in {"score": scored["role"], "DuckDB": duckdb["leader"], "Polars": polars["leader"]}.items():
        if (leaders.fill_null("").to_numpy()[alone] != expected[alone]).any():
            sys.exit(f"{name} names another leader")
    fits = scored.select(f"fit_{role}" for role in weights.roles).to_numpy()
    if abs(fits - (50 + 50 * z / weights.reach)).max() > 1e-6:
        sys.exit("the fits are not those of the sums")


def shown(seconds):
    return f"{statistics.median(seconds):.2f} s ({min(seconds):.2f}–{max(seconds):.2f})"


def table(rows):
    head, *body = rows
    print("\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *body]), end="\n\n", flush=True)


def ratios(weights):
    rows, least = [["people's answers", "`pathquiz score`", "DuckDB", "Polars", "times faster", "than the work alone", "only splitting", "only `cat`"]], []
    for skipped in (0, 0.02):
        for format in ("csv", "ndjson"):
            people = make(weights, ROWS, skipped, format)
            seconds = compare(weights, people)
            # Whole commands are compared, as somebody types them; beside it the rivals without the start of Python.
            whole, work = ([[pair[part] for pair in pairs] for pairs in seconds.values()] for part in (0, 1))
            times, alone = (min(map(statistics.median, own[1:3])) / statistics.median(own[0]) for own in (whole, work))
            # Where many skip something, it is the chance of each set of answered questions that takes the time, which the
            # others do not work out; that is shown and not asked for.
            least += [] if skipped else [times]
            name = f"{format.upper()}, {people.stat().st_size / 1e6:.0f} MB" + (f", {skipped:.0%} skipped" if skipped else "")
            ways = [f"{shown(taken)}, {way.split(', ')[1]}" for way, taken in zip(list(seconds)[1:3], whole[1:3])]
            rows.append([name, shown(whole[0]), *ways, f"{times:.1f}", f"{alone:.1f}", *map(shown, whole[3:])])
            people.unlink()
    print(f"{ROWS:,} people, {len(weights.questions)} questions, {os.cpu_count()} cores; median of {RUNS} runs (fastest–slowest):\n")
    table(rows)
    return min(least)


def growth(weights):
    rows, points, memory = [["people", "seconds", "people a second", "memory"]], [], []
    for share in (10, 5, 2, 1):
        people = make(weights, LARGEST // share, 0, "csv")
        seconds, memories = zip(*(score(people) for _ in range(RUNS)))
        points.append((LARGEST // share, statistics.median(seconds)))
        memory.append(max(memories))
        rate = points[-1][0] / points[-1][1]
        rows.append([f"{points[-1][0]:,}", shown(seconds), f"{rate:,.0f}", f"{memory[-1]:.0f} MiB"])
        people.unlink()
    table(rows)
    counts, seconds = numpy.array(points).T
    slope, start = numpy.polyfit(counts, seconds, 1)
    off = max(abs(start + slope * counts - seconds) / seconds)
    print(f"seconds = {start:.3f} + {slope * 1e6:.3f} × millions of people; the largest deviation is {off:.1%}")
    return max(memory)


def main():
    weights = Weights(BANK)
    ratio = ratios(weights)
    memory = growth(weights) if LARGEST else 0
    if ratio < LEAST_RATIO:
        sys.exit(f"{ratio:.1f} times as fast as the faster of the two; {LEAST_RATIO} are asked for")
    if memory > MOST_MEMORY:
        sys.exit(f"{memory:.0f} MiB; {MOST_MEMORY} are allowed")


main()
