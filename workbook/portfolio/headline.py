"""The first lines of the page: the conclusion, whether the order holds, the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.fragments.page import KeyFigure
from workbook.i18n import Voice
from workbook.portfolio.assess import Assessed, Cohort
from workbook.portfolio.comparison import frequent
from workbook.wording.figures import lower, span_text
from workbook.wording.languages import language_note
from workbook.wording.names import Vocabulary, capitalised
from workbook.wording.ranking import common_finding, ranking_verdict
from workbook.wording.states import Tone

if TYPE_CHECKING:
    import pandas as pd


def _total(assessed: Assessed) -> int:
    return sum(len(cohort.table) for cohort in assessed.cohorts)


def counted(assessed: Assessed, v: Voice) -> str:
    """How many engagements there are."""
    return v.n("{count} engagement", "{count} engagements", _total(assessed))


def headline(assessed: Assessed, v: Voice) -> str:
    """The conclusion on the largest cohort: who is certainly on the best level, and the worst."""
    if not assessed.cohorts:
        return v.t("Nothing could be read")
    first = assessed.cohorts[0]
    count, names = len(first.table), Vocabulary(first.framework, v)
    if count == 1:
        return v.t("One engagement, and none to compare it with")
    levels = first.framework.levels
    best, worst = (names.quoted(names.say(level.title)) for level in (levels[-1], levels[0]))
    at = first.table["level_low"].value_counts()
    top, bottom = int(at.get(levels[-1].key, 0)), int(at.get(levels[0].key, 0))
    certain = _certain(top, count, best, names)
    if not bottom or top == count:
        return certain
    tail = v.n(
        "one may turn out to be {level}",
        "{said} may turn out to be {level}",
        bottom,
        said=names.count(bottom),
        level=worst,
    )
    return v.t("{one}; {other}", one=certain, other=tail)


def _certain(top: int, count: int, best: str, names: Vocabulary) -> str:
    v = names.voice
    if not top:
        return v.t(
            "None of {all} engagements is certain to be {level}",
            all=names.count(count),
            level=best,
        )
    if top == count:
        return v.t(
            "All {all} engagements are certain to be {level}", all=names.count(count), level=best
        )
    certain = v.n(
        "one of {all} engagements is certain to be {level}",
        "{said} of {all} engagements are certain to be {level}",
        top,
        said=names.count(top),
        all=names.count(count),
        level=best,
    )
    return capitalised(certain)


def summary(assessed: Assessed, v: Voice) -> str:
    """Whether the ranking means anything, what comes back most often, and what was not read."""
    sentences = []
    if assessed.cohorts:
        first = assessed.cohorts[0]
        names = Vocabulary(first.framework, v)
        sentences.append(ranking_verdict(names, first.robustness))
        findings = frequent(first)
        if findings:
            most = common_finding(names, findings[0].kind, findings[0].times)
            sentences.append(v.t("What comes back most often: {finding}.", finding=_small(most)))
    if len(assessed.cohorts) > 1:
        sentences.append(
            v.t(
                "There are {count} groups that were measured differently; "
                "each is ranked by itself.",
                count=v.number(len(assessed.cohorts)),
            )
        )
    notes = (language_note(cohort.framework.languages, v) for cohort in assessed.cohorts)
    return " ".join([*sentences, *dict.fromkeys(note for note in notes if note)])


def _small(text: str) -> str:
    """The text as it goes on after a colon, unless it begins with a number or an acronym."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def figures(assessed: Assessed, v: Voice) -> tuple[KeyFigure, ...]:
    """What is read at a glance: of all, then of the largest cohort."""
    if not assessed.cohorts:
        return ()
    first = assessed.cohorts[0]
    names = Vocabulary(first.framework, v)
    shown = [_scored(assessed, v), _median(first, names)]
    held = int((first.table["gates_held"] > 0).sum())
    if first.framework.gates:
        share = v.t("of {count}", count=v.number(len(first.table)))
        shown.append(_figure(held, v.t("held by a gate"), share, "risk" if held else None, v))
    order = first.robustness
    if order.pairs:
        of = v.t("of {count}", count=v.number(order.pairs))
        shown.append(_figure(order.firm, v.t("ranks that hold"), of, None, v))
    return tuple(shown)


def _figure(count: int, label: str, note: str, tone: Tone | None, v: Voice) -> KeyFigure:
    return KeyFigure(v.number(count), label, note, tone)


def _scored(assessed: Assessed, v: Voice) -> KeyFigure:
    refused = len(assessed.refused)
    note = v.n("{count} input not read", "{count} inputs not read", refused) if refused else ""
    label = v.t("engagements")
    return _figure(_total(assessed), label, note, "not" if refused else None, v)


def _median(cohort: Cohort, names: Vocabulary) -> KeyFigure:
    v = names.voice
    low: pd.Series[float] = cohort.table["low"].dropna()
    if not len(low):
        return KeyFigure("–", v.t("median score (lower bound)"))
    note = span_text(lower(float(low.min()), v), lower(float(low.max()), v), v)
    return KeyFigure(lower(float(low.median()), v), v.t("median score (lower bound)"), note)
