"""Cross-checks of a framework: references, unique names, scales, and that the method can hold."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from workbook.content.flaws import Flaw, repeated, unknown
from workbook.content.framework_findings import check_findings
from workbook.content.framework_texts import check_texts
from workbook.content.reading import Steps
from workbook.model.framework import (
    Bounds,
    Condition,
    Criterion,
    Framework,
    Question,
    Title,
    Weights,
)


class Keyed(Protocol):
    """Something with a key of its own."""

    @property
    def key(self) -> str:
        """Its name."""


OUTCOMES: Mapping[str, tuple[str, ...]] = {
    "date": ("on_time", "late"),
    "dates": ("covered", "gap", "stops", "none"),
    "text": (),
}
"""What an answer can come to, per kind of question; a choice comes to one of its options."""
SILENT = ("missing", "unknown")
TWO = 2


def check_framework(framework: Framework) -> tuple[Flaw, ...]:
    """Every flaw of a framework that has the right shape."""
    return tuple(flaw for check in _CHECKS for flaw in check(framework))


def questions_at(framework: Framework) -> Iterator[tuple[Steps, Question]]:
    """Every question with its place."""
    for a, area in enumerate(framework.areas):
        for q, question in enumerate(area.questions):
            yield ("areas", a, "questions", q), question


def outcomes(question: Question) -> tuple[str, ...]:
    """What an answer to the question can come to."""
    if question.kind == "choice":
        return tuple(option.key for option in question.options)
    return OUTCOMES[question.kind]


def _names(framework: Framework) -> Iterator[Flaw]:
    listed: dict[str, tuple[str, Sequence[Keyed]]] = {
        "profile": ("profiles", framework.profiles),
        "business model": ("business_models", framework.business_models),
        "scope group": ("scopes", framework.scopes),
        "level": ("levels", framework.levels),
        "area": ("areas", framework.areas),
        "title": ("titles", framework.titles),
        "gate": ("gates", framework.gates),
    }
    for kind, (field, items) in listed.items():
        yield from repeated(kind, _keys((field,), items))
        if not items and field not in ("scopes", "gates"):
            yield Flaw((field,), "must not be empty", f"add at least one {kind}")
    # Answers and nominations name a subject without its area, so a name stands for one subject.
    subjects = (
        pair
        for a, area in enumerate(framework.areas)
        for field in ("focal_points", "questions")
        for pair in _keys(("areas", a, field), getattr(area, field))
    )
    yield from repeated("focal point or question", subjects)
    for steps, question in questions_at(framework):
        yield from repeated("option", _keys((*steps, "options"), question.options))


def _keys(at: Steps, items: Sequence[Keyed]) -> Iterator[tuple[Steps, str]]:
    return (((*at, i, "key"), item.key) for i, item in enumerate(items))


def _focal_points(framework: Framework) -> Iterator[Flaw]:
    scopes = [scope.key for scope in framework.scopes]
    sponsors: list[Steps] = []
    for a, area in enumerate(framework.areas):
        if not area.focal_points:
            at: Steps = ("areas", a, "focal_points")
            yield Flaw(at, "an area needs a focal point", "add one, or drop the area")
        for f, focal_point in enumerate(area.focal_points):
            at = ("areas", a, "focal_points", f)
            yield from unknown("scope group", focal_point.scope, scopes, *at, "scope")
            if focal_point.sponsor:
                sponsors.append((*at, "sponsor"))
            yield from _condition(framework, focal_point.applies, (*at, "applies"))
    for steps in sponsors[1:]:
        yield Flaw(steps, "there is a sponsor already", "mark one focal point only")


def _condition(framework: Framework, condition: Condition, at: Steps) -> Iterator[Flaw]:
    profiles = [profile.key for profile in framework.profiles]
    models = [model.key for model in framework.business_models]
    for i, key in enumerate(condition.profiles):
        yield from unknown("profile", key, profiles, *at, "profiles", i)
    for i, key in enumerate(condition.business_models):
        yield from unknown("business model", key, models, *at, "business_models", i)


def _questions(framework: Framework) -> Iterator[Flaw]:
    used = {f.scope for area in framework.areas for f in area.focal_points}
    groups = [scope.key for scope in framework.scopes if scope.key in used]
    earlier: dict[str, Question] = {}
    for steps, question in questions_at(framework):
        yield from unknown("scope group", question.per, groups, *steps, "per")
        yield from _options(question, steps)
        yield from _parent(question, steps, earlier)
        yield from _condition(framework, question.applies, (*steps, "applies"))
        valid = (*outcomes(question), *SILENT)
        for outcome, kind in question.findings.items():
            at = (*steps, "findings", outcome)
            yield from unknown("outcome", outcome, valid, *at)
            yield from unknown("finding", kind, framework.findings, *at)
        earlier[question.key] = question


def _options(question: Question, steps: Steps) -> Iterator[Flaw]:
    at = (*steps, "options")
    if question.kind != "choice":
        if question.options:
            yield Flaw(at, f"a question of kind {question.kind} has no options", "drop them")
        return
    values = {option.value for option in question.options}
    for value in {0, 1} - values:
        message = f"no option is worth {value}"
        yield Flaw(at, message, f"give one option the value {value}, so that bounds are reached")


def _parent(question: Question, steps: Steps, earlier: dict[str, Question]) -> Iterator[Flaw]:
    if question.parent is None:
        return
    at = (*steps, "parent")
    yield from unknown("earlier question", question.parent.question, earlier, *at, "question")
    parent = earlier.get(question.parent.question)
    if parent is None:
        return
    if parent.per != question.per:
        yield Flaw(at, "is asked per another group than its parent", "give both the same “per”")
    values = {option.key: option.value for option in parent.options}
    for i, key in enumerate(question.parent.options):
        yield from unknown("option", key, values, *at, "options", i)
    yield from _opening(values, question.parent.options, (*at, "options"))


def _opening(values: dict[str, float], opening: tuple[str, ...], at: Steps) -> Iterator[Flaw]:
    """A better option of the parent never closes what a worse one opens (METHOD §8)."""
    opened = [value for key, value in values.items() if key in opening]
    if 1 not in opened:
        message = "the parent’s best option does not open this question"
        yield Flaw(at, message, "add the option that is worth 1")
        return
    for key, value in values.items():
        if key not in opening and value > min(opened):
            message = f"“{key}” closes this question and a worse option opens it"
            yield Flaw(at, message, f"add “{key}”, or drop the options worth less")


def _levels(framework: Framework) -> Iterator[Flaw]:
    starts = [level.start for level in framework.levels]
    if starts and starts[0] != 0:
        yield Flaw(("levels", 0, "start"), "the first level must start at 0", "write start: 0")
    for i, (before, start) in enumerate(itertools.pairwise(starts), start=1):
        if start <= before:
            message = f"starts at {start:g}, not above the level before it ({before:g})"
            yield Flaw(("levels", i, "start"), message, "list levels from low to high")


def _gates(framework: Framework) -> Iterator[Flaw]:
    scored = [q.key for _, q in questions_at(framework) if q.kind != "text"]
    places = framework.places()
    levels = [level.key for level in framework.levels]
    for i, gate in enumerate(framework.gates):
        at = ("gates", i)
        yield from unknown("level", gate.cap, levels, *at, "cap")
        if (gate.focal_point is None) == (gate.question is None):
            message = "a gate tests one focal point or one question"
            yield Flaw(at, message, "give exactly one of “focal_point” and “question”")
        yield from unknown("focal point", gate.focal_point, places, *at, "focal_point")
        yield from unknown("scored question", gate.question, scored, *at, "question")


def _weights(framework: Framework) -> Iterator[Flaw]:
    yield from _criteria(framework.weights, framework.bounds, ())
    for a, area in enumerate(framework.areas):
        at = ("areas", a)
        yield from _criteria(area.weights, area.bounds, at)
        if area.weight_bounds is not None:
            yield from _outside(area.weight, area.weight_bounds, (*at, "weight_bounds"))
    if framework.areas and not any(area.weight for area in framework.areas):
        yield Flaw(("areas", 0, "weight"), "every area weighs nothing", "give one area a weight")


def _criteria(
    weights: Weights | None, bounds: Mapping[Criterion, Bounds], at: Steps
) -> Iterator[Flaw]:
    if weights is None and bounds:
        message = "bounds of weights that the area does not have"
        yield Flaw((*at, "bounds"), message, "give the area “weights”, or leave “bounds” out")
    elif nothing := tuple(zero_weights(weights, (*at, "weights"))):
        yield from nothing
    else:
        for criterion, between in bounds.items():
            weight = getattr(weights, criterion.value)
            yield from _outside(weight, between, (*at, "bounds", criterion.value))


def _outside(weight: float, bounds: Bounds, at: Steps) -> Iterator[Flaw]:
    if len(bounds) != TWO or not bounds[0] <= weight <= bounds[1]:
        written = ", ".join(f"{bound:g}" for bound in bounds)
        message = f"[{written}] are no two bounds around the weight {weight:g}"
        yield Flaw(at, message, f"write the least weight and the greatest, {weight:g} between them")


def zero_weights(weights: Weights | None, at: Steps) -> Iterator[Flaw]:
    """A flaw if every criterion weighs nothing."""
    if weights is not None and not any(weights.model_dump().values()):
        yield Flaw(at, "every criterion weighs nothing", "give at least one a weight above 0")


def _titles(framework: Framework) -> Iterator[Flaw]:
    areas = {area.key: area.senior_from for area in framework.areas}
    seats = [key for key, (_, f) in framework.places().items() if f.kind == "seat"]
    for i, title in enumerate(framework.titles):
        for n, key in enumerate(title.fits):
            yield from unknown("area", key, areas, "titles", i, "fits", n)
        yield from unknown("seat", title.seat, seats, "titles", i, "seat")
        yield from _condition(framework, title.fits_when, ("titles", i, "fits_when"))
    # The upper bound is exact only if somebody fits everywhere and somebody nowhere (METHOD §2).
    if framework.titles and not any(_fits_all(title, areas) for title in framework.titles):
        message = "no title fits every area, so the upper bound could not be reached"
        yield Flaw(("titles",), message, "add a title as senior as the highest “senior_from”")
    if framework.titles and not any(_fits_none(title, areas) for title in framework.titles):
        message = "every title fits some area, so the lower bound could not be reached"
        yield Flaw(("titles",), message, "add a junior title that fits no area")


def _fits_all(title: Title, areas: dict[str, int]) -> bool:
    typical = () if title.fits_when != Condition() else title.fits
    return all(title.seniority >= senior or key in typical for key, senior in areas.items())


def _fits_none(title: Title, areas: dict[str, int]) -> bool:
    return not title.fits and all(title.seniority < senior for senior in areas.values())


_CHECKS: Iterable[Callable[[Framework], Iterable[Flaw]]] = (
    _names,
    _focal_points,
    _questions,
    _levels,
    _gates,
    _weights,
    _titles,
    check_findings,
    check_texts,
)
