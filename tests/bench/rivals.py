"""What a user would write instead: the weighted sum and the liking of each role, the leader, the standard error of the
lead and how often others lead to the same side, from a file of answers to a CSV.

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


# Abramowitz and Stegun 7.1.26: neither program has an error function. The other coefficient is that of x.
ERF = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)
ERF_X = 0.3275911


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
    terms = {(question.id, role): term(question, role) for role in roles for question in moving(weights, role)}
    terms = ", ".join(f'{sql} AS "{id} {role}"' for (id, role), sql in terms.items())
    answered = ", ".join(f'{column(question)} IS NOT NULL AS "{question.id} answered"' for question in weights.questions)
    rows = f'SELECT "{shape.person}" AS id, {terms}, {answered} FROM {table} {joins}'

    def total(terms):
        return "(" + (" + ".join(terms) or "0") + ")"

    def of(question, what):
        return f'"{question.id} {what}"'

    def count(questions):
        return total(f"{of(question, 'answered')}::INTEGER" for question in questions)

    def sum_of(role):
        return total(of(question, role) for question in moving(weights, role))

    def liking(role):
        shares = [f"{of(question, role)} / {weights.end[question.id, role]!r}" for question in weights.activities(role)]
        return f"{total(shares)} / nullif({count(weights.activities(role))}, 0)"

    def variance(number, questions):
        leads = [of(question, "lead") for question in questions]
        squares, whole = total(f"{lead} * {lead}" for lead in leads), total(leads)
        deviations = f"({squares} - {whole} * {whole} / nullif(count_{number}, 0))"
        return f"coalesce({deviations} * count_{number} / nullif(count_{number} - 1, 0), 0)"

    def lead(question):
        """What an answer adds to the lead of the first role over the second, in fit points."""
        own = [role for role in (0, 1) if question in moving(weights, role)]
        # A literal alone is a decimal, whose sums of squares are slow and overflow.
        return total(f"{(1, -1)[role] * weights.points(role)!r}::DOUBLE * {of(question, role)}" for role in own)

    sums = [f"{sum_of(role)} AS sum_{role}" for role in roles]
    likings = [f"{liking(role)} AS liking_{role}" for role in roles]
    leads = [f"{lead(question)} AS {of(question, 'lead')}" for question in weights.questions]
    counts = [f"{count(questions)} AS count_{number}" for number, questions in enumerate(weights.strata())]
    scored = f"SELECT id, {', '.join(sums + likings + leads + counts)} FROM ({rows})"
    error = f"sqrt(greatest({total(variance(*stratum) for stratum in enumerate(weights.strata()))}, 0))"
    z = [f"sum_{role} / {sigma!r}" for role, sigma in enumerate(weights.sigma)]
    leader = " ".join(f"WHEN {z[role]} = greatest({', '.join(z)}) THEN {text(weights.roles[role])}" for role in roles)
    measured = (
        f"SELECT id, {', '.join(f'sum_{role}, liking_{role}' for role in roles)}, CASE {leader} END AS leader, "
        f"abs({z[0]} - {z[1]}) * {50 / weights.reach!r} AS lead, {error} AS error FROM ({scored})"
    )
    # Horner's scheme.
    series = functools.reduce(lambda inner, factor: f"t * ({factor!r} + {inner})", reversed(ERF), "0")
    x = f"SELECT *, lead / (2 * error) AS x, 1 / (1 + {ERF_X!r} * x) AS t FROM ({measured})"
    return (
        f"COPY (SELECT * EXCLUDE (x, t, lead), 1 - {series} * exp(-x * x) / 2 AS same_side FROM ({x})) "
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

        def total(terms):
            return functools.reduce(operator.add, terms, pl.lit(0))

        def lead(question):
            """What an answer adds to the lead of the first role over the second, in fit points."""
            own = [role for role in (0, 1) if question in moving(weights, role)]
            return total(pl.col(f"{question.id} {role}") * ((1, -1)[role] * weights.points(role)) for role in own)

        def count(questions):
            return total(pl.col(f"{question.id} answered").cast(pl.Int32) for question in questions)

        roles = range(len(weights.roles))
        terms = {f"{question.id} {role}": term(question, role) for role in roles for question in moving(weights, role)}
        answered = {f"{question.id} answered": pl.col(question.id).is_not_null() for question in weights.questions}
        table = table.select(pl.col(shape.person).alias("person number"), **terms, **answered)
        sums = {f"sum_{role}": total(pl.col(f"{question.id} {role}") for question in moving(weights, role)) for role in roles}
        likings = {
            f"liking_{role}": total(
                pl.col(f"{question.id} {role}") / weights.end[question.id, role] for question in weights.activities(role)
            )
            / count(weights.activities(role))
            for role in roles
        }
        leads = {f"{question.id} lead": lead(question) for question in weights.questions}
        counts = {f"count_{number}": count(questions) for number, questions in enumerate(weights.strata())}
        table = table.select(pl.col("person number").alias("id"), **sums, **likings, **leads, **counts)
        variances = []
        for number, questions in enumerate(weights.strata()):
            own, n = [pl.col(f"{question.id} lead") for question in questions], pl.col(f"count_{number}")
            deviations = total(lead * lead for lead in own) - total(own) * total(own) / n
            variances.append(pl.when(n > 1).then(deviations * n / (n - 1)).otherwise(0))
        z = [pl.col(f"sum_{role}") / weights.sigma[role] for role in roles]
        leader = pl.lit(weights.roles[-1])
        for role in reversed(roles[:-1]):
            leader = pl.when(z[role] == pl.max_horizontal(z)).then(pl.lit(weights.roles[role])).otherwise(leader)
        table = table.select(
            "id", *sums, *likings, leader=leader,
            lead=(z[0] - z[1]).abs() * (50 / weights.reach), error=total(variances).clip(0).sqrt(),
        )
        x = pl.col("lead") / (2 * pl.col("error"))
        table = table.with_columns(x=x, t=1 / (1 + ERF_X * x))
        series = functools.reduce(lambda inner, factor: pl.col("t") * (factor + inner), reversed(ERF), pl.lit(0.0))
        same_side = 1 - series * (-pl.col("x") * pl.col("x")).exp() / 2
        table = table.with_columns(same_side=same_side).drop("x", "t", "lead")
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
