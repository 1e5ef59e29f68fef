"""Findings as clauses of a sentence: one, or several of a kind together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbook.model.evaluation import Finding
from workbook.model.framework import Severity
from workbook.wording.findings import filled, finding_title
from workbook.wording.names import capitalised
from workbook.wording.phrases import Phrases
from workbook.wording.seats import seat_title

RANK = {severity: rank for rank, severity in enumerate(Severity)}
SERIOUS = (Severity.CRITICAL, Severity.HIGH)
NAMED = 3
"""Up to so many subjects are named where a clause only counts them."""


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one kind."""

    kind: str
    severity: Severity
    findings: tuple[Finding, ...]


def grouped(phrases: Phrases, findings: Iterable[Finding]) -> tuple[FindingGroup, ...]:
    """Findings by kind: the gravest first, then in the order in which the framework lists kinds."""
    positions = {kind: position for position, kind in enumerate(phrases.rules.findings)}
    kinds: dict[str, list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(finding.kind, []).append(finding)
    groups = (FindingGroup(kind, group[0].severity, tuple(group)) for kind, group in kinds.items())
    return tuple(sorted(groups, key=lambda group: (RANK[group.severity], positions[group.kind])))


def clause(phrases: Phrases, group: FindingGroup) -> str:
    """A group of findings as a clause: no capital, no full stop."""
    texts = phrases.rules.findings[group.kind]
    first, size = group.findings[0], len(group.findings)
    if size == 1 and seat_title(phrases, first):
        return small(phrases, finding_title(phrases, first))
    if size > 1 and texts.headline_many:
        count = phrases.count(size, texts.headline_many)
        counted = filled(phrases, texts.headline_many, first, count=count)
        return small(phrases, counted)
    text = small(phrases, filled(phrases, texts.headline or texts.title, first))
    if size == 1:
        return text
    return phrases.voice.n(
        "{said} (and one more like it)", "{said} (and {count} more like it)", size - 1, said=text
    )


def named_clause(phrases: Phrases, group: FindingGroup) -> str:
    """The clause with the subjects that it is about, where it only counts them."""
    subjects = [phrases.spoken(f.focal_point) for f in group.findings if f.focal_point]
    text = clause(phrases, group)
    return f"{text} ({phrases.listing(subjects)})" if 1 < len(subjects) <= NAMED else text


def sentence(phrases: Phrases, groups: Sequence[FindingGroup], *, named: bool = False) -> str:
    """One or two groups as a sentence without its full stop."""
    pair = _same_clause_twice(phrases, groups)
    if pair:
        return pair
    say = named_clause if named else clause
    return joined(phrases, [say(phrases, group) for group in groups])


def joined(phrases: Phrases, clauses: Sequence[str]) -> str:
    """One or two clauses as a sentence without its full stop."""
    if len(clauses) == 1:
        return capitalised(clauses[0])
    first, second = clauses
    return capitalised(phrases.voice.t("{first}, and {second}", first=first, second=second))


def _same_clause_twice(phrases: Phrases, groups: Sequence[FindingGroup]) -> str:
    """Two single findings that read the same but for their subject, as one clause about both."""
    texts = [phrases.rules.findings[group.kind].headline for group in groups]
    single = [group.findings[0] for group in groups if len(group.findings) == 1]
    if len(texts) != 2 or len(single) != 2 or texts[0] is None or texts[0] != texts[1]:  # noqa: PLR2004
        return ""
    if any(seat_title(phrases, finding) for finding in single):
        return ""
    subjects = [phrases.spoken(finding.focal_point or "") for finding in single]
    # In French “nobody owns x or y” has a “ni”, which no locale lists.
    either = phrases.voice.t("{first} or {second}", first=subjects[0], second=subjects[1])
    return filled(phrases, texts[0], single[0], focal_point=either)


def small(phrases: Phrases, text: str) -> str:
    """A sentence as it goes on after a comma: its first letter small, unless it is a name's."""
    names = [party.name for party in phrases.parties.values()]
    acronym = len(text) > 1 and not text[1].islower() and text[1] not in " ’"
    if acronym or any(text.startswith(name) for name in names):
        return text
    return text[:1].lower() + text[1:]
