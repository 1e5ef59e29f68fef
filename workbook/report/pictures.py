"""Charts beside the tables: people's load, the C-suite's support, the firmness of a level."""

from __future__ import annotations

from collections import Counter

from workbook.fragments.charts import Bars, Series, SeriesLook, ticks_to
from workbook.fragments.ownership import Letter, MapTable
from workbook.i18n import Voice
from workbook.model.evaluation import Item, ItemKind
from workbook.report.ownership import ownership_map
from workbook.report.value import ColumnKind, DataColumn, DataTable
from workbook.wording.charts import (
    CARRIED,
    certainties,
    firmness_title,
    load_reading,
    load_title,
    reading,
    support_title,
)
from workbook.wording.figures import between, share_bounds
from workbook.wording.firmness import weightings_share
from workbook.wording.headings import headings
from workbook.wording.names import capitalised
from workbook.wording.phrases import Phrases
from workbook.wording.states import role_names

PEOPLE = 12
"""So many parties at most are drawn: those who carry most."""


def load(phrases: Phrases, owners: MapTable) -> tuple[Bars, ...]:
    """How many subjects each party of the map carries, in which role; nothing of an empty map."""
    counts: Counter[tuple[str, Letter]] = Counter(
        (party, letter)
        for area in owners.areas
        for row in area.rows
        for party, letters in row.marks
        for letter in letters
    )
    carried = [
        (party.name, [counts[party.key, letter] for letter in CARRIED]) for party in owners.parties
    ]
    people = sorted(
        (each for each in carried if any(each[1])), key=lambda each: (-sum(each[1]), each[1][::-1])
    )[:PEOPLE]
    if not people:
        return ()
    v, roles = phrases.voice, role_names(phrases.voice)
    values = zip(*(numbers for _, numbers in people), strict=True)
    looks: tuple[SeriesLook, ...] = ("strong", "light", "pale")
    series = tuple(
        Series(capitalised(roles[letter]), counted, look)
        for letter, counted, look in zip(CARRIED, values, looks, strict=True)
    )
    chart = Bars(
        key="load",
        title=load_title(v),
        reading=load_reading(people, v),
        categories=tuple(name for name, _ in people),
        series=series,
        ticks=ticks_to(max(sum(numbers) for _, numbers in people)),
        ends=tuple(v.number(sum(numbers)) for _, numbers in people),
    )
    return (chart,)


def support(phrases: Phrases) -> tuple[Bars, ...]:
    """What is certain of each seat's support, and what is possible; nothing if nobody is asked."""
    v, places = phrases.voice, phrases.places
    answered: dict[str, Item] = {}
    for item in phrases.disclosure.shown.items:
        about = places.get(item.instance or "")
        if item.kind is ItemKind.QUESTION and about and about[1].kind == "seat":
            answered.setdefault(item.instance or "", item)
    if not answered:
        return ()
    low = tuple(100 * item.low for item in answered.values())
    high = tuple(100 * item.high for item in answered.values())
    rest = tuple(top - bottom for bottom, top in zip(low, high, strict=True))
    ends = tuple(_support(item, v) for item in answered.values())
    names = tuple(map(phrases.focal, answered))
    certain, possible = certainties(v)
    chart = Bars(
        key="support",
        title=support_title(v),
        reading=reading(phrases.labelled(*pair) for pair in zip(names, ends, strict=True)),
        categories=names,
        series=(
            Series(capitalised(certain), low, "strong"),
            Series(capitalised(possible), rest, "light"),
        ),
        ends=ends,
    )
    return (chart,)


def _support(item: Item, voice: Voice) -> str:
    """How far a seat supports the programme, or between which shares."""
    low, high = share_bounds(item.low, item.high, voice)
    return low if item.low == item.high else between(low, high, voice)


def firm(phrases: Phrases) -> tuple[Bars, ...]:
    """Under how many weightings each level stands; nothing without a level that is scored."""
    firmness = phrases.firmness
    if firmness is None:
        return ()
    v = phrases.voice
    levels = tuple(phrases.say(level.title) for level in phrases.rules.levels)
    ends = tuple(
        weightings_share(share, v, short=True) if 0 < share < 1 else v.percent(share)
        for share in firmness.shares
    )
    chart = Bars(
        key="firmness",
        title=firmness_title(v),
        reading=reading(phrases.labelled(*pair) for pair in zip(levels, ends, strict=True)),
        categories=levels,
        series=(Series("", tuple(100 * share for share in firmness.shares)),),
        ends=ends,
    )
    return (chart,)


def load_table(phrases: Phrases) -> DataTable:
    """How many subjects each carries, in which role."""
    return _table("load", phrases.voice.t("Load"), load(phrases, ownership_map(phrases)), phrases)


def support_table(phrases: Phrases) -> DataTable:
    """How far each member of the C-suite supports the programme, in %."""
    return _table("support", phrases.voice.t("Support"), support(phrases), phrases)


def firmness_table(phrases: Phrases) -> DataTable:
    """Under how many weightings each level would stand, in %."""
    return _table("firmness", phrases.voice.t("Firmness"), firm(phrases), phrases)


def _table(key: str, title: str, charts: tuple[Bars, ...], phrases: Phrases) -> DataTable:
    """The values of a chart: a row per category."""
    category = DataColumn("what", headings(phrases.voice)["what"])
    if not charts:
        return DataTable(key, title, (category,), ())
    (chart,) = charts
    kind: ColumnKind = "count" if key == "load" else "score"
    columns = (
        DataColumn(f"value_{number}", series.name or chart.title, kind)
        for number, series in enumerate(chart.series, 1)
    )
    values = zip(*(series.values for series in chart.series), strict=True)
    rows = ((name, *row) for name, row in zip(chart.categories, values, strict=True))
    return DataTable(key, title, (category, *columns), tuple(rows))
