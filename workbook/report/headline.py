"""The headline and the summary: what a reader must know if they read nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.model.evaluation import AreaScore, Status
from workbook.model.framework import Severity
from workbook.report.actions import action_title
from workbook.report.clauses import RANK, SERIOUS, Group, clause, grouped, joined, sentence, small
from workbook.report.telling import Telling, capitalised, ended

WORTH_TELLING = (*SERIOUS, Severity.MEDIUM)


def headline(telling: Telling) -> str:
    """The conclusion in one sentence: the two gravest kinds of findings, or that all is well."""
    v, evaluation = telling.voice, telling.evaluation
    if evaluation.score.status is Status.NOT_SCORED:
        return v.t("Nothing can be said yet: no answer has been given")
    groups = grouped(telling, telling.findings)
    serious = [group for group in groups if group.severity in SERIOUS]
    if evaluation.score.status is Status.INDICATIVE:
        share = v.percent(1 - know_rate(telling))
        said = v.t("{share} of what was asked is still open", share=share)
        return joined(telling, [said, *(clause(telling, group) for group in serious[:1])])
    if serious:
        return sentence(telling, _apart(serious)[:2])
    middling = [group for group in groups if group.severity is Severity.MEDIUM]
    if _is_ready(telling) or not middling:
        return v.t("The programme has its owners: only small things are left to do")
    return v.t("Ownership is settled, but {clause}", clause=clause(telling, middling[0]))


def _is_ready(telling: Telling) -> bool:
    level = telling.evaluation.level
    return level is not None and telling.framework.level(level.low).tone == "ready"


def _apart(groups: Sequence[Group]) -> list[Group]:
    """The groups in their order, but a second one from another area before one from the same."""
    first, rest = groups[0], list(groups[1:])
    areas = {finding.area for finding in first.findings}
    rest.sort(key=lambda g: (RANK[g.severity], {f.area for f in g.findings} <= areas))
    return [first, *rest]


def held_back(telling: Telling, area: str) -> str:
    """What holds an area back, in a few words."""
    found = [
        finding
        for finding in telling.findings
        if finding.area == area and finding.severity in WORTH_TELLING
    ]
    said = " · ".join(clause(telling, group) for group in grouped(telling, found)[:2])
    return said or telling.voice.t("nothing of weight")


def summary(telling: Telling) -> str:
    """Three or four sentences: who stands well, what holds the others, what is open, what to do."""
    sentences = (_strong(telling), *_weak(telling), _open(telling), _first_step(telling))
    return " ".join(ended(capitalised(said)) for said in sentences if said)


def _strong(telling: Telling) -> str:
    good = [one for one in telling.evaluation.areas if _in_good_hands(telling, one)]
    names = telling.voice.listing(telling.area(one.area) for one in good)
    if not good:
        return ""
    if len(good) == len(telling.evaluation.areas):
        return telling.voice.t("All areas are in good hands")
    return telling.voice.n(
        "{areas} is in good hands", "{areas} are in good hands", len(good), areas=names
    )


def _in_good_hands(telling: Telling, area: AreaScore) -> bool:
    if area.level is None or area.score.status is not Status.SCORED:
        return False
    well = telling.framework.level(area.level.low).tone in {"ready", "nearly"}
    return well and not _serious(telling, area.area)


def _serious(telling: Telling, area: str) -> list[Group]:
    groups = grouped(telling, (f for f in telling.findings if f.area == area))
    return [group for group in groups if group.severity in SERIOUS]


def _weak(telling: Telling) -> list[str]:
    """What holds back the weakest areas; two are enough for a summary."""
    v = telling.voice
    weak = [
        one
        for one in telling.evaluation.areas
        if one.score.low is not None and _serious(telling, one.area)
    ]
    weak.sort(key=lambda one: one.score.low or 0.0)
    said = []
    for one, many in zip(weak, (2, 1), strict=False):
        groups = _serious(telling, one.area)[:many]
        clauses = small(telling, sentence(telling, groups, named=True))
        area = telling.area(one.area)
        said.append(v.t("{area} is held back: {clauses}", area=area, clauses=clauses))
    return said


def _open(telling: Telling) -> str:
    score = telling.evaluation.score
    open_share = 1 - know_rate(telling)
    if score.status is not Status.SCORED or open_share <= 0:
        return ""
    return telling.voice.t(
        "{share} of what was asked is still open", share=telling.voice.percent(open_share)
    )


def know_rate(telling: Telling) -> float:
    """The share of what applies that was really answered, 0 to 1; 1 where nothing applies."""
    total = sum(one.total for one in telling.evaluation.progress)
    answered = sum(one.answered for one in telling.evaluation.progress)
    return answered / total if total else 1.0


def _first_step(telling: Telling) -> str:
    actions = telling.told.actions
    if not actions:
        return ""
    action = small(telling, action_title(telling, actions[0]))
    return telling.voice.t("First step: {action}", action=action)
