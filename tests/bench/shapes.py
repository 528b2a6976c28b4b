"""The shapes that files of answers come in, and how an answer is written in each."""

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """A way to write answers; `around` has `#` for the number of a person, and in a line of JSON `@` for the answers."""

    name: str
    format: str  # csv or ndjson
    around: dict[str, str] | str  # the columns in front, or the line
    person: str = "id"  # the column or field that names a person
    most_cpu: float | None = None  # seconds for a million people on one thread, see `WC_SECONDS` in cohort.py
    least_times: float = 1  # as fast as the faster of DuckDB and Polars
    texts: bool = False  # the texts of questions (CSV), choices and the scale, instead of ids and numbers
    skipped: float = 0  # share of the answers that are missing
    null: bool = False  # one answer a person is null
    escaped: bool = False  # letters in answers are escaped, as JSON allows

    @property
    def nested(self):
        return self.format == "ndjson" and "{@}" in self.around

    @property
    def front(self):
        """The columns or fields that are named besides the answers, to read the file."""
        return list(self.around) if self.format == "csv" else [self.person]

    def is_number(self, question):
        return question.kind == "scale" and not self.texts

    def is_split(self, question):
        """Several picks that can be told apart. Joined texts cannot: commas are inside some, so whole cells count."""
        return question.is_list and not (self.format == "csv" and self.texts)

    def written(self, question, pick):
        return question.texts[pick] if self.texts else pick

    def cell(self, question, outcome):
        return (", " if self.texts else ",").join(str(self.written(question, pick)) for pick in outcome)

    def member(self, question, outcome):
        picks = [self.written(question, pick) for pick in outcome]
        value = json.dumps(picks if question.is_list else picks[0], ensure_ascii=False)
        return f'"{question.id}":' + (value.replace("o", r"\u006f") if self.escaped else value)


PLAIN = '{"id":"p#","answers":{@}}'
BESIDE = '{"id":"p#","submitted_at":"2026-11-16T09:12:41Z","client":{"name":"Firefox","screen":[1920,1080]},…,"seconds":312}'
ESCAPED = r'{"id":"Ren\u00e9e #","comment":"Good,\nbut long","answers":{@}}'
SHAPES = [
    Shape("CSV", "csv", {"id": "p#"}, most_cpu=0.7, least_times=3),
    Shape("CSV, a quoted cell", "csv", {"id": "p#", "comment": "Good, but long"}, most_cpu=1.0),
    Shape(
        "CSV, form export",
        "csv",
        {"Timestamp": "2026/11/16 9:12:41 AM GMT+1", "Email Address": "p#@example.org"},
        person="Email Address",
        most_cpu=2.5,
        texts=True,
    ),
    Shape("NDJSON", "ndjson", PLAIN, most_cpu=1.5, least_times=3),
    Shape("NDJSON, a null", "ndjson", PLAIN, most_cpu=2.5, null=True),
    Shape("NDJSON, other fields", "ndjson", BESIDE.replace("…", '"answers":{@}'), most_cpu=2.5),
    Shape("NDJSON, flat, other fields", "ndjson", BESIDE.replace("…", "@"), most_cpu=2.5),
    Shape("NDJSON, escapes", "ndjson", ESCAPED, most_cpu=2.5, escaped=True),
    Shape("NDJSON, texts", "ndjson", PLAIN, most_cpu=2.5, texts=True),
    # Where many skip something, the chance of each set of answered questions takes the time, which the others do not
    # work out; that is shown and not asked for.
    Shape("CSV, 2 % skipped", "csv", {"id": "p#"}, least_times=0, skipped=0.02),
    Shape("NDJSON, 2 % skipped", "ndjson", PLAIN, least_times=0, skipped=0.02),
]
