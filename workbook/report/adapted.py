"""What an engagement changes in its framework, in words."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.model.framework import Criterion, Weights
from workbook.model.rules import Adaptation, AdaptationKind
from workbook.wording.phrases import Phrases

_SHARES = frozenset({"title_match", "low_confidence_share", "unknown_share", "agreed_share"})


def adaptations(phrases: Phrases) -> tuple[str, ...]:
    """Every change in turn, those of subjects listed together; () without any."""
    changes = phrases.rules.adaptations
    return (
        *(text for change in changes for text in _numbers(phrases, change)),
        *_subjects(phrases, changes),
    )


def _numbers(phrases: Phrases, change: Adaptation) -> Iterator[str]:
    v = phrases.voice
    if isinstance(change.after, Weights):
        weights = _weights(phrases, change.after)
        if change.subject is None:
            yield v.t("weights of the criteria: {weights}", weights=weights)
        else:
            area = phrases.area(change.subject)
            yield v.t("weights of the criteria in {area}: {weights}", area=area, weights=weights)
    elif change.kind is AdaptationKind.AREA_WEIGHT:
        values = _before_and_after(phrases, change)
        yield v.t(
            "weight of {area}: {values}", area=phrases.area(change.subject or ""), values=values
        )
    elif change.kind is AdaptationKind.THRESHOLD:
        values, name = _before_and_after(phrases, change), _threshold(phrases, change.subject or "")
        yield v.t("{threshold}: {values}", threshold=name, values=values)


def _weights(phrases: Phrases, weights: Weights) -> str:
    named = ((criterion, getattr(weights, criterion.value)) for criterion in Criterion)
    return ", ".join(
        f"{phrases.criterion(criterion)} {phrases.voice.number(weight, _digits(weight))}"
        for criterion, weight in named
    )


def _before_and_after(phrases: Phrases, change: Adaptation) -> str:
    v = phrases.voice
    values = [value for value in (change.before, change.after) if isinstance(value, float | int)]
    if change.subject in _SHARES:
        before, after = (v.percent(value, _digits(100 * value)) for value in values)
    else:
        before, after = (v.number(value, _digits(value)) for value in values)
    return v.t("{after} instead of {before}", after=after, before=before)


def _digits(value: float) -> int:
    """As many decimals as the value has, two at most."""
    return next((n for n in (0, 1) if round(value, n) == round(value, 2)), 2)


def _threshold(phrases: Phrases, name: str) -> str:
    v = phrases.voice
    return {
        "title_match": v.t("match from which a title is recognised"),
        "overloaded_focal_points": v.t("subjects of one owner, at most"),
        "roles_per_row": v.t("roles of one person in a subject, at most"),
        "stale_days": v.t("days until an answer is out of date"),
        "low_confidence_share": v.t("share of unsure votes that is noted"),
        "unknown_share": v.t("share of “don’t know” that is noted"),
        "agreed_share": v.t("share of votes that makes an agreement"),
        "small_group": v.t("answers that anonymous results need"),
    }[name]


def _subjects(phrases: Phrases, changes: tuple[Adaptation, ...]) -> Iterator[str]:
    v = phrases.voice
    names = {
        kind: v.listing(_subject(phrases, c.subject or "") for c in changes if c.kind is kind)
        for kind in (AdaptationKind.ADDED, AdaptationKind.SWITCHED_OFF)
    }
    if added := names[AdaptationKind.ADDED]:
        yield v.t("added: {subjects}", subjects=added)
    if switched_off := names[AdaptationKind.SWITCHED_OFF]:
        yield v.t("switched off: {subjects}", subjects=switched_off)


def _subject(phrases: Phrases, key: str) -> str:
    """The name of an area, focal point or question, of those too that are not in force."""
    rules = phrases.rules
    for content in (rules, rules.framework):
        areas = {area.key: area.title for area in content.areas}
        subjects = {k: f.title for k, (_, f) in content.places().items()}
        questions = {k: q.title for k, (_, q) in content.questions().items()}
        text = (areas | subjects | questions).get(key)
        if text is not None:
            return phrases.say(text)
    return key
