"""The slides: conclusions as titles, native tables and charts, and nothing left out unsaid."""

from __future__ import annotations

import io
import itertools
import zipfile
from functools import cache
from pathlib import Path

import pptx
import pytest
from PIL import ImageFont

from tests.report.examples import AS_OF, EXAMPLES, example, report_of, told
from workbook import office, report
from workbook.content import dump_engagement
from workbook.fragments.charts import Bars, LineChart
from workbook.fragments.ownership import MapTable
from workbook.i18n import languages, voice
from workbook.office import RENDERERS
from workbook.office.barring import readiness
from workbook.office.elements import Drawing
from workbook.office.layout import laid_out
from workbook.report import show
from workbook.report.value import Actions, Findings

TITLE = 26
"""Points of a slide’s title, as its master says."""
EVERY = tuple(itertools.product(EXAMPLES, languages()))


@cache
def content_of(name, lang):
    return RENDERERS["pptx"](report_of(name, lang))


@cache
def opened(content):
    return pptx.Presentation(io.BytesIO(content))


def shown(slide):
    """Every text on a slide."""
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            texts += [cell.text for row in shape.table.rows for cell in row.cells]
    return texts


def spoken(slide):
    return slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""


@pytest.mark.slow
@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_there_are_few_slides_and_each_has_its_conclusion_as_title(name, lang):
    made = report_of(name, lang)
    slides = list(opened(content_of(name, lang)).slides)
    assert 8 <= len(slides) <= 12
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert titles[0] == made.headline
    assert len(set(titles)) == len(titles)
    known = {section.title for section in made.sections}
    known |= {block.title for s in made.sections for block in s.blocks if hasattr(block, "title")}
    known |= {b.caption for s in made.sections for b in s.blocks if hasattr(b, "caption")}
    known |= {chart.title for chart in charts_of(made)}
    named = {area.title for area in block_of(made, MapTable).areas}
    named |= {party.name for party in block_of(made, MapTable).parties}
    wrong = [t for t in titles[1:] if t not in known and not any(name in t for name in named)]
    assert [title for title in wrong if not title[0].isdigit()] == []


def block_of(made, kind):
    return next(b for section in made.sections for b in section.blocks if isinstance(b, kind))


def charts_of(made):
    """Every chart of a report, as it is drawn natively."""
    v, blocks = voice(made.lang), [b for section in made.sections for b in section.blocks]
    elements = [each for block in blocks for each in laid_out(block, v)]
    drawn = [e.native if isinstance(e, Drawing) else e for e in elements]
    return [readiness(made, v), *(e for e in drawn if isinstance(e, Bars | LineChart))]


def described(slide, *, charts=False):
    """The titles of the native tables of a slide, or of its charts."""
    shapes = [s for s in slide.shapes if (s.has_chart if charts else s.has_table)]
    return [shape._element.nvGraphicFramePr.cNvPr.get("title") for shape in shapes]


def drawn_in(content):
    """The titles of the native charts of a deck."""
    return [title for s in opened(content).slides for title in described(s, charts=True)]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_every_chart_of_the_report_is_in_the_deck_and_explained(name, lang):
    made = report_of(name, lang)
    expected = charts_of(made)
    assert {"readiness", "load", "dates", "forecast", "firmness"} <= {c.key for c in expected}
    content = content_of(name, lang)
    assert sorted(drawn_in(content)) == sorted(chart.title for chart in expected)
    notes = "\n".join(spoken(slide) for slide in opened(content).slides)
    assert [c.title for c in expected[1:] if c.reading not in notes] == []


@pytest.mark.slow
@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_one_or_two_slides_hold_the_map_and_say_which_part(name, lang):
    table = block_of(report_of(name, lang), MapTable)
    areas, slides = table.areas, opened(content_of(name, lang)).slides
    parts = [slide for slide in slides if table.caption in described(slide)]
    assert len(parts) in (1, 2)
    for area in areas:
        (place,) = (slide for slide in parts if area.title in shown(slide))
        assert len(parts) == 1 or area.title in place.shapes.title.text_frame.text
        whole = "\n".join((*shown(place), spoken(place)))
        assert [row.label for row in area.rows if row.label not in whole] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["maison-lorient", "tidewater-outdoor"])
def test_what_was_done_since_takes_the_room_of_what_may_be_spared(name, tmp_path):
    before = example(name).engagement.model_copy(update={"decisions": ()})
    (tmp_path / f"{name}.yaml").write_text(dump_engagement(before), "utf-8")
    made = show(str(EXAMPLES[name]), as_of=AS_OF.isoformat(), since=str(tmp_path)).report
    slides = opened(RENDERERS["pptx"](made)).slides
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert len(titles) <= 12
    kept = ("since", "actions", "findings", "timeline")
    assert {s.title for s in made.sections if s.key in kept} <= set(titles)
    assert sorted(drawn_in(RENDERERS["pptx"](made))) == sorted(c.title for c in charts_of(made))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_what_a_slide_has_no_room_for_stands_in_its_notes(name, lang):
    made = report_of(name, lang)
    blocks = [block for section in made.sections for block in section.blocks]
    expected = [line.title for b in blocks if isinstance(b, Actions) for line in b.lines]
    expected += [card.title for b in blocks if isinstance(b, Findings) for card in b.cards]
    slides = opened(content_of(name, lang)).slides
    whole = "\n".join(text for slide in slides for text in (*shown(slide), spoken(slide)))
    assert [text for text in expected if text not in whole] == []


@pytest.mark.slow
@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_tables_end_above_the_foot_have_header_rows_and_are_described(name, lang):
    presentation = opened(content_of(name, lang))
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.has_table or shape.has_chart:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
            if shape.has_table:
                assert shape.table.first_row
                bottom = shape.top + sum(row.height for row in shape.table.rows)
                assert bottom < presentation.slide_height * 0.94, slide.shapes.title.text_frame.text


@cache
def letters(size, bold):
    """Our own sans serif, wider than what slides are shown in; a thousandth of a point counts."""
    file = Path(office.__file__).parent / "fonts" / f"workbook-sans-{600 if bold else 400}.ttf"
    return ImageFont.truetype(str(file), size * 10)


def height_of(text, size, width, *, bold):
    """How high a text stands in a box of that width, in points."""
    lines = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and letters(size, bold).getlength(longer) / 10 <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return len(lines) * size * 1.2


@pytest.mark.slow
@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_every_text_has_room_in_its_box(name, lang):
    wrong = []
    for slide in opened(content_of(name, lang)).slides:
        for shape in slide.shapes:
            if not shape.has_text_frame or not shape.text_frame.text:
                continue
            width, used = shape.width.pt - 14.4, 7.2
            for paragraph in shape.text_frame.paragraphs:
                font = paragraph.runs[0].font
                size, bold = (font.size.pt, bool(font.bold)) if font.size else (TITLE, True)
                used += height_of(paragraph.text, int(size), width, bold=bold)
            if used > shape.height.pt:
                wrong.append((shape.text_frame.text, round(used), round(shape.height.pt)))
    assert not wrong


def test_the_chart_can_be_edited():
    slides = opened(content_of("maison-lorient", "en")).slides
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    assert all(chart.part.chart_workbook.xlsx_part is not None for chart in charts)
    (chart,) = (each for each in charts if str(list(each.plots[0].categories)[-1]) == "Score")
    adds = next(series for series in chart.plots[0].series if series.name == "Adds")
    assert sum(adds.values[:-1]) == pytest.approx(adds.values[-1])


def test_signs_that_xml_has_no_place_for_do_not_stop_the_slides():
    """They may stand in a name, and so in what is read out of a table, a chart and a logo."""
    given = example("maison-lorient").engagement
    people = tuple(p.model_copy(update={"name": f"{p.name}\ufffe\x00"}) for p in given.people)
    named = given.organisation.model_copy(update={"name": "Maison\ufffe\x00"})
    odd = given.model_copy(update={"people": people, "organisation": named})
    slides = opened(RENDERERS["pptx"](told("maison-lorient", engagement=odd))).slides
    assert any("Maison" in text for slide in slides for text in shown(slide))


def test_the_same_report_gives_the_same_bytes():
    first, second = (RENDERERS["pptx"](report_of("lantern-games", "en")) for _ in range(2))
    assert first == second
    assert len(first) < 1_000_000
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.slow
def test_without_names_nobody_is_in_any_part_of_the_file():
    engagement, _ = example("maison-lorient")
    names = {person.name for person in engagement.people}
    shows = {
        visible: RENDERERS["pptx"](
            report.show("maison-lorient", lang="en", as_of="2026-11-23", names=visible).report
        )
        for visible in (True, False)
    }

    def named(content):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
        return {name for name in names if any(name in part for part in parts)}

    assert len(named(shows[True])) > 10
    assert named(shows[False]) == set()
