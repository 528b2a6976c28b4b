#!/usr/bin/env bash
# How fast `pathquiz score` reads every shape of file, against `wc -l` and against what a user would write instead with
# DuckDB and with Polars, and whether its time grows with the file alone. Prints Markdown; fails where the figures are not
# good enough or the results differ.
#
#   ROWS=1000000      people in the comparison        RUNS=5     runs of each, interleaved; the median counts
#   LARGEST=10000000  people in the largest file      BANK=questions.toml
#   OLD=another/pathquiz  whose CPU seconds are shown beside
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=${CARGO_TARGET_DIR:-target}/cohort
mkdir -p "$folder"

{ python3 -c 'import venv, ensurepip' && type -P time; } >/dev/null 2>&1 ||
    { apt-get update -qq && apt-get install -y -qq python3-venv time; }
[ -x "$folder/python/bin/pip" ] || python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check --upgrade duckdb numpy polars

if [ -z "${PATHQUIZ:-}" ]; then
    cargo build --release --quiet
    export PATHQUIZ=${CARGO_TARGET_DIR:-target}/release/pathquiz
fi
"$folder/python/bin/python" tests/bench/cohort.py "$folder"
