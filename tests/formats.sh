#!/usr/bin/env bash
# Reads what the program writes with other people's programs: a Markdown linter, a validator of HTML, a browser, a TOML
# linter and Python's icalendar; and scores what Python's libraries for workbooks write. All but the browser are installed
# into a folder that is removed at the end.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

source tests/need.sh
need npm && need chromium && need_venv || exit 0
npm install --silent --no-audit --no-fund --prefix "$folder" \
    markdownlint-cli2@0.22 html-validate@10 playwright-core@1 axe-core@4 @taplo/cli@0.7
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check 'icalendar>=6' openpyxl odfpy

pathquiz() { "${PATHQUIZ:-target/release/pathquiz}" "$@" --start 2026-11-23; }
for answers in plumber torn early; do
    pathquiz --answers "tests/data/answers/$answers.json" -o "$folder/$answers.md" -o "$folder/$answers.html"
done
pathquiz --no-input -o "$folder/nothing.md" -o "$folder/nothing.html"
pathquiz plan --compare -o "$folder/compare.md" -o "$folder/compare.html"
pathquiz --bank tests/data/banks/hostile.toml -a scale=5 -a single=a -o "$folder/hostile.md" -o "$folder/hostile.html"
pathquiz plan markup --bank tests/data/banks/hostile.toml -o "$folder/hostile-plan.ics" -o "$folder/hostile-plan.json"
for role in data-engineering machine-learning-engineering; do
    pathquiz plan "$role" -o "$folder/$role.md" -o "$folder/$role.html" -o "$folder/$role.ics" -o "$folder/$role.json"
done
"${PATHQUIZ:-target/release/pathquiz}" cohort tests/data/cohort/forms.csv -o "$folder/cohort.md" -o "$folder/cohort.html" 2>/dev/null
pathquiz plan data-engineering --sessions tue,thu,sun --sessions-from 18:30 -o "$folder/sessions.ics" -o "$folder/sessions.json"
# A bank in German, in which everything that it says has to be marked as such.
sed 's/^language = .*/language = "de"/' tests/data/banks/full.toml > "$folder/german.toml"
pathquiz plan cook --bank "$folder/german.toml" -o "$folder/german.html"
# The plan of a result, and the same plan when more is known: the second import has to change events and add none.
pathquiz --answers tests/data/answers/torn.json -o "$folder/result.json" -o "$folder/before.ics"
pathquiz plan --answers "$folder/result.json" -a known=python,sql,modelling -o "$folder/after.ics"

# Workbooks of other programs, which give what the tables give that they were made of.
"$folder/python/bin/python" tests/data/cohort/workbooks.py "$folder"
for workbook in microsoft.xlsx numbers.ods; do
    table=$(ls tests/data/cohort/"${workbook%.*}".[ct]sv)
    cmp <("${PATHQUIZ:-target/release/pathquiz}" score "$folder/$workbook" 2>/dev/null) \
        <("${PATHQUIZ:-target/release/pathquiz}" score "$table" 2>/dev/null)
done
echo 'workbooks scored as their tables'

# Only the length of lines is left aside: tables and addresses cannot be broken.
echo '{ "default": true, "MD013": false }' > "$folder/.markdownlint.json"
(cd "$folder" && ./node_modules/.bin/markdownlint-cli2 '*.md')
(cd "$folder" && ./node_modules/.bin/html-validate --preset standard *.html)
node tests/browser.mjs "$folder" "$(command -v chromium)" "$folder"/*.html

"$folder/python/bin/python" - "$folder" <<'PYTHON'
import datetime, glob, json, sys
from icalendar import Calendar

folder = sys.argv[1]

def read(name):
    with open(name, "rb") as file:
        calendar = Calendar.from_ical(file.read())
    events = calendar.walk("VEVENT")
    assert len({str(event["UID"]) for event in events}) == len(events), name
    return {str(event["UID"]): event for event in events}

for name in glob.glob(f"{folder}/*-engineering.json") + [f"{folder}/hostile-plan.json"]:
    plan = json.load(open(name))
    events = read(name.replace(".json", ".ics"))
    bank = "hostile" if "hostile" in name else "data-or-ml"
    steps = [step for phase in plan["phases"] for step in phase["steps"] if not step["known"]]
    assert len(events) == len(steps) > 0, name
    day = datetime.timedelta(days=1)
    for step in steps:
        event = events[f"{bank}.{plan['role']}.{step['id']}@pathquiz"]
        assert not event.errors and str(event["SUMMARY"]).endswith(step["title"]), step
        assert event.decoded("DTSTART").isoformat() == step["start"], step
        assert (event.decoded("DTEND") - day).isoformat() == step["finish"], step
        done_when = step.get("done_when")
        assert done_when is None or done_when in str(event["DESCRIPTION"]), step
    print(name.rsplit("/", 1)[1], len(events), "events read back")

plan, events = json.load(open(f"{folder}/sessions.json")), read(f"{folder}/sessions.ics")
for step in (step for phase in plan["phases"] for step in phase["steps"]):
    sessions = [event for uid, event in events.items() if uid.startswith(f"data-or-ml.{plan['role']}.{step['id']}.")]
    times = [(event.decoded("DTSTART"), event.decoded("DTEND")) for event in sessions]
    hours = sum((end - start).total_seconds() for start, end in times) / 3600
    assert hours == sum(step["hours"]) / 2, (step["id"], hours)
    assert all(start.weekday() in (1, 3, 6) and start.tzinfo is None for start, _ in times), times
print(len(events), "events with study sessions read back")

before, after = read(f"{folder}/before.ics"), read(f"{folder}/after.ics")
assert after and set(after) < set(before)
earlier = [after[uid].decoded("DTSTART") < before[uid].decoded("DTSTART") for uid in after]
assert all(earlier), earlier
print(len(after), "events moved by a second import, none added")
PYTHON

# The linter finds the schema as editors do, by the first line of a bank.
"${PATHQUIZ:-target/release/pathquiz}" schema bank -o "$folder/bank.schema.json"
mkdir "$folder/banks"
for bank in questions tests/data/banks/{tiny,kinds,personas,full,hostile}; do
    { echo '#:schema ../bank.schema.json'; cat "$bank.toml"; } > "$folder/banks/${bank##*/}.toml"
done
lint() { (cd "$folder/banks" && ../node_modules/.bin/taplo lint "$1" 2>&1); }
lint '*.toml'
for mistake in 's/^title = /titel = /' 's/"in-person"/"film"/' 's/baker = -1/baker = -101/' 's/^pick = .*//' \
    's/= 2026-05-01$/= "May"/' 's/^kind = "scale"/kind = "single"/' 's#"http://example.org/knives"#"ftp://example.org"#'; do
    sed "$mistake" "$folder/banks/full.toml" > "$folder/banks/mistake.toml"
    if lint mistake.toml > "$folder/found" || ! grep -q '^error: ' "$folder/found"; then
        echo "taplo does not find $mistake"
        exit 1
    fi
done
echo 'banks held against their schema, and mistakes found'
