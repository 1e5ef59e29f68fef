"""The ownership map: focal points × parties.

Solid = one owner, outlined = several, striped row = nobody.
A real table. With many parties it scrolls sideways on screen, its first columns in place; paper
lists who holds which role by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from markupsafe import Markup

from workbook.fragments.markup import join, scrolling, tag
from workbook.fragments.svg import clipped, text_width
from workbook.i18n import Voice
from workbook.wording.headings import absences, headings
from workbook.wording.names import capitalised, labelled
from workbook.wording.states import map_signs, role_names

Letter = Literal["A", "R", "C", "I", "D"]
LETTERS: tuple[Letter, ...] = ("A", "R", "D", "C", "I")
_INVOLVED: tuple[Letter, ...] = ("R", "C", "I")
DENSE = 8
"""With more parties than this, names stand upright."""
MANY = 14
"""More parties than this do not fit on A4; screens scroll, paper lists names."""
_UPRIGHT = 136.0
"""Room for an upright name; a longer one is shortened, and its title has all of it."""
_ACROSS = 410.0
"""Room that names share while they lie: a table's columns on A4, of which no word may be cut."""
_COLUMN = 30.0
"""About the least width of a dense column; a team that is wider stands upright, too."""


@dataclass(frozen=True, slots=True)
class MapParty:
    """A column: a person, team or outside organisation. `team` groups neighbours under a head."""

    key: str
    name: str
    team: str = ""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class MapRow:
    """A focal point: per party its letters, and how its ownership stands.

    `state`: "owned" (one owner), "contested" (several), "orphan" (agreed: nobody) or "open" (not
    answered yet); `note` says it in a few words.
    """

    label: str
    marks: tuple[tuple[str, tuple[Letter, ...]], ...]
    state: Literal["owned", "contested", "orphan", "open", "out"]
    note: str = ""


@dataclass(frozen=True, slots=True)
class MapArea:
    """The rows of one area under its title; no title, no heading row."""

    title: str
    rows: tuple[MapRow, ...]


@dataclass(frozen=True, slots=True)
class MapTable:
    """A whole map. `caption` says what is seen; parties of one team stand together."""

    caption: str
    parties: tuple[MapParty, ...]
    areas: tuple[MapArea, ...]


def ownership_map(table: MapTable, voice: Voice) -> Markup:
    """The map with its legend, readable from one party to sixty."""
    whole = scrolling(table.caption, _table(table, voice))
    if len(table.parties) <= MANY:
        return tag("div", whole, _legend(voice), class_="ownership")
    return tag(
        "div",
        tag("div", whole, _legend(voice), class_="screen-only"),
        tag("div", _roster(table, voice), class_="print-only"),
        class_="ownership",
    )


def _roster(table: MapTable, voice: Voice) -> Markup:
    """The map for paper where it has too many columns: who holds which role, by name."""
    words, roles = headings(voice), role_names(voice)
    involved = ", ".join(roles[letter] for letter in _INVOLVED)
    heads = (words["subject"], roles["A"], roles["D"], involved, words["agreement"])
    outside = f"↗ {map_signs(voice)['outside']}" if any(p.outside for p in table.parties) else None
    names = {p.key: f"{p.name} ↗" if p.outside else p.name for p in table.parties}
    return tag(
        "table",
        tag("caption", join((table.caption, outside), " · ")),
        tag("colgroup", [tag("col", style=f"width:{width}%") for width in (26, 24, 13, 22, 15)]),
        tag("thead", tag("tr", [tag("th", capitalised(head), scope="col") for head in heads])),
        [_roster_body(area, names, voice) for area in table.areas],
        class_="roster",
    )


def _roster_body(area: MapArea, names: Mapping[str, str], voice: Voice) -> Markup:
    head = tag("th", area.title, scope="rowgroup", colspan=5)
    rows = [tag("tr", head, class_="area")] if area.title else []
    for row in area.rows:
        held = {
            letter: ", ".join(names[key] for key, letters in row.marks if letter in letters)
            for letter in LETTERS
        }
        involved = (labelled(letter, held[letter], voice) for letter in _INVOLVED if held[letter])
        cells = (held["A"], held["D"], " · ".join(involved), row.note)
        kinds = ("owner", None, None, "agreement")
        drawn = [
            tag("td", _untagged(cell) if cell else None, class_=kind)
            for cell, kind in zip(cells, kinds, strict=True)
        ]
        label = tag("th", _untagged(row.label), scope="row")
        rows.append(tag("tr", label, drawn, class_=row.state))
    return tag("tbody", join(rows, "\n"))


def _untagged(content: str) -> Markup:
    """A text on paper alone: in a tagged PDF it belongs to its row, without tags of its own.

    Each tag costs 100 to 300 bytes, and a map has hundreds of cells.
    """
    return tag("span", content, aria_hidden="true")


def mark(letters: Sequence[Letter], *, several: bool, voice: Voice) -> Markup:
    """One mark: the first letter gives its shape, others follow small; the title reads them all."""
    first, *others = letters
    kind = f"mark {first.lower()}" + (" shared" if several and first == "A" else "")
    more = tag("small", "".join(others)) if others else None
    names = voice.listing(role_names(voice)[letter] for letter in letters)
    return tag("span", first, more, class_=kind, title=names)


def _table(table: MapTable, voice: Voice) -> Markup:
    size = len(table.parties)
    dense = _dense(table.parties)
    kind = "map-table" + (" dense" if dense else "") + (" many" if size > MANY else "")
    firsts = _firsts(table.parties)
    bodies = [_body(area, table.parties, firsts, voice) for area in table.areas]
    label, last = tag("col", class_="col-label"), tag("col", class_="col-last")
    columns = _line(label, [tag("col")] * size, last, many=size > MANY)
    heads = tag("thead", _heads(table, firsts, voice))
    parts = (tag("caption", table.caption), tag("colgroup", columns), heads, *bodies)
    return tag("table", *parts, class_=kind)


def _dense(parties: Sequence[MapParty]) -> bool:
    """Whether names stand upright: there are many of them, or a word is wider than its column."""
    if len(parties) > DENSE:
        return True
    column = _ACROSS / max(len(parties), 1)
    teams = Counter(party.team for party in parties)
    return any(
        text_width(word) > column for party in parties for word in party.name.split()
    ) or any(
        text_width(word) > column * count for team, count in teams.items() for word in team.split()
    )


def _line(label: Markup, cells: Sequence[Markup], agreement: Markup, *, many: bool) -> Markup:
    # What is said of a row must be seen at once: where parties scroll away, it stands before them.
    return join((label, agreement, *cells) if many else (label, *cells, agreement))


def _firsts(parties: Sequence[MapParty]) -> frozenset[str]:
    """The first party of each team but the first: there a hairline is drawn."""
    pairs = pairwise(parties)
    return frozenset(after.key for before, after in pairs if before.team != after.team)


def _heads(table: MapTable, firsts: frozenset[str], voice: Voice) -> Markup:
    teams = [(team, list(group)) for team, group in groupby(table.parties, lambda p: p.team)]
    grouped = any(team for team, _ in teams)
    rows = 2 if grouped else None
    point = tag("th", headings(voice)["subject"], scope="col", rowspan=rows, class_="point")
    agreement = tag(
        "th", headings(voice)["agreement"], scope="col", rowspan=rows, class_="agreement"
    )
    names = [_person(party, table, firsts, voice) for party in table.parties]
    many, dense = len(table.parties) > MANY, _dense(table.parties)
    if not grouped:
        return tag("tr", _line(point, names, agreement, many=many))
    heads = [_team(team, group, firsts, dense=dense) for team, group in teams]
    first = tag("tr", _line(point, heads, agreement, many=many))
    return join((first, tag("tr", names)), "\n")


def _team(team: str, group: Sequence[MapParty], firsts: frozenset[str], *, dense: bool) -> Markup:
    kind = "team" + (" first" if group[0].key in firsts else "")
    if not team:
        return tag("td", class_=kind, colspan=len(group))
    narrow = dense and text_width(team) > _COLUMN * len(group)
    name = tag("span", clipped(team, _UPRIGHT), class_="upright", title=team) if narrow else team
    return tag("th", name, scope="colgroup", colspan=len(group), class_=kind)


def _person(party: MapParty, table: MapTable, firsts: frozenset[str], voice: Voice) -> Markup:
    kind = "person" + (" first" if party.key in firsts else "")
    outside = tag("span", "↗", title=map_signs(voice)["outside"]) if party.outside else None
    if not _dense(table.parties):
        lines = join(party.name.split(" ", 1), Markup("<br/>"))
        return tag("th", lines, " " if outside else None, outside, scope="col", class_=kind)
    shown = clipped(party.name, _UPRIGHT)
    name = tag("span", shown, class_="upright", title=party.name if shown != party.name else None)
    return tag("th", outside, name, scope="col", class_=kind)


def _body(
    area: MapArea, parties: Sequence[MapParty], firsts: frozenset[str], voice: Voice
) -> Markup:
    head = tag("th", area.title, scope="rowgroup", colspan=2 if len(parties) > MANY else None)
    rest = tag("td", colspan=len(parties) + (0 if len(parties) > MANY else 1))
    rows = [tag("tr", head, rest, class_="area")] if area.title else []
    rows += [_row(row, parties, firsts, voice) for row in area.rows]
    return tag("tbody", join(rows, "\n"))


def _row(row: MapRow, parties: Sequence[MapParty], firsts: frozenset[str], voice: Voice) -> Markup:
    by_party = dict(row.marks)
    owners = sum("A" in letters for letters in by_party.values())
    several = owners > 1 or row.state == "contested"
    narrow = _dense(parties)
    cells = []
    # Neighbours of one team without a letter share a cell: half of a wide map's cells are empty.
    runs = groupby(parties, lambda p: (p.key if by_party.get(p.key) else "", p.team))
    for (key, _), run in runs:
        first, *others = run
        kind = "first" if first.key in firsts else None
        if not key:
            cells.append(tag("td", class_=kind, colspan=1 + len(others) if others else None))
            continue
        letters = sorted(by_party[key], key=LETTERS.index)
        # Narrow columns have room for one mark.
        marks = [letters] if narrow else [[letter] for letter in letters]
        drawn = [mark(group, several=several, voice=voice) for group in marks]
        cells.append(tag("td", drawn, class_=kind))
    label = tag("th", row.label, scope="row")
    agreement = tag("td", row.note, class_="agreement")
    line = _line(label, cells, agreement, many=len(parties) > MANY)
    return tag("tr", line, class_=row.state)


def _legend(voice: Voice) -> Markup:
    items = [
        tag("li", mark((letter,), several=False, voice=voice), role_names(voice)[letter])
        for letter in LETTERS
    ]
    items.append(tag("li", mark(("A",), several=True, voice=voice), map_signs(voice)["several"]))
    items.append(tag("li", tag("span", class_="swatch striped"), absences(voice)["nobody"]))
    items.append(tag("li", "↗ ", map_signs(voice)["outside"]))
    return tag("ul", items, class_="legend", aria_label=voice.t("Legend"))
