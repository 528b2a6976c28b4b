#!/usr/bin/env bash
# Reads what the program writes with other people's programs: a Markdown linter and Python's icalendar. Both are installed
# into a folder that is removed at the end.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

command -v npm >/dev/null && python3 -c 'import venv, ensurepip' 2>/dev/null ||
    { apt-get update -qq && apt-get install -y -qq npm python3-venv; }
npm install --silent --no-audit --no-fund --prefix "$folder" markdownlint-cli2@0.22
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check 'icalendar>=6'

pathquiz() { cargo run --release --quiet -- "$@" --start 2026-11-23; }
for answers in plumber torn early; do
    pathquiz --answers "tests/answers/$answers.json" -o "$folder/$answers.md" -o "$folder/$answers.ics"
done
for role in data-engineering machine-learning-engineering; do
    pathquiz plan "$role" -o "$folder/$role.md" -o "$folder/$role.ics" -o "$folder/$role.json"
done

# Only the length of lines is left aside: tables and addresses cannot be broken.
echo '{ "default": true, "MD013": false }' > "$folder/.markdownlint.json"
(cd "$folder" && ./node_modules/.bin/markdownlint-cli2 '*.md')

"$folder/python/bin/python" - "$folder"/*-engineering.json <<'PYTHON'
import datetime, json, sys
from icalendar import Calendar

for name in sys.argv[1:]:
    plan = json.load(open(name))
    with open(name.replace(".json", ".ics"), "rb") as file:
        calendar = Calendar.from_ical(file.read())
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    steps = [step for phase in plan["phases"] for step in phase["steps"] if not step["known"]]
    assert len(events) == len(steps) > 0, name
    day = datetime.timedelta(days=1)
    for step in steps:
        event = events[f"data-or-ml.{plan['role']}.{step['id']}@pathquiz"]
        assert not event.errors and str(event["SUMMARY"]).endswith(step["title"]), step
        assert event.decoded("DTSTART").isoformat() == step["start"], step
        assert (event.decoded("DTEND") - day).isoformat() == step["finish"], step
    print(name.rsplit("/", 1)[1], len(events), "events read back")
PYTHON
