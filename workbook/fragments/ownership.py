"""The ownership map: focal points × parties.

Solid = one owner, outlined = several, striped row = nobody.
A real table. On screen it scrolls sideways with its first column in place; on paper a map with
more parties than fit is cut into parts, each with every row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Literal

from markupsafe import Markup

from workbook.fragments.markup import join, scrolling, tag
from workbook.fragments.svg import clipped
from workbook.i18n import Voice

Letter = Literal["A", "R", "C", "I", "D"]
LETTERS: tuple[Letter, ...] = ("A", "R", "D", "C", "I")
DENSE = 8
"""From more parties than this, names stand upright."""
MANY = 14
"""More parties than this do not fit on A4; screens scroll, paper gets parts."""
_UPRIGHT = 136.0
"""Room for an upright name; a longer one is shortened and told in full by its title."""
_EMPTY = {first: tag("td", class_="first" if first else None) for first in (False, True)}


@dataclass(frozen=True, slots=True)
class Party:
    """A column: a person, team or outside organisation. `team` groups neighbours under a head."""

    key: str
    name: str
    team: str = ""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class MapRow:
    """A focal point: per party its letters, and how its ownership stands.

    `state`: "owned" (one owner), "contested" (several), "orphan" (agreed: nobody) or "open" (not
    answered yet). `votes` of `total` is the largest group of voices; `decided` the day of the
    decision, which then stands instead. `note`, if given, is said in place of all that.
    """

    label: str
    marks: tuple[tuple[str, tuple[Letter, ...]], ...]
    state: Literal["owned", "contested", "orphan", "open"]
    votes: int | None = None
    total: int | None = None
    decided: dt.date | None = None
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
    parties: tuple[Party, ...]
    areas: tuple[MapArea, ...]


def ownership_map(table: MapTable, voice: Voice) -> Markup:
    """The map with its legend, readable from one party to sixty."""
    whole = _scrolling(table, voice)
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
    """The map cut into maps of at most `size` parties, evenly filled, captions numbered."""
    count = -(-len(table.parties) // size)
    width = -(-len(table.parties) // count)
    starts = range(0, len(table.parties), width)
    return tuple(
        replace(
            table,
            caption=voice.t(
                "{caption} (part {part} of {parts})", caption=table.caption, part=i, parts=count
            ),
            parties=table.parties[start : start + width],
        )
        for i, start in enumerate(starts, 1)
    )


def mark(letter: Letter, *, several: bool, name: str) -> Markup:
    """One RACI letter; `name` is its reading for those who do not see the shape."""
    kind = f"mark {letter.lower()}" + (" shared" if several and letter == "A" else "")
    return tag("span", letter, class_=kind, title=name)


def letter_name(letter: Letter, voice: Voice) -> str:
    """What a letter means."""
    return {
        "A": voice.t("accountable"),
        "R": voice.t("responsible"),
        "D": voice.t("deputy"),
        "C": voice.t("consulted"),
        "I": voice.t("informed"),
    }[letter]


def _scrolling(table: MapTable, voice: Voice) -> Markup:
    return scrolling(table.caption, _table(table, voice))


def _table(table: MapTable, voice: Voice) -> Markup:
    size = len(table.parties)
    kind = "map-table" + (" dense" if size > DENSE else "") + (" many" if size > MANY else "")
    firsts = _firsts(table.parties)
    bodies = [_body(area, table.parties, firsts, voice) for area in table.areas]
    return tag(
        "table",
        tag("caption", table.caption),
        tag(
            "colgroup",
            tag("col", class_="col-label"),
            [tag("col")] * size,
            tag("col", class_="col-last"),
        ),
        tag("thead", _heads(table, firsts, voice)),
        *bodies,
        class_=kind,
    )


def _firsts(parties: Sequence[Party]) -> frozenset[str]:
    """The first party of each team but the first: there a hairline is drawn."""
    pairs = pairwise(parties)
    return frozenset(after.key for before, after in pairs if before.team != after.team)


def _heads(table: MapTable, firsts: frozenset[str], voice: Voice) -> Markup:
    teams = [(team, list(group)) for team, group in groupby(table.parties, lambda p: p.team)]
    grouped = any(team for team, _ in teams)
    rows = 2 if grouped else None
    point = tag("th", voice.t("Focal point"), scope="col", rowspan=rows, class_="point")
    agreement = tag("th", voice.t("Agreement"), scope="col", rowspan=rows, class_="agreement")
    names = [_person(party, table, firsts, voice) for party in table.parties]
    if not grouped:
        return tag("tr", point, names, agreement)
    heads = [_team(team, group, firsts) for team, group in teams]
    return join((tag("tr", point, heads, agreement), tag("tr", names)), "\n")


def _team(team: str, group: Sequence[Party], firsts: frozenset[str]) -> Markup:
    kind = "team" + (" first" if group[0].key in firsts else "")
    if not team:
        return tag("td", class_=kind, colspan=len(group))
    return tag("th", team, scope="colgroup", colspan=len(group), class_=kind)


def _person(party: Party, table: MapTable, firsts: frozenset[str], voice: Voice) -> Markup:
    kind = "person" + (" first" if party.key in firsts else "")
    outside = tag("span", "↗", title=voice.t("outside the organisation")) if party.outside else None
    if len(table.parties) <= DENSE:
        lines = join(party.name.split(" ", 1), Markup("<br/>"))
        return tag("th", lines, " " if outside else None, outside, scope="col", class_=kind)
    shown = clipped(party.name, _UPRIGHT)
    name = tag("span", shown, class_="upright", title=party.name if shown != party.name else None)
    return tag("th", outside, name, scope="col", class_=kind)


def _body(area: MapArea, parties: Sequence[Party], firsts: frozenset[str], voice: Voice) -> Markup:
    head = tag("th", area.title, scope="rowgroup", colspan=len(parties) + 2)
    rows = [tag("tr", head, class_="area")] if area.title else []
    rows += [_row(row, parties, firsts, voice) for row in area.rows]
    return tag("tbody", join(rows, "\n"))


def _row(row: MapRow, parties: Sequence[Party], firsts: frozenset[str], voice: Voice) -> Markup:
    given = dict(row.marks)
    owners = sum("A" in letters for letters in given.values())
    several = owners > 1 or row.state == "contested"
    cells = []
    for party in parties:
        if party.key not in given:
            cells.append(_EMPTY[party.key in firsts])
            continue
        letters = sorted(given[party.key], key=LETTERS.index)
        marks = [mark(one, several=several, name=letter_name(one, voice)) for one in letters]
        cells.append(tag("td", marks, class_="first" if party.key in firsts else None))
    agreement = tag("td", agreement_text(row, voice), class_="agreement")
    return tag("tr", tag("th", row.label, scope="row"), cells, agreement, class_=row.state)


def agreement_text(row: MapRow, voice: Voice) -> str:
    """How ownership of a row stands, in a few words."""
    if row.note:
        return row.note
    if row.state == "orphan":
        return voice.t("nobody accountable")
    if row.decided is not None:
        return voice.t("decided {date}", date=voice.date(row.decided, "day"))
    if row.votes is None or row.total is None:
        return voice.t("not answered yet") if row.state == "open" else ""
    if row.state == "contested":
        return voice.t("{votes} of {total}, contested", votes=row.votes, total=row.total)
    return voice.t("{votes} of {total}", votes=row.votes, total=row.total)


def _legend(voice: Voice) -> Markup:
    def key(letter: Letter) -> Markup:
        name = letter_name(letter, voice)
        return tag("li", mark(letter, several=False, name=name), name)

    several = mark("A", several=True, name=voice.t("several named"))
    items = [key(letter) for letter in LETTERS]
    items.append(tag("li", several, voice.t("several named")))
    items.append(tag("li", tag("span", class_="swatch striped"), voice.t("nobody accountable")))
    items.append(tag("li", "↗ ", voice.t("outside the organisation")))
    return tag("ul", items, class_="legend", aria_label=voice.t("Legend"))
