"""The first lines of the page: the conclusion, whether the order holds, the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.fragments.page import KeyFigure
from workbook.i18n import Voice
from workbook.portfolio.cohorts import Assessed
from workbook.portfolio.comparison import frequent
from workbook.portfolio.ranking import TWO
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
    """The conclusion on the largest family: who is certainly on the best level, and the worst."""
    if not assessed.families:
        return v.t("Nothing could be read")
    family = assessed.families[0]
    table, rules = family.table, family.rules
    if len(table) == 1:
        return v.n(
            "One engagement, and none to compare it with",
            "{all} engagements, each of another framework: none can be compared with another",
            _total(assessed),
            all=capitalised(Vocabulary(rules, v).count(_total(assessed))),
        )
    names = Vocabulary(rules, v)
    best, worst = (names.quoted(names.say(rules.levels[end].title)) for end in (-1, 0))
    at = table["level_low"].value_counts()
    top, bottom = (int(at.get(rules.levels[end].key, 0)) for end in (-1, 0))
    certain = _certain(top, len(table), best, names)
    if not bottom or top == len(table):
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
    v, of = names.voice, {"all": names.count(count), "level": best}
    if not top and count == TWO:
        return v.t("Neither of the two engagements is certain to be {level}", level=best)
    if not top:
        return v.t("None of {all} engagements is certain to be {level}", **of)
    if top == count == TWO:
        return v.t("Both engagements are certain to be {level}", level=best)
    if top == count:
        return v.t("All {all} engagements are certain to be {level}", **of)
    certain = v.n(
        "one of {all} engagements is certain to be {level}",
        "{said} of {all} engagements are certain to be {level}",
        top,
        said=names.count(top),
        **of,
    )
    return capitalised(certain)


def summary(assessed: Assessed, v: Voice) -> str:
    """Whether the ranking means anything, what comes back most often, and what is apart."""
    sentences = []
    if assessed.families:
        first = assessed.cohorts[0]
        names = Vocabulary(first.rules, v)
        alone = len(first.table) == 1 and _total(assessed) > 1
        verdict = ranking_verdict(names, first.robustness)
        none = v.t("No two engagements were measured alike: there is no ranking.")
        sentences.append(none if alone else verdict)
        findings = frequent(first)
        if findings:
            most = common_finding(names, findings[0].kind, findings[0].times)
            sentences.append(v.t("What comes back most often: {finding}.", finding=_small(most)))
        if len(assessed.families[0].cohorts) > 1 and not alone:
            sentences.append(
                v.t(
                    "The engagements stand in {count} groups that were measured differently; "
                    "ranks hold within a group only.",
                    count=v.number(len(assessed.families[0].cohorts)),
                )
            )
    if len(assessed.families) > 1:
        family = assessed.families[0]
        sentences.append(
            v.t(
                "All this is about the {count} of {all} engagements measured by {framework}.",
                count=v.number(len(family.table)),
                all=v.number(_total(assessed)),
                framework=names.quoted(names.say(family.rules.title)),
            )
        )
    notes = (language_note(family.rules.languages, v) for family in assessed.families)
    return " ".join([*sentences, *dict.fromkeys(note for note in notes if note)])


def _small(text: str) -> str:
    """The text as it goes on after a colon, unless it begins with a number or an acronym."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def figures(assessed: Assessed, v: Voice) -> tuple[KeyFigure, ...]:
    """What is read at a glance: of all, then of the largest family."""
    if not assessed.families:
        return ()
    family = assessed.families[0]
    table = family.table
    shown = [_scored(assessed, v), _median(table["low"].dropna(), v)]
    held = int((table["gates_held"] > 0).sum())
    if family.rules.gates:
        share = v.t("of {count}", count=v.number(len(table)))
        shown.append(_figure(held, v.t("held by a must-have"), share, "risk" if held else None, v))
    pairs, firm = (
        sum(getattr(cohort.robustness, name) for cohort in family.cohorts)
        for name in ("pairs", "firm")
    )
    if pairs:
        of = v.t("of {count}", count=v.number(pairs))
        shown.append(_figure(firm, v.t("ranks that hold"), of, None, v))
    return tuple(shown)


def _figure(count: int, label: str, note: str, tone: Tone | None, v: Voice) -> KeyFigure:
    return KeyFigure(v.number(count), label, note, tone)


def _scored(assessed: Assessed, v: Voice) -> KeyFigure:
    refused = len(assessed.refused)
    note = v.n("{count} input not read", "{count} inputs not read", refused) if refused else ""
    label = v.t("engagements")
    return _figure(_total(assessed), label, note, "not" if refused else None, v)


def _median(low: pd.Series[float], v: Voice) -> KeyFigure:
    label = v.t("median score (lower bound)")
    if not len(low):
        return KeyFigure("–", label)
    note = span_text(lower(float(low.min()), v), lower(float(low.max()), v), v)
    return KeyFigure(lower(float(low.median()), v), label, note)
