"""What a bank gives for each answer, centred as the fit is: whole numbers, so that every program adds up the same."""

import itertools
import math
import tomllib
from dataclasses import dataclass, field
from fractions import Fraction

LABELS = ["dislike a lot", "dislike", "neither", "like", "like a lot"]  # of the scale where a bank names none


@dataclass
class Question:
    """An answered question adds `base`, and `places[i]` times the `points` of what was picked at place i."""

    id: str
    kind: str
    places: list[int]
    points: dict[int | str, list[int]]
    text: str
    texts: dict[int | str, str]  # of what can be picked
    key: dict[int, int]  # of a scale, by role
    outcomes: list[tuple] = field(default_factory=list)  # everything that can be picked
    base: list[int] = field(default_factory=list)

    @property
    def is_list(self):
        return self.kind in ("multi", "rank")

    def total(self, outcome, role):
        return sum(place * self.points[pick][role] for place, pick in zip(self.places, outcome))


class Weights:
    def __init__(self, path):
        with open(path, "rb") as file:
            bank = tomllib.load(file)
        self.roles = [role["id"] for role in bank["role"]]
        self.questions = [read(question, bank, self.roles) for question in bank["question"] if scores(question)]
        multiple = math.lcm(*(len(question.outcomes) for question in self.questions))
        square, most, least = ([0] * len(self.roles) for _ in range(3))
        for question in self.questions:
            question.points = {pick: [multiple * points for points in all] for pick, all in question.points.items()}
            for role in range(len(self.roles)):
                totals = [question.total(outcome, role) for outcome in question.outcomes]
                mean = Fraction(sum(totals), len(totals))
                question.base.append(int(-mean))
                centred = [total - mean for total in totals]
                square[role] += sum(value * value for value in centred) / len(centred)
                most[role] += max(centred)
                least[role] += min(centred)
        self.sigma = [math.sqrt(value) for value in square]
        self.reach = max(max(a, -b) / sigma for a, b, sigma in zip(most, least, self.sigma))
        # A scale adds this much for each share of the way from its middle to its end.
        self.end = {
            (question.id, role): max(question.base[role] + points[role] for points in question.points.values())
            for question in self.questions
            for role in question.key
        }

    def activities(self, role):
        return [question for question in self.questions if role in question.key]

    def strata(self):
        """The questions whose answers vary together in the error of the lead: activities of one role alone, and the rest."""
        alone = [[question for question in self.questions if list(question.key) == [role]] for role in (0, 1)]
        return [*alone, [question for question in self.questions if list(question.key) not in ([0], [1])]]

    def points(self, role):
        """The fit points of one unit of a role's sum."""
        return 50 / self.reach / self.sigma[role]


def scores(question):
    return "key" in question or any("points" in choice for choice in question.get("choice", []))


def read(question, bank, roles):
    kind = question["kind"]
    if kind == "scale":
        texts = dict(enumerate(bank.get("scale", LABELS), 1))
        labels = len(texts)
        step = (lambda value: value - (labels + 1) // 2) if labels % 2 else (lambda value: 2 * value - labels - 1)
        points = {value: [step(value) * question["key"].get(role, 0) for role in roles] for value in texts}
    else:
        texts = {choice["id"]: choice["text"] for choice in question["choice"]}
        points = {choice["id"]: [choice.get("points", {}).get(role, 0) for role in roles] for choice in question["choice"]}
    places, outcomes = [1], [(pick,) for pick in points]
    if kind == "multi":
        fewest, most = question["pick"]
        places = [1] * most
        outcomes = [picks for size in range(fewest, most + 1) for picks in itertools.combinations(points, size)]
    if kind == "rank":
        places = question["places"]
        outcomes = list(itertools.permutations(points, len(places)))
    key = {index: question["key"][role] for index, role in enumerate(roles) if question.get("key", {}).get(role)}
    return Question(question["id"], kind, places, points, question["text"], texts, key, outcomes)
