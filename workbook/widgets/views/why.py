"""Why a number is what it is: the items behind it, whose contributions add up to it."""

from __future__ import annotations

from workbook.model.evaluation import Item, ItemKind, Score
from workbook.model.framework import Criterion
from workbook.widgets.views.scene import Scene, View
from workbook.wording.figures import NO_NUMBER, share_bounds, shown_point
from workbook.wording.states import withheld_word


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
    gained = sum(item.contribution if whole else item.area_contribution for item in items)
    lost = sum(item.loss if whole else item.area_loss for item in items)
    v = scene.voice
    single = shown_point(_score(scene, area, criterion)) is not None
    return {
        "key": of,
        "title": v.t("Why? {name}", name=_name(scene, area, criterion)),
        "lead": _lead(scene, gained, lost, whole=whole)
        if single
        else v.t("Too much is open for one number: this is what is known of each part."),
        "rows": [
            _row(scene, item, whole=whole)
            for item in sorted(items, key=lambda i: -_loss(i, whole=whole))
        ],
        "total": v.number(gained, 2) if single else NO_NUMBER,
        "lost": v.number(lost, 2) if single else NO_NUMBER,
        "notes": _notes(scene, items),
    }


def _score(scene: Scene, area: str, criterion: str) -> Score:
    if area == "overall":
        return scene.evaluation.score
    own = scene.scores[area]
    return next((part.score for part in own.criteria if part.criterion == criterion), own.score)


def _loss(item: Item, *, whole: bool) -> float:
    return item.loss if whole else item.area_loss


def _name(scene: Scene, area: str, criterion: str) -> str:
    if area == "overall":
        return scene.voice.t("Overall")
    title = scene.area(area)
    if not criterion:
        return title
    return f"{title} · {scene.criterion(Criterion(criterion))}"


def _lead(scene: Scene, gained: float, lost: float, *, whole: bool) -> str:
    v = scene.voice
    known = {"gained": v.number(gained, 1), "lost": v.number(lost, 1)}
    if whole:
        return v.t(
            "What is answered brings {gained} points; "
            "{lost} are lost where the reasons below say so.",
            **known,
        )
    return v.t("Of the area’s 100 points, these bring {gained} and lose {lost}.", **known)


def _row(scene: Scene, item: Item, *, whole: bool) -> View:
    v = scene.voice
    contribution = item.contribution if whole else item.area_contribution
    shown = item.point is not None and not _hidden(scene, item)
    part = 1 if whole else scene.scores[item.area].share
    tone = (
        ""
        if item.point is None or not shown
        else "won"
        if item.point >= 1
        else "lost"
        if item.point <= 0
        else ""
    )
    return {
        "key": f"{item.area}/{item.criterion}/{item.kind}/{item.subject}/{item.instance or ''}",
        "title": _title(scene, item),
        "kind": kind_title(scene, item.kind),
        "value": _stands(scene, item),
        "weight": v.percent(item.share / part, 1),
        "contribution": v.number(contribution, 2) if shown else "–",
        "loss": v.number(_loss(item, whole=whole), 2) if shown else "–",
        "tone": tone,
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
    v = scene.voice
    if _hidden(scene, item):
        return withheld_word(v).text
    if item.point is None:
        low, high = share_bounds(item.low, item.high, v)
        return v.t("open: from {low} to {high}", low=low, high=high)
    text = v.percent(item.point)
    if item.free:
        return v.t("{point}, {free} still open", point=text, free=v.number(item.free))
    return text


def _hidden(scene: Scene, item: Item) -> bool:
    """Whether the item says of few anonymous voices what they said."""
    if item.kind is not ItemKind.QUESTION:
        return scene.disclosure.hides(item.subject)
    agreed = {(i.question.key, i.instance) for i in scene.inquiries if i.agreed}
    alone = (item.subject, item.instance) not in agreed and item.answered > 0
    return alone and scene.disclosure.withholds(item.answered)


def _notes(scene: Scene, items: list[Item]) -> list[str]:
    t, notes = scene.voice.t, []
    if any(item.point is None for item in items):
        notes.append(t("What is open takes no part in the point; it makes the range wide."))
    areas = {item.area for item in items}
    if any(p.not_applicable for p in scene.evaluation.progress if p.area in areas):
        notes.append(t("What does not apply leaves the mean, for better or worse."))
    return notes
