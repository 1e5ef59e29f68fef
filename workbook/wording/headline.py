"""The headline and the summary: what a reader must know if they read nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.model.evaluation import AreaScore, Status
from workbook.model.framework import Severity
from workbook.wording.actions import joint_title
from workbook.wording.clauses import (
    RANK,
    SERIOUS,
    FindingGroup,
    clause,
    grouped,
    joined,
    sentence,
    small,
)
from workbook.wording.headings import absences
from workbook.wording.names import capitalised, ended
from workbook.wording.phrases import Phrases

WORTH_TELLING = (*SERIOUS, Severity.MEDIUM)


def headline(phrases: Phrases) -> str:
    """The conclusion in one sentence: the two gravest kinds of findings, or that all is well."""
    v, evaluation = phrases.voice, phrases.evaluation
    if evaluation.level is None:
        return v.t("Nothing of this framework applies to the organisation")
    if evaluation.score.status is Status.NOT_SCORED:
        return v.t("Nothing can be said yet: no answer has been given")
    groups = grouped(phrases, phrases.findings)
    serious = [group for group in groups if group.severity in SERIOUS]
    if evaluation.score.status is Status.INDICATIVE:
        clauses = (clause(phrases, group) for group in serious[:1])
        return joined(phrases, [_unanswered(phrases), *clauses])
    if serious:
        return sentence(phrases, _apart(serious)[:2])
    middling = [group for group in groups if group.severity is Severity.MEDIUM]
    if _is_ready(phrases) or not middling:
        return v.t("The programme has its owners: only small things are left to do")
    return v.t("Ownership is settled, but {clause}", clause=clause(phrases, middling[0]))


def _is_ready(phrases: Phrases) -> bool:
    level = phrases.evaluation.level
    return level is not None and phrases.rules.level(level.low).tone == "ready"


def _apart(groups: Sequence[FindingGroup]) -> list[FindingGroup]:
    """The groups in their order, but a second one from another area before one from the same."""
    first, rest = groups[0], list(groups[1:])
    areas = {finding.area for finding in first.findings}
    rest.sort(key=lambda g: (RANK[g.severity], {f.area for f in g.findings} <= areas))
    return [first, *rest]


def held_back(phrases: Phrases, area: str) -> str:
    """What holds an area back, in a few words."""
    findings = [
        finding
        for finding in phrases.findings
        if finding.area == area and finding.severity in WORTH_TELLING
    ]
    clauses = " · ".join(clause(phrases, group) for group in grouped(phrases, findings)[:2])
    unscored = {
        score.area for score in phrases.evaluation.areas if score.score.status is Status.NOT_SCORED
    }
    if not clauses and area in unscored:
        return absences(phrases.voice)["unanswered"]
    return clauses or phrases.voice.t("nothing serious")


def summary(phrases: Phrases) -> str:
    """Three or four sentences: who stands well, what holds the others, what is open, what to do."""
    sentences = (_strong(phrases), *_weak(phrases), _open(phrases), _first_step(phrases))
    return " ".join(ended(capitalised(text)) for text in sentences if text)


def _strong(phrases: Phrases) -> str:
    good = [area for area in phrases.evaluation.areas if _in_good_hands(phrases, area)]
    names = phrases.voice.listing(phrases.area(area.area) for area in good)
    if not good:
        return ""
    if len(good) == len(phrases.evaluation.areas):
        return phrases.voice.t("All areas are in good hands")
    return phrases.voice.n(
        "{areas} is in good hands", "{areas} are in good hands", len(good), areas=names
    )


def _in_good_hands(phrases: Phrases, area: AreaScore) -> bool:
    if area.level is None or area.score.status is not Status.SCORED:
        return False
    well = phrases.rules.level(area.level.low).tone in {"ready", "nearly"}
    return well and not _serious(phrases, area.area)


def _serious(phrases: Phrases, area: str) -> list[FindingGroup]:
    groups = grouped(phrases, (f for f in phrases.findings if f.area == area))
    return [group for group in groups if group.severity in SERIOUS]


def _weak(phrases: Phrases) -> list[str]:
    """What holds back the weakest areas; two are enough for a summary."""
    v = phrases.voice
    weak = [
        area
        for area in phrases.evaluation.areas
        if area.score.low is not None and _serious(phrases, area.area)
    ]
    weak.sort(key=lambda area: area.score.low or 0.0)
    sentences = []
    for area, many in zip(weak, (2, 1), strict=False):
        groups = _serious(phrases, area.area)[:many]
        clauses = small(phrases, sentence(phrases, groups, named=True))
        name = phrases.area(area.area)
        sentences.append(v.t("{area} is held back: {clauses}", area=name, clauses=clauses))
    return sentences


def _open(phrases: Phrases) -> str:
    scored = phrases.evaluation.score.status is Status.SCORED
    return _unanswered(phrases) if scored and know_rate(phrases) < 1 else ""


def _unanswered(phrases: Phrases) -> str:
    """How many subjects and questions nobody has really answered."""
    progress = phrases.evaluation.progress
    total = sum(area.total for area in progress)
    unanswered = total - sum(area.answered for area in progress)
    return phrases.voice.n(
        "{number} of {total} subjects and questions has no answer",
        "{number} of {total} subjects and questions have no answer",
        unanswered,
        number=phrases.count(unanswered),
        total=phrases.voice.number(total),
    )


def know_rate(phrases: Phrases) -> float:
    """The share of what applies that was really answered, 0 to 1; 1 where nothing applies."""
    total = sum(area.total for area in phrases.evaluation.progress)
    answered = sum(area.answered for area in phrases.evaluation.progress)
    return answered / total if total else 1.0


def _first_step(phrases: Phrases) -> str:
    steps = phrases.evaluation.first_steps
    if not steps:
        return ""
    action = small(phrases, joint_title(phrases, steps[0].actions))
    return phrases.voice.t("First step: {action}", action=action)
