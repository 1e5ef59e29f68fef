"""Charts tell what the tables beside them tell, in every format, and nobody who may not be told."""

from __future__ import annotations

import io
import itertools
import zipfile

import openpyxl
import pytest

from tests.report.examples import EXAMPLES, evaluated, example, report_of
from workbook import report
from workbook.fragments.charts import Bars, LineChart, Series, ticks_to
from workbook.fragments.ownership import MapTable
from workbook.fragments.timeline import Timeline
from workbook.i18n import voice
from workbook.office import RENDERERS
from workbook.office.barring import dated_bars, readiness, vote_bars
from workbook.office.charts import book_of
from workbook.report.nameless import without_names
from workbook.report.value import Votes
from workbook.scoring import evaluate

EVERY = tuple(itertools.product(EXAMPLES, ("en", "fr")))


def charts(made):
    blocks = (block for section in made.sections for block in section.blocks)
    return [block for block in blocks if isinstance(block, (Bars, LineChart))]


def chart(made, key):
    return next(block for block in charts(made) if block.key == key)


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_every_chart_says_in_words_what_it_shows(name, lang):
    for shown in charts(report_of(name, lang)):
        assert shown.title
        assert shown.reading
        assert all(len(series.values) == len(shown.categories) for series in shown.series)


@pytest.mark.parametrize("name", EXAMPLES)
def test_load_counts_the_letters_of_the_map(name):
    made = report_of(name, "en")
    table = next(b for b in made.section("map").blocks if isinstance(b, MapTable))
    names = {party.key: party.name for party in table.parties}
    marks = [
        (names[party], letter)
        for area in table.areas
        for row in area.rows
        for party, letters in row.marks
        for letter in letters
    ]
    load = chart(made, "load")
    for series, letter in zip(load.series, "ADR", strict=True):
        counted = tuple(marks.count((person, letter)) for person in load.categories)
        assert series.values == counted


@pytest.mark.parametrize("name", EXAMPLES)
def test_firmness_shares_add_up_to_all_weightings(name):
    shown = [each for each in charts(report_of(name, "en")) if each.key == "firmness"]
    for each in shown:
        assert sum(each.series[0].values) == pytest.approx(100)
    assert bool(shown) == (evaluated(name).score.point is not None)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_bars_of_disputed_votes_are_whole(name):
    v = voice("en")
    for block in report_of(name, "en").section("agreement").blocks:
        for bars in vote_bars(block, v) if isinstance(block, Votes) else ():
            for parts in zip(*(series.values for series in bars.series), strict=True):
                assert sum(parts) == pytest.approx(100)


@pytest.mark.parametrize("name", EXAMPLES)
def test_readiness_never_passes_the_bounds_of_the_score(name):
    made = report_of(name, "en")
    certain, possible = readiness(made, voice("en")).series
    assert certain.values[0] == pytest.approx(made.verdict.score.low or 0)
    high = 100 if made.verdict.score.high is None else made.verdict.score.high
    assert certain.values[0] + possible.values[0] == pytest.approx(high)


@pytest.mark.parametrize("name", EXAMPLES)
def test_dates_stand_at_their_days_on_the_axis(name):
    (line,) = [
        b for b in report_of(name, "en").section("timeline").blocks if isinstance(b, Timeline)
    ]
    bars = dated_bars(line, voice("en"))
    gap, mark = bars.series[0], bars.series[1]
    assert mark.values[0] > 0
    assert gap.values[0] == (line.go_live - type(line.go_live)(1899, 12, 30)).days
    assert bars.ticks[0] <= gap.values[0] <= bars.ticks[-1]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_system_has_its_way_to_its_day_and_what_is_late_goes_on_beyond_its_day(name):
    (line,) = [
        b for b in report_of(name, "en").section("timeline").blocks if isinstance(b, Timeline)
    ]
    bars = dated_bars(line, voice("en"))
    for system in line.systems:
        at = next(i for i, row in enumerate(bars.categories) if row.startswith(f"{system.label} ·"))
        lengths = {s.look: s.values[at] for s in bars.series if s.values[at] and s.look != "clear"}
        late = lengths.get("late", 0)
        width = next(s for s in bars.series if s.look == "strong").values[0]
        assert late == pytest.approx(system.days_late + width if system.days_late else 0)
        assert ("pale" in lengths) == (system.on is None)
        assert ("light" in lengths) == (system.on is not None)


@pytest.mark.parametrize(
    ("most", "last"), [(0, 1), (1, 1), (4, 4), (5, 6), (7, 8), (9, 9), (40, 40)]
)
def test_an_axis_of_counts_has_few_whole_numbers_that_hold_the_most(most, last):
    ticks = ticks_to(most)
    assert (ticks[0], ticks[-1]) == (0, last)
    assert len(ticks) <= 5


def test_without_names_nobody_is_named_in_any_chart():
    document, rules = example("maison-lorient")
    hidden = without_names(document, voice("en"))
    made = report.build(
        rules, hidden, evaluate(rules, hidden, evaluated("maison-lorient").as_of), "en"
    )
    told = " ".join(
        text for shown in charts(made) for text in (shown.title, shown.reading, *shown.categories)
    )
    names = [person.name for person in document.people]
    assert [name for name in names if name in told] == []
    assert any(name in chart(report_of("maison-lorient", "en"), "load").reading for name in names)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["docx", "pptx"])
def test_word_and_powerpoint_have_a_native_chart_for_each(form):
    content = RENDERERS[form](report_of("maison-lorient", "en"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = [name for name in archive.namelist() if name.endswith(".xml")]
        text = " ".join(archive.read(name).decode() for name in files)
    # Readiness, load, support, dates, forecast, votes, contributions, firmness.
    assert sum("/charts/chart" in name for name in files) == 8
    for shown in charts(report_of("maison-lorient", "en")):
        assert shown.title in text


@pytest.mark.parametrize(
    "name", ["=1+1", "{=1}", "http://evil.example/x", "mailto:a@b.c", "a\x07b"]
)
def test_a_name_in_a_chart_is_text_in_its_workbook(name):
    bars = Bars(key="x", title="T", reading="R", categories=(name,), series=(Series("", (1.0,)),))
    book = openpyxl.load_workbook(io.BytesIO(book_of(bars)))
    cell = book.active["A2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.value.strip("\u00a0") == name.replace("\x07", "")


def test_the_workbook_behind_a_chart_does_not_tell_when_it_was_made():
    bars = Bars(key="x", title="T", reading="R", categories=("a",), series=(Series("", (1.0,)),))
    properties = openpyxl.load_workbook(io.BytesIO(book_of(bars))).properties
    moments = {moment.isoformat() for moment in (properties.created, properties.modified)}
    assert moments == {"1980-01-01T00:00:00"}
