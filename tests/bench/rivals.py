"""What a user would write instead: the weighted sum of each role and the leader, from a file of answers to a CSV.

Run as `rivals.py BANK WAY SHAPE FROM TO`; prints the seconds of the work alone, without Python's start and imports.
"""

import functools
import operator
import sys
import time

from shapes import SHAPES
from weights import Weights


def worth(question, shape):
    """What each role gains by each cell, or by each pick (without `base`) where the picks of a cell are split."""
    if shape.is_split(question):
        return {shape.written(question, pick): points for pick, points in question.points.items()}
    roles = range(len(question.base))
    return {
        shape.cell(question, outcome): [question.base[role] + question.total(outcome, role) for role in roles]
        for outcome in question.outcomes
    }


def line(question, role):
    """The slope and the start of the line that the worth of a scale's numbers lies on."""
    one, two = (question.base[role] + question.points[number][role] for number in (1, 2))
    return two - one, 2 * one - two


def moving(weights, role):
    return [question for question in weights.questions if any(points[role] for points in question.points.values())]


def text(value):
    return "'" + value.replace("'", "''") + "'"


def duckdb_table(weights, shape, source):
    many = "VARCHAR" if shape.format == "csv" else "VARCHAR[]"
    kinds = {
        question.id: "TINYINT" if shape.is_number(question) else many if question.is_list else "VARCHAR"
        for question in weights.questions
    }
    if shape.nested:
        fields = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
        kinds = {"answers": f"STRUCT({fields})"}
    columns = dict.fromkeys(shape.front, "VARCHAR") | kinds
    named = ", ".join(f"{text(name)}: {text(kind)}" for name, kind in columns.items())
    reader, option = ("read_csv", "header = true") if shape.format == "csv" else ("read_json", "format = 'newline_delimited'")
    return f"{reader}({text(source)}, {option}, columns = {{{named}}})"


def duckdb_query(weights, joined, shape, source, target):
    roles = range(len(weights.roles))

    def column(question):
        return ("answers." if shape.nested else "") + f'"{question.id}"'

    def is_joined(question):
        return joined and not shape.is_number(question) and not shape.is_split(question)

    def case(cell, each, role):
        return f"CASE {cell} " + " ".join(f"WHEN {text(pick)} THEN {points[role]}" for pick, points in each.items()) + " ELSE 0 END"

    def term(question, role):
        if shape.is_number(question):
            slope, start = line(question, role)
            return f"coalesce({slope} * {column(question)}::INTEGER + {start}, 0)"
        if is_joined(question):
            return f'coalesce("points of {question.id}".of_{role}, 0)'
        each = worth(question, shape)
        if not shape.is_split(question):
            return case(column(question), each, role)
        picks = f"string_split({column(question)}, ',')" if shape.format == "csv" else column(question)
        added = (f"{place} * {case(f'({picks})[{i + 1}]', each, role)}" for i, place in enumerate(question.places))
        return f"CASE WHEN {column(question)} IS NULL THEN 0 ELSE {question.base[role]} + {' + '.join(added)} END"

    def join(question):
        name = f'"points of {question.id}"'
        rows = ", ".join(f"({text(cell)}, {', '.join(map(str, points))})" for cell, points in worth(question, shape).items())
        names = ", ".join(f"of_{role}" for role in roles)
        return f"LEFT JOIN (VALUES {rows}) {name}(cell, {names}) ON {column(question)} = {name}.cell"

    table = duckdb_table(weights, shape, source)
    joins = " ".join(join(question) for question in weights.questions if is_joined(question))
    sums = ", ".join(f"{' + '.join(term(question, role) for question in moving(weights, role))} AS sum_{role}" for role in roles)
    z = [f"sum_{role} / {sigma!r}" for role, sigma in enumerate(weights.sigma)]
    leader = " ".join(f"WHEN {z[role]} = greatest({', '.join(z)}) THEN {text(weights.roles[role])}" for role in roles)
    return (
        f"COPY (SELECT *, CASE {leader} END AS leader FROM (SELECT \"{shape.person}\" AS id, {sums} FROM {table} {joins})) "
        f"TO {text(target)} (HEADER)"
    )


def duckdb_way(joined):
    def run(weights, shape, source, target):
        import duckdb

        query = duckdb_query(weights, joined, shape, source, target)
        return lambda: duckdb.connect().execute(query)

    return run


def polars_way(replaced):
    def run(weights, shape, source, target):
        import polars as pl

        many = pl.String if shape.format == "csv" else pl.List(pl.String)
        kinds = {
            question.id: pl.Int32 if shape.is_number(question) else many if question.is_list else pl.String
            for question in weights.questions
        }
        front = dict.fromkeys(shape.front, pl.String)
        if shape.format == "csv":
            table = pl.scan_csv(source, has_header=False, skip_lines=1, schema=front | kinds)
        elif shape.nested:
            table = pl.scan_ndjson(source, schema=front | {"answers": pl.Struct(kinds)}).unnest("answers")
        else:
            table = pl.scan_ndjson(source, schema=front | kinds)

        def looked_up(cell, each, role):
            if replaced:
                points = [points[role] for points in each.values()]
                return cell.replace_strict(list(each), points, default=0, return_dtype=pl.Int32)
            chain = pl
            for pick, points in each.items():
                chain = chain.when(cell == pick).then(pl.lit(points[role], pl.Int32))
            return chain.otherwise(pl.lit(0, pl.Int32))

        def term(question, role):
            column = pl.col(question.id)
            if shape.is_number(question):
                slope, start = line(question, role)
                return (column * slope + start).fill_null(0)
            each = worth(question, shape)
            if not shape.is_split(question):
                return looked_up(column, each, role)
            picks = column.str.split(",") if shape.format == "csv" else column
            places = enumerate(question.places)
            added = (place * looked_up(picks.list.get(i, null_on_oob=True), each, role) for i, place in places)
            return pl.when(column.is_null()).then(0).otherwise(question.base[role] + functools.reduce(operator.add, added))

        roles = range(len(weights.roles))
        terms = [[term(question, role) for question in moving(weights, role)] for role in roles]
        sums = {f"sum_{role}": functools.reduce(operator.add, terms[role]) for role in roles}
        z = [pl.col(f"sum_{role}") / weights.sigma[role] for role in roles]
        leader = pl.lit(weights.roles[-1])
        for role in reversed(roles[:-1]):
            leader = pl.when(z[role] == pl.max_horizontal(z)).then(pl.lit(weights.roles[role])).otherwise(leader)
        table = table.select(pl.col(shape.person).alias("id"), **sums).with_columns(leader=leader)
        return lambda: table.sink_csv(target, engine="streaming")

    return run


WAYS = {
    "DuckDB": {"DuckDB, joins": duckdb_way(True), "DuckDB, CASE": duckdb_way(False)},
    "Polars": {"Polars, replace_strict": polars_way(True), "Polars, when": polars_way(False)},
}

if __name__ == "__main__":
    bank, way, name, source, target = sys.argv[1:]
    run = {name: way for ways in WAYS.values() for name, way in ways.items()}[way]
    shape = next(shape for shape in SHAPES if shape.name == name)
    work = run(Weights(bank), shape, source, target)
    start = time.perf_counter()
    work()
    print(time.perf_counter() - start)
