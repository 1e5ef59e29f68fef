"""The findings of the report: one card for each kind, with a row for each of its subjects."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbook.fragments.findings import FindingCard
from workbook.model.evaluation import Finding
from workbook.wording.actions import action_title, step_title
from workbook.wording.clauses import SERIOUS, FindingGroup, clause, grouped
from workbook.wording.evidence import evidence_sentences
from workbook.wording.findings import finding_explanation, finding_scope, finding_title
from workbook.wording.names import capitalised
from workbook.wording.phrases import Phrases

PLACEHOLDER = re.compile(r"{(\w+)}")


def finding_cards(phrases: Phrases) -> tuple[FindingCard, ...]:
    """Every finding that may be shown, the gravest kinds first."""
    return tuple(
        _card(phrases, group.findings[0]) if len(group.findings) == 1 else _joint(phrases, group)
        for group in grouped(phrases, phrases.findings)
    )


def _card(phrases: Phrases, finding: Finding) -> FindingCard:
    answers = (a for a in phrases.evaluation.actions if finding.key in a.findings)
    action = next(answers, None)
    return FindingCard(
        severity=finding.severity,
        title=finding_title(phrases, finding),
        explanation=finding_explanation(phrases, finding),
        where=finding_scope(phrases, finding),
        evidence=evidence_sentences(phrases, finding),
        action=action_title(phrases, action) if action else "",
    )


def _joint(phrases: Phrases, group: FindingGroup) -> FindingCard:
    """Several findings of a kind: a row for each that weighs; else only their subjects by area."""
    texts = phrases.rules.findings[group.kind]
    explanation = phrases.say(texts.explanation)
    keys = {finding.key for finding in group.findings}
    steps = [
        step
        for step in phrases.evaluation.steps
        if any(keys.intersection(action.findings) for action in step.actions)
    ]
    serious = group.severity in SERIOUS
    only_subjects = PLACEHOLDER.findall(phrases.say(texts.title)) == ["focal_point"]
    lines = _by_area(phrases, group) if only_subjects else _titles(phrases, group)
    return FindingCard(
        severity=group.severity,
        title=capitalised(clause(phrases, group)),
        explanation=explanation if not PLACEHOLDER.search(explanation) else "",
        evidence=() if serious else tuple(lines),
        rows=tuple(_row(phrases, finding) for finding in group.findings) if serious else (),
        action=" · ".join(step_title(phrases, step) for step in steps),
        count=len(group.findings),
    )


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
