"""The findings of the report: one card for each kind, with a row for each of its subjects."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbook.fragments.findings import FindingCard
from workbook.model.evaluation import Action, Finding
from workbook.wording.actions import joint_title
from workbook.wording.clauses import SERIOUS, FindingGroup, clause, grouped
from workbook.wording.evidence import evidence_sentences
from workbook.wording.findings import finding_explanation, finding_scope, finding_title
from workbook.wording.names import capitalised
from workbook.wording.phrases import Phrases
from workbook.wording.seats import is_seat

PLACEHOLDER = re.compile(r"{(\w+)}")


def finding_cards(phrases: Phrases) -> tuple[FindingCard, ...]:
    """Every finding that may be shown, the gravest kinds first."""
    return tuple(
        _card(phrases, group.findings[0]) if len(group.findings) == 1 else _joint(phrases, group)
        for group in grouped(phrases, phrases.findings)
    )


def _card(phrases: Phrases, finding: Finding) -> FindingCard:
    return FindingCard(
        severity=finding.severity,
        title=finding_title(phrases, finding),
        explanation=finding_explanation(phrases, finding),
        where=finding_scope(phrases, finding),
        evidence=evidence_sentences(phrases, finding),
        action=_remedy(phrases, (finding,)),
    )


def _joint(phrases: Phrases, group: FindingGroup) -> FindingCard:
    """Several findings of a kind: a row for each that weighs; else only their subjects by area."""
    texts = phrases.rules.findings[group.kind]
    explanation = phrases.say(texts.explanation)
    serious = group.severity in SERIOUS
    only_subjects = PLACEHOLDER.findall(phrases.say(texts.title)) == ["focal_point"]
    lines = _by_area(phrases, group) if only_subjects else _titles(phrases, group)
    return FindingCard(
        severity=group.severity,
        title=capitalised(clause(phrases, group)),
        explanation=explanation if not PLACEHOLDER.search(explanation) else "",
        evidence=() if serious else tuple(lines),
        rows=tuple(_row(phrases, finding) for finding in group.findings) if serious else (),
        action=_remedy(phrases, group.findings),
        count=len(group.findings),
    )


def _remedy(phrases: Phrases, findings: Iterable[Finding]) -> str:
    """What to do about all of them, those too whose subject has another action in the list."""
    keys = {finding.key for finding in findings}
    alike: dict[tuple[str, bool], list[Action]] = {}
    for action in phrases.evaluation.actions:
        if keys.intersection(action.findings):
            seat = is_seat(phrases, action.focal_point)
            alike.setdefault((action.kind, seat), []).append(action)
    return " · ".join(joint_title(phrases, actions) for actions in alike.values())


def _row(phrases: Phrases, finding: Finding) -> tuple[str, str]:
    """What one finding of several is about, and what it rests on."""
    return _about(phrases, finding), " ".join(evidence_sentences(phrases, finding))


def _about(phrases: Phrases, finding: Finding) -> str:
    if finding.focal_point:
        return phrases.focal(finding.focal_point)
    if finding.parties:
        return phrases.listing(map(phrases.party, finding.parties))
    return finding_scope(phrases, finding)


def _titles(phrases: Phrases, group: FindingGroup) -> Iterable[str]:
    return (finding_title(phrases, finding) for finding in group.findings)


def _by_area(phrases: Phrases, group: FindingGroup) -> Iterable[str]:
    areas: dict[str, list[str]] = {}
    for finding in group.findings:
        if finding.area and finding.focal_point:
            areas.setdefault(finding.area, []).append(phrases.focal(finding.focal_point))
    for area, names in areas.items():
        yield phrases.labelled(phrases.area(area), " · ".join(names))
