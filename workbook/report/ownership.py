"""Who owns what: focal points × parties, by decision where there is one, else by nominations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import get_args

from workbook.fragments.ownership import Letter, MapArea, MapParty, MapRow, MapTable
from workbook.model.engagement import NOBODY, NONE, RESERVED, VACANT, Decision, Role
from workbook.model.ownership import FocalAgreement, Ownership, OwnershipState
from workbook.report.value import Block, CalendarEntry, Heading, Prose, TextTable
from workbook.scoring.panel import Panel
from workbook.wording.confirming import (
    confirm_title,
    confirmation_lines,
    due_text,
    period_text,
)
from workbook.wording.headings import headings
from workbook.wording.ownership import ownership_note
from workbook.wording.phrases import Phrases

Marks = dict[str, tuple[Letter, ...]]
LETTERS: tuple[Letter, ...] = get_args(Letter)
SHOWN_SHARE = 0.2
"""In a contested row everybody is shown whom at least this share of the voices names."""
SHOWN_LEAST = 2


def ownership_map(phrases: Phrases) -> MapTable:
    """The whole map; only parties that hold a letter somewhere have a column."""
    rows = {key: map_row(phrases, panel) for key, panel in phrases.reading.panels.items()}
    areas = tuple(
        MapArea(
            phrases.area(area.key), tuple(rows[f.key] for f in area.focal_points if f.key in rows)
        )
        for area in phrases.rules.areas
        if any(f.key in rows for f in area.focal_points)
    )
    held = {party for row in rows.values() for party, _ in row.marks}
    caption = phrases.voice.t("Subjects, and the people, teams and outside parties who own them")
    return MapTable(caption, _parties(phrases, held), areas)


def inherited_note(phrases: Phrases) -> tuple[Prose, ...]:
    """What is not answered here, and stands as the group has settled it."""
    heirs = [
        heir
        for (key, _), heir in phrases.inherited.items()
        if key in phrases.ownership and phrases.ownership[key].state is OwnershipState.OPEN
    ]
    if not heirs:
        return ()
    text = phrases.voice.n(
        "{count} subject is inherited from {group}. It counts as not answered.",
        "{count} subjects are inherited from {group}. They count as not answered.",
        len(heirs),
        group=heirs[0].group,
    )
    return (Prose(text),)


def confirming(phrases: Phrases) -> Iterator[Block]:
    """Who is to confirm again what they own, and by when; nothing where no decision is dated."""
    v, words, lines = phrases.voice, headings(phrases.voice), confirmation_lines(phrases)
    if not lines:
        return
    title = confirm_title(phrases)
    rows = ((line.owner, due_text(phrases, line), v.listing(line.subjects)) for line in lines)
    dates = (
        CalendarEntry(
            f"confirm/{line.key}",
            line.due,
            v.t("{name} confirms what they own", name=line.owner),
            v.listing(line.subjects),
        )
        for line in lines
    )
    yield Heading(title)
    yield TextTable(
        caption=title,
        columns=(words["who"], words["due"], words["subjects"]),
        rows=tuple(rows),
        widths=(26, 24, 50),
        seen=False,
        dates=tuple(dates),
    )
    yield Prose(period_text(phrases), quiet=True)


def _parties(phrases: Phrases, held: set[str]) -> tuple[MapParty, ...]:
    """The columns: parties of one unit side by side, those from outside last."""
    listed = [key for key in phrases.parties if key in held]
    units = {key: "" if phrases.outside(key) else _unit(phrases, key) for key in listed}
    order = list(dict.fromkeys(units[key] for key in listed if units[key]))
    positions = {unit: position for position, unit in enumerate(order)}
    listed.sort(key=lambda key: (phrases.outside(key), positions.get(units[key], len(positions))))
    return tuple(
        MapParty(key, phrases.party(key), units[key], phrases.outside(key)) for key in listed
    )


def _unit(phrases: Phrases, key: str) -> str:
    return getattr(phrases.parties[key], "unit", None) or ""


def map_row(phrases: Phrases, panel: Panel) -> MapRow:
    """Who holds which letter of a subject, and how its ownership stands."""
    key = panel.focal_point.key
    label, owned = phrases.say(panel.focal_point.title), phrases.ownership[key]
    marks: Marks = {}
    if panel.decision is not None and phrases.disclosure.decided(key):
        marks = _decided_marks(panel.decision)
    elif owned.state is not OwnershipState.WITHHELD and phrases.agreement[key].shares:
        marks = _nominated_marks(phrases, panel, phrases.agreement[key], owned)
    return MapRow(label, tuple(marks.items()), owned.state.family, ownership_note(phrases, key))


def _decided_marks(decision: Decision) -> Marks:
    letters: list[tuple[str, Letter]] = []
    if decision.owner and decision.owner not in RESERVED:
        letters.append((decision.owner, "A"))
    if decision.deputy and decision.deputy not in RESERVED:
        letters.append((decision.deputy, "D"))
    letters += [(party, "R") for party in decision.responsible]
    letters += [(party, "C") for party in decision.consulted]
    letters += [(party, "I") for party in decision.informed]
    return _gathered(letters)


def _nominated_marks(
    phrases: Phrases, panel: Panel, agreement: FocalAgreement, owned: Ownership
) -> Marks:
    """Owners as they are named, and per other role whoever is named for it most often."""
    key = panel.focal_point.key
    withdrawn = phrases.engagement.withdrawn()
    rows = [
        n
        for n in phrases.engagement.nominations
        if n.focal_point == key and n.respondent not in withdrawn
    ]
    owners = _shown_owners(agreement, owned)
    letters: list[tuple[str, Letter]] = [(party, "A") for party in owners]
    for role, letter in ((Role.RESPONSIBLE, "R"), (Role.CONSULTED, "C"), (Role.INFORMED, "I")):
        named = (n.party for n in rows if n.role is role and n.party)
        letters += [(party, LETTERS[LETTERS.index(letter)]) for party in _most_named(named)]
    # A deputy of an owner who is not agreed deputises for nobody.
    if owned.state.family != "contested":
        backing = {n.respondent for n in rows if n.role is Role.ACCOUNTABLE and n.party in owners}
        deputies = (n.deputy for n in rows if n.deputy and n.respondent in backing)
        letters += [(party, "D") for party in _most_named(deputies) if party not in owners]
    return _gathered(letters)


def _shown_owners(agreement: FocalAgreement, owned: Ownership) -> tuple[str, ...]:
    """The agreed owner; where voices differ, the two most named and all who are named often."""
    if owned.owners or owned.state.family == "orphan":
        return owned.owners
    named = [
        (party, votes)
        for category, votes in agreement.shares
        for party in category.split("+")
        if party not in (NOBODY, VACANT)
    ]
    second = named[min(SHOWN_LEAST, len(named)) - 1][1] if named else 0
    often = SHOWN_SHARE * agreement.votes
    return tuple(dict.fromkeys(party for party, votes in named if votes >= min(second, often)))


def _most_named(parties: Iterable[str]) -> tuple[str, ...]:
    counts = Counter(party for party in parties if party not in (NOBODY, VACANT, NONE))
    most = max(counts.values(), default=0)
    return tuple(sorted(party for party, votes in counts.items() if votes == most))


def _gathered(pairs: Iterable[tuple[str, Letter]]) -> Marks:
    marks: dict[str, list[Letter]] = {}
    for party, letter in pairs:
        letters = marks.setdefault(party, [])
        if letter not in letters:
            letters.append(letter)
    return {party: tuple(letters) for party, letters in marks.items()}
