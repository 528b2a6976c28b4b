"""What a user would write instead: the weighted sum of each role and the leader, from a file of answers to a CSV.

Run as `rivals.py BANK PROGRAM FORMAT FROM TO`; prints the seconds of the work alone, without Python's start and imports.
"""

import functools
import operator
import sys
import time

from weights import Weights


def text(value):
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


def duckdb_query(weights, joined, format, source, target):
    kinds = {"scale": "TINYINT", "single": "VARCHAR"}
    many = "VARCHAR" if format == "csv" else "VARCHAR[]"
    columns = {question.id: kinds.get(question.kind, many) for question in weights.questions}
    if format == "csv":
        named = ", ".join(f"{text(name)}: {text(kind)}" for name, kind in {"id": "VARCHAR", **columns}.items())
        table = f"read_csv({text(source)}, header = true, columns = {{{named}}})"
    else:
        fields = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        named = f"{{'id': 'VARCHAR', 'answers': {text(f'STRUCT({fields})')}}}"
        table = f"read_json({text(source)}, format = 'newline_delimited', columns = {named})"

    def term(question, role):
        column = ("" if format == "csv" else "answers.") + f'"{question.id}"'
        each = {pick: points[role] for pick, points in question.points.items()}
        if question.kind == "scale":
            one, two = each[1] + question.base[role], each[2] + question.base[role]
            return f"coalesce({two - one} * {column}::INTEGER + {2 * one - two}, 0)"
        if joined and question.kind == "single":
            return f'coalesce("points of {question.id}".of_{role}, 0)'
        picked = lambda column: f"CASE {column} " + " ".join(f"WHEN {text(p)} THEN {n}" for p, n in each.items()) + " ELSE 0 END"
        if question.is_list:
            picks = f"string_split({column}, ',')" if format == "csv" else column
            added = [f"{place} * {picked(f'({picks})[{i + 1}]')}" for i, place in enumerate(question.places)]
        else:
            added = [picked(column)]
        return f"CASE WHEN {column} IS NULL THEN 0 ELSE {question.base[role]} + {' + '.join(added)} END"

    def join(question):
        rows = (", ".join(map(str, [text(p), *map(operator.add, n, question.base)])) for p, n in question.points.items())
        names = ", ".join(f"of_{role}" for role in range(len(weights.roles)))
        column = ("" if format == "csv" else "answers.") + f'"{question.id}"'
        rows = ", ".join(f"({row})" for row in rows)
        return f'LEFT JOIN (VALUES {rows}) "points of {question.id}"(pick, {names}) ON {column} = "points of {question.id}".pick'

    roles = range(len(weights.roles))
    moved = lambda question, role: question.base[role] or any(points[role] for points in question.points.values())
    sums = [" + ".join(term(question, role) for question in weights.questions if moved(question, role)) for role in roles]
    joins = " ".join(join(question) for question in weights.questions if joined and question.kind == "single")
    z = [f"sum_{role} / {sigma!r}" for role, sigma in enumerate(weights.sigma)]
    leader = " ".join(f"WHEN {z[role]} = greatest({', '.join(z)}) THEN {text(weights.roles[role])}" for role in roles)
    added = ", ".join(f"{sums[role]} AS sum_{role}" for role in roles)
    kept = ", ".join(f"sum_{role}" for role in roles)
    return (
        f"COPY (SELECT id, {kept}, CASE {leader} END AS leader FROM (SELECT id, {added} FROM {table} {joins})) "
        f"TO {text(target)} (HEADER)"
    )


def duckdb_way(joined):
    def run(weights, format, source, target):
        import duckdb

        query = duckdb_query(weights, joined, format, source, target)
        return lambda: duckdb.connect().execute(query)

    return run


def polars_way(replaced):
    def run(weights, format, source, target):
        import polars as pl

        kinds = {"scale": pl.Int8, "single": pl.String}
        many = pl.String if format == "csv" else pl.List(pl.String)
        columns = {question.id: kinds.get(question.kind, many) for question in weights.questions}
        if format == "csv":
            table = pl.scan_csv(source, schema={"id": pl.String, **columns})
        else:
            table = pl.scan_ndjson(source, schema={"id": pl.String, "answers": pl.Struct(columns)}).unnest("answers")

        def picked(column, each):
            if replaced:
                return column.replace_strict(list(each), list(each.values()), default=0, return_dtype=pl.Int32)
            chain = pl
            for pick, points in each.items():
                if points:
                    chain = chain.when(column == pick).then(pl.lit(points, pl.Int32))
            return pl.lit(0, pl.Int32) if chain is pl else chain.otherwise(pl.lit(0, pl.Int32))

        def term(question, role):
            column, base = pl.col(question.id), question.base[role]
            each = {pick: points[role] for pick, points in question.points.items()}
            if question.kind == "scale":
                one, two = each[1] + base, each[2] + base
                return (column.cast(pl.Int32) * (two - one) + (2 * one - two)).fill_null(0)
            if question.kind == "single":
                return picked(column, {pick: points + base for pick, points in each.items()})
            picks = column.str.split(",") if format == "csv" else column
            places = enumerate(question.places)
            added = (place * picked(picks.list.get(i, null_on_oob=True), each) for i, place in places)
            return pl.when(column.is_null()).then(0).otherwise(base + functools.reduce(operator.add, added))

        roles = range(len(weights.roles))
        moved = lambda question, role: question.base[role] or any(points[role] for points in question.points.values())
        terms = [[term(question, role) for question in weights.questions if moved(question, role)] for role in roles]
        sums = {f"sum_{role}": functools.reduce(operator.add, terms[role]) for role in roles}
        z = [pl.col(f"sum_{role}") / weights.sigma[role] for role in roles]
        leader = pl.lit(weights.roles[-1])
        for role in reversed(roles[:-1]):
            leader = pl.when(z[role] == pl.max_horizontal(z)).then(pl.lit(weights.roles[role])).otherwise(leader)
        table = table.select("id", **sums).with_columns(leader=leader)
        return lambda: table.sink_csv(target, engine="streaming")

    return run


WAYS = {
    "DuckDB": {"DuckDB, joins": duckdb_way(True), "DuckDB, CASE": duckdb_way(False)},
    "Polars": {"Polars, replace_strict": polars_way(True), "Polars, when": polars_way(False)},
}

if __name__ == "__main__":
    bank, program, format, source, target = sys.argv[1:]
    way = {name: way for ways in WAYS.values() for name, way in ways.items()}[program]
    work = way(Weights(bank), format, source, target)
    start = time.perf_counter()
    work()
    print(time.perf_counter() - start)
