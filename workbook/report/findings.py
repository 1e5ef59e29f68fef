"""The findings of the report as cards; minor ones of a kind stand on one card."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbook.fragments.findings import FindingCard
from workbook.model.evaluation import Finding
from workbook.wording.actions import action_title
from workbook.wording.clauses import SERIOUS, FindingGroup, clause, grouped
from workbook.wording.evidence import evidence_sentences
from workbook.wording.findings import finding_explanation, finding_scope, finding_title
from workbook.wording.names import capitalised
from workbook.wording.phrases import Phrases
from workbook.wording.states import findings_text

PLACEHOLDER = re.compile(r"{(\w+)}")
TOGETHER = 3
"""From so many findings of one minor kind on, they stand on one card, subject by subject."""


def finding_cards(phrases: Phrases) -> tuple[FindingCard, ...]:
    """Every finding that may be shown, the gravest first; minor ones of a kind together."""
    groups = {group.kind: group for group in grouped(phrases, phrases.findings)}
    cards, joined = [], set()
    for finding in phrases.findings:
        group = groups[finding.kind]
        if group.severity in SERIOUS or len(group.findings) < TOGETHER:
            cards.append(_card(phrases, finding))
        elif group.kind not in joined:
            joined.add(group.kind)
            cards.append(_joint_card(phrases, group))
    return tuple(cards)


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


def _joint_card(phrases: Phrases, group: FindingGroup) -> FindingCard:
    """Several findings of a kind: one line of subjects per area where only these differ."""
    texts = phrases.rules.findings[group.kind]
    only_subjects = PLACEHOLDER.findall(phrases.say(texts.title)) == ["focal_point"]
    explanation = phrases.say(texts.explanation)
    titles = (finding_title(phrases, finding) for finding in group.findings)
    return FindingCard(
        severity=group.severity,
        title=capitalised(clause(phrases, group)),
        explanation=explanation if not PLACEHOLDER.search(explanation) else "",
        where=findings_text(len(group.findings), phrases.voice),
        evidence=tuple(_by_area(phrases, group) if only_subjects else titles),
    )


def _by_area(phrases: Phrases, group: FindingGroup) -> Iterable[str]:
    areas: dict[str, list[str]] = {}
    for finding in group.findings:
        if finding.area and finding.focal_point:
            areas.setdefault(finding.area, []).append(phrases.focal(finding.focal_point))
    for area, names in areas.items():
        yield phrases.labelled(phrases.area(area), " · ".join(names))
