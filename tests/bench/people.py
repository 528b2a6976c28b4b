"""Makes files of answers of many people at random. Equal arguments give equal bytes."""

import re

import numpy
import polars as pl

PART = 250_000


def make(path, weights, shape, rows):
    random = numpy.random.default_rng(rows)
    with open(path, "wb") as file:
        for start in range(0, rows, PART):
            numbers = pl.int_range(start + 1, min(start + PART, rows) + 1, eager=True).cast(pl.String)
            answers = pl.DataFrame(picked_at_random(weights.questions, shape, len(numbers), random))
            if shape.format == "csv":
                if shape.texts:
                    answers.columns = [question.text for question in weights.questions]
                front = [filled(text, {"#": numbers}).alias(name) for name, text in shape.around.items()]
                answers.select(*front, pl.all()).write_csv(file, include_header=start == 0)
            else:
                members = answers.select(pl.concat_str(pl.all(), separator=",", ignore_nulls=True)).to_series()
                lines = pl.select(filled(shape.around, {"#": numbers, "@": members}))
                lines.write_csv(file, include_header=False, quote_style="never")
    return path


def picked_at_random(questions, shape, count, random):
    """What each question has in each row; `None` where it is skipped."""
    null = random.integers(0, len(questions), count)
    for position, question in enumerate(questions):
        write = shape.cell if shape.format == "csv" else shape.member
        # An empty cell is a skipped question, so everybody picks something.
        written = pl.Series([write(question, outcome) for outcome in question.outcomes if outcome])
        answers = written[random.integers(0, len(written), count)].set(pl.Series(random.random(count) < shape.skipped), None)
        if shape.null:
            answers = answers.set(pl.Series(null == position), f'"{question.id}":null')
        yield answers.alias(question.id)


def filled(text, columns):
    """The text in every row, with what the columns hold in the place of their marks."""
    return pl.concat_str(columns.get(part, pl.lit(part)) for part in re.split("([#@])", text))
