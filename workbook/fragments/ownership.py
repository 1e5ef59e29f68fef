"""The ownership map: focal points × parties.

Solid = one owner, outlined = several, striped row = nobody.
A real table. With many parties it scrolls sideways on screen, its first columns in place; on paper
it is cut into parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from markupsafe import Markup

from workbook.fragments.markup import join, scrolling, tag
from workbook.fragments.svg import clipped, text_width
from workbook.i18n import Voice
from workbook.wording.headings import absences, headings, part_caption
from workbook.wording.states import map_signs, role_names

Letter = Literal["A", "R", "C", "I", "D"]
LETTERS: tuple[Letter, ...] = ("A", "R", "D", "C", "I")
DENSE = 8
"""With more parties than this, names stand upright."""
MANY = 14
"""More parties than this do not fit on A4; screens scroll, paper gets parts."""
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
    parts = [_table(part, voice) for part in parts_of(table, MANY, voice)]
    return tag(
        "div",
        tag("div", whole, class_="screen-only"),
        tag("div", parts, class_="print-only"),
        _legend(voice),
        class_="ownership",
    )


def parts_of(table: MapTable, size: int, voice: Voice) -> tuple[MapTable, ...]:
    """The map cut into maps of at most `size` parties, evenly filled, captions numbered.

    The first part has every row, so that orphans are seen; the others only rows with letters.
    """
    count = -(-len(table.parties) // size)
    width = -(-len(table.parties) // count)
    parts = []
    for number, start in enumerate(range(0, len(table.parties), width), 1):
        parties = table.parties[start : start + width]
        keys = frozenset(party.key for party in parties)
        areas = table.areas if number == 1 else _with_letters(table.areas, keys)
        parts.append(MapTable(part_caption(table.caption, number, count, voice), parties, areas))
    return tuple(parts)


def _with_letters(areas: Sequence[MapArea], keys: frozenset[str]) -> tuple[MapArea, ...]:
    shortened = (
        MapArea(area.title, tuple(row for row in area.rows if keys & dict(row.marks).keys()))
        for area in areas
    )
    return tuple(area for area in shortened if area.rows)


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
