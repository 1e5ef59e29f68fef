"""The headline and the summary: what a reader must know if they read nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbook.model.evaluation import AreaScore, Finding, Status
from workbook.model.framework import Severity
from workbook.report.actions import action_title, told_actions
from workbook.report.telling import Telling, capitalised, ended

RANK = {severity: rank for rank, severity in enumerate(Severity)}
SERIOUS = (Severity.CRITICAL, Severity.HIGH)
WORTH_TELLING = (*SERIOUS, Severity.MEDIUM)
NAMED = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one kind."""

    kind: str
    severity: Severity
    findings: tuple[Finding, ...]


def grouped(telling: Telling, findings: Iterable[Finding]) -> tuple[Group, ...]:
    """Findings by kind: the gravest first, then in the order in which the framework lists kinds."""
    place = {kind: position for position, kind in enumerate(telling.framework.findings)}
    kinds: dict[str, list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(finding.kind, []).append(finding)
    groups = [Group(kind, found[0].severity, tuple(found)) for kind, found in kinds.items()]
    return tuple(sorted(groups, key=lambda group: (RANK[group.severity], place[group.kind])))


def named_clause(telling: Telling, group: Group) -> str:
    """The clause with the subjects that it is about, where it only counts them."""
    subjects = [telling.spoken(f.focal_point) for f in group.findings if f.focal_point]
    said = clause(telling, group)
    return f"{said} ({telling.listing(subjects)})" if 1 < len(subjects) <= NAMED else said


def clause(telling: Telling, group: Group) -> str:
    """A group of findings as the clause of a sentence: no capital, no full stop."""
    told = telling.framework.findings[group.kind]
    first, size = group.findings[0], len(group.findings)
    if group.kind == "orphan" and size == 1 and _is_seat(telling, first):
        return telling.voice.t(
            "nobody speaks for {seat}", seat=telling.spoken(first.focal_point or "")
        )
    if size > 1 and told.headline_many:
        return _small(telling, telling.fill(told.headline_many, first, count=telling.count(size)))
    said = _small(telling, telling.fill(told.headline or told.title, first))
    if size == 1:
        return said
    return telling.voice.n(
        "{said} (and one more like it)", "{said} (and {count} more like it)", size - 1, said=said
    )


def _is_seat(telling: Telling, finding: Finding) -> bool:
    place = telling.places.get(finding.focal_point or "")
    return place is not None and place[1].kind == "seat"


def _small(telling: Telling, text: str) -> str:
    """A sentence as it goes on after a comma: its first letter small, unless it is a name's."""
    names = [party.name for party in telling.parties.values()]
    acronym = len(text) > 1 and not text[1].islower() and text[1] not in " ’"
    if acronym or any(text.startswith(name) for name in names):
        return text
    return text[:1].lower() + text[1:]


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
        return _joined(telling, [said, *(clause(telling, group) for group in serious[:1])])
    if serious:
        return _joined(telling, [clause(telling, group) for group in _apart(serious)[:2]])
    middling = [group for group in groups if group.severity is Severity.MEDIUM]
    if _is_ready(telling) or not middling:
        return v.t("The programme has its owners: only small things are left to do")
    return v.t("Ownership is settled, but {clause}", clause=clause(telling, middling[0]))


def _is_ready(telling: Telling) -> bool:
    level = telling.evaluation.level
    return level is not None and telling.framework.level(level.low).tone == "ready"


def _joined(telling: Telling, clauses: Sequence[str]) -> str:
    """One or two clauses as a sentence."""
    if len(clauses) == 1:
        return capitalised(clauses[0])
    first, second = clauses[:2]
    return capitalised(telling.voice.t("{first}, and {second}", first=first, second=second))


def _apart(groups: Sequence[Group]) -> list[Group]:
    """The groups in their order, but a second one from another area before one from the same."""
    first, rest = groups[0], list(groups[1:])
    areas = {finding.area for finding in first.findings}
    rest.sort(key=lambda g: (RANK[g.severity], {f.area for f in g.findings} <= areas))
    return [first, *rest]


def held_back(telling: Telling, area: str) -> str:
    """What holds an area back, in a few words; empty where nothing of weight does."""
    found = [
        finding
        for finding in telling.findings
        if finding.area == area and finding.severity in WORTH_TELLING
    ]
    return " · ".join(clause(telling, group) for group in grouped(telling, found)[:2])


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
        clauses = _joined(telling, [named_clause(telling, group) for group in groups])
        area = telling.area(one.area)
        said.append(
            v.t("{area} is held back: {clauses}", area=area, clauses=_small(telling, clauses))
        )
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
    actions = told_actions(telling)
    if not actions:
        return ""
    action = _small(telling, action_title(telling, actions[0]))
    return telling.voice.t("First step: {action}", action=action)
