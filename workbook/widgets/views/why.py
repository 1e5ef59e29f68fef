"""Why a number is what it is: the items behind it, whose contributions add up to it."""

from __future__ import annotations

from typing import NamedTuple

from workbook.model.engagement import State
from workbook.model.evaluation import Item, ItemKind, Score
from workbook.model.framework import Criterion
from workbook.widgets.views.scene import Scene, View
from workbook.wording.answers import answer_text
from workbook.wording.figures import NO_NUMBER, gain_text, share_bounds, shown_point
from workbook.wording.headings import headings
from workbook.wording.states import withheld_word

TINY = 1e-9
CRITERIA = list(Criterion)


class Points(NamedTuple):
    """What items bring and leave out, in points of the number that is explained."""

    brought: float
    lost: float


def why_view(scene: Scene, of: str) -> View | None:
    """The reasons of `overall`, of an area, or of `area/criterion`."""
    area, _, criterion = of.partition("/")
    items = [
        item
        for item in scene.evaluation.items
        if area in ("overall", item.area) and criterion in ("", item.criterion)
    ]
    if not items:
        return None
    whole = area == "overall"
    total = _points(items, whole=whole)
    v = scene.voice
    single = shown_point(_score(scene, area, criterion)) is not None
    rows = sorted(items, key=lambda item: -_points([item], whole=whole).lost)
    full = sum(_is_full(scene, item) for item in items)
    return {
        "key": of,
        "title": v.t("Why? {name}", name=_name(scene, area, criterion)),
        "lead": _lead(scene, total, whole=whole)
        if single
        else v.t("Too much is open for one number: this is what is known of each part."),
        "steps": _steps(scene, items, area, criterion) if single else [],
        "steps_label": v.t("What each part brings; hatched: what is missing"),
        "rows": [_row(scene, item, whole=whole) for item in rows],
        "full": v.n("One line brings all that it can", "{count} lines bring all they can", full),
        "weight": v.number(total.brought + total.lost, 2) if single else NO_NUMBER,
        "total": v.number(total.brought, 2) if single else NO_NUMBER,
        "lost": v.number(total.lost, 2) if single else NO_NUMBER,
        "notes": _notes(scene, items),
    }


def _points(items: list[Item], *, whole: bool) -> Points:
    if whole:
        return Points(sum(i.contribution for i in items), sum(i.loss for i in items))
    return Points(sum(i.area_contribution for i in items), sum(i.area_loss for i in items))


def _score(scene: Scene, area: str, criterion: str) -> Score:
    if area == "overall":
        return scene.evaluation.score
    own = scene.scores[area]
    return next((part.score for part in own.criteria if part.criterion == criterion), own.score)


def _name(scene: Scene, area: str, criterion: str) -> str:
    if area == "overall":
        return scene.voice.t("Overall")
    title = scene.area(area)
    return f"{title} · {scene.criterion(Criterion(criterion))}" if criterion else title


def _lead(scene: Scene, total: Points, *, whole: bool) -> str:
    v = scene.voice
    known = {"gained": v.number(total.brought, 1), "lost": v.number(total.lost, 1)}
    if whole:
        return v.t(
            "What is answered brings {gained} points; "
            "{lost} are lost where the reasons below say so.",
            **known,
        )
    return v.t("Of the area’s 100 points, these bring {gained} and lose {lost}.", **known)


def _steps(scene: Scene, items: list[Item], area: str, criterion: str) -> list[View]:
    """A waterfall in shares of its whole width: each step begins where the one before ended."""
    groups: dict[str, list[Item]] = {}
    areas = [each.key for each in scene.rules.areas]
    for item in sorted(items, key=lambda i: (areas.index(i.area), CRITERIA.index(i.criterion))):
        groups.setdefault(_part(scene, item, area, criterion), []).append(item)
    points = {title: _points(group, whole=area == "overall") for title, group in groups.items()}
    width = sum(sum(step) for step in points.values()) or 1.0
    steps, start = [], 0.0
    for title, (brought, lost) in points.items():
        if brought + lost > TINY:
            steps.append(_step(scene, title, start, Points(brought, lost), width))
        start += brought
    total = _step(scene, headings(scene.voice)["score"], 0.0, Points(start, 0.0), width)
    return [*steps, total | {"text": scene.voice.number(start, 1), "total": True}]


def _part(scene: Scene, item: Item, area: str, criterion: str) -> str:
    """What an item belongs to in the waterfall: its area, its criterion, or its own subject."""
    if area == "overall":
        return scene.area(item.area)
    if not criterion:
        return scene.criterion(item.criterion)
    return withheld_word(scene.voice).text if _hidden(scene, item) else _title(scene, item)


def _step(scene: Scene, title: str, start: float, points: Points, width: float) -> View:
    return {
        "title": title,
        "start": start / width,
        "brought": points.brought / width,
        "lost": points.lost / width,
        "text": gain_text(points.brought, scene.voice),
        "total": False,
    }


def _is_full(scene: Scene, item: Item) -> bool:
    """Whether there is nothing to say about an item but that all is well."""
    known = item.point is not None and not _hidden(scene, item)
    return known and not item.free and item.point == 1


def _row(scene: Scene, item: Item, *, whole: bool) -> View:
    v = scene.voice
    shown = item.point is not None and not _hidden(scene, item)
    brought, lost = _points([item], whole=whole)
    tone = "won" if item.point == 1 else "lost" if item.point == 0 else ""
    return {
        "key": f"{item.area}/{item.criterion}/{item.kind}/{item.subject}/{item.instance or ''}",
        "title": _title(scene, item),
        "kind": kind_title(scene, item.kind),
        "value": _stands(scene, item),
        "weight": v.number(brought + lost, 2) if shown else NO_NUMBER,
        "contribution": v.number(brought, 2) if shown else NO_NUMBER,
        "loss": v.number(lost, 2) if shown else NO_NUMBER,
        "full": _is_full(scene, item),
        "tone": tone if shown else "",
    }


def _title(scene: Scene, item: Item) -> str:
    if item.kind is ItemKind.QUESTION:
        return scene.question(item.subject, item.instance)
    return scene.focal(item.subject)


def kind_title(scene: Scene, kind: ItemKind) -> str:
    """What an item measures, in a word or two."""
    t = scene.voice.t
    return {
        ItemKind.NAMED: t("someone is named"),
        ItemKind.CLEAR: t("all name the same"),
        ItemKind.FITTING: t("the title fits"),
        ItemKind.DEPUTY: t("a deputy stands in"),
        ItemKind.INSIDE: t("somebody inside answers"),
        ItemKind.QUESTION: t("question"),
    }[kind]


def _stands(scene: Scene, item: Item) -> str:
    """Where an item stands, in the words of its answer where there is one."""
    v = scene.voice
    if _hidden(scene, item):
        return withheld_word(v).text
    if item.point is None:
        low, high = share_bounds(item.low, item.high, v)
        return v.t("open: from {low} to {high}", low=low, high=high)
    words = {0.0: v.t("no"), 1.0: v.t("yes")}
    text = words.get(item.point, v.percent(item.point))
    if item.kind is ItemKind.QUESTION:
        text = _answered(scene, item) or v.percent(item.point)
    if item.free:
        return v.t("{point}, {free} still open", point=text, free=v.number(item.free))
    return text


def _answered(scene: Scene, item: Item) -> str:
    """The team's answer in words; nothing where respondents answered alone."""
    for answer in scene.engagement.answers:
        same = (answer.question, answer.subject, answer.respondent)
        if same == (item.subject, item.instance, None) and answer.state == State.ANSWERED:
            return answer_text(scene, answer)
    return ""


def _hidden(scene: Scene, item: Item) -> bool:
    """Whether the item says of few anonymous voices what they said."""
    if item.kind is not ItemKind.QUESTION:
        return scene.disclosure.hides(item.subject)
    agreed = {(i.question.key, i.instance) for i in scene.inquiries if i.agreed}
    alone = (item.subject, item.instance) not in agreed and item.answered > 0
    return alone and scene.disclosure.withholds(item.answered)


def _notes(scene: Scene, items: list[Item]) -> list[str]:
    t, notes = scene.voice.t, []
    notes.append(t("Each line can bring some of the points, and brings them as far as it holds."))
    if any(item.point is None for item in items):
        notes.append(t("What is open takes no part in the point; it makes the range wide."))
    areas = {item.area for item in items}
    if any(p.not_applicable for p in scene.evaluation.progress if p.area in areas):
        notes.append(t("What does not apply leaves the mean, for better or worse."))
    return notes
