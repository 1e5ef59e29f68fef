"""The Word document: the report's words in real styles, whole, escaped, and the same each time."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from functools import cache

import docx as word
import openpyxl
import pypdf
import pytest

from tests.office.libreoffice import converted
from tests.report.examples import EXAMPLES, evaluated, example, report_of
from workbook import report
from workbook.fragments.styles import stylesheet
from workbook.fragments.timeline import Timeline, described, meetings_text
from workbook.i18n import languages, voice
from workbook.model.engagement import Person
from workbook.office import RENDERERS
from workbook.office.docx import section_pages
from workbook.office.palette import SHADES, TINTS
from workbook.office.paper import paper_of
from workbook.report.value import Actions, Contributions, Findings, GateList

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EVERY = [
    pytest.param(name, lang, marks=() if name == "maison-lorient" else pytest.mark.slow)
    for name, lang in itertools.product(EXAMPLES, languages())
]


@cache
def content_of(name, lang):
    return RENDERERS["docx"](report_of(name, lang))


@cache
def opened(content):
    return word.Document(io.BytesIO(content))


def texts(document):
    """Everything that stands in the body, a paragraph or cell each."""
    return [
        "".join(run.text or "" for run in paragraph.iter(f"{W}t"))
        for paragraph in document.element.body.iter(f"{W}p")
    ]


def blocks(made, kind):
    return [b for section in made.sections for b in section.blocks if isinstance(b, kind)]


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_it_says_what_the_report_says_under_real_headings(name, lang):
    made = report_of(name, lang)
    document = opened(content_of(name, lang))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == [section.title for section in made.sections]
    said = texts(document)
    assert made.headline in said
    assert made.summary in said
    whole = "\n".join(said)
    expected = [line.title for block in blocks(made, Actions) for line in block.lines]
    expected += [card.title for block in blocks(made, Findings) for card in block.cards]
    expected += [gate.title for block in blocks(made, GateList) for gate in block.gates]
    assert [text for text in expected if text not in whole] == []


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_tables_have_a_header_row_that_repeats_and_a_description(name, lang):
    document = opened(content_of(name, lang))
    assert len(document.tables) > 4
    for table in document.tables:
        first = table.rows[0]._tr
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert table._tbl.tblPr.find(f"{W}tblCaption").get(f"{W}val")
        assert table.rows[0].cells[0].text
        assert len(table.rows) > 1


def test_its_contents_are_there_before_word_updates_them():
    made = report_of("maison-lorient", "fr")
    body = opened(RENDERERS["docx"](made)).element.body
    codes = [code.text.split()[:2] for code in body.iter(f"{W}instrText")]
    marks = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    assert codes == [["TOC", "\\o"], *(["PAGEREF", mark] for mark in marks)]
    ends = [mark.get(f"{W}fldCharType") for mark in body.iter(f"{W}fldChar")]
    assert [ends.count(end) for end in ("begin", "separate", "end")] == [len(codes)] * 3
    entries = {
        link.get(f"{W}anchor"): [text.text for text in link.iter(f"{W}t")]
        for link in body.iter(f"{W}hyperlink")
    }
    assert list(entries) == marks
    assert [title for title, _ in entries.values()] == [each.title for each in made.sections]
    pages = [int(page) for _, page in entries.values()]
    assert pages == sorted(pages)
    assert pages[0] <= 2
    # Outdated fields are worked out by Word when it opens the document.
    begun = [mark for mark in body.iter(f"{W}fldChar") if mark.get(f"{W}fldCharType") == "begin"]
    assert {mark.get(f"{W}dirty") for mark in begun} == {"true"}


@pytest.mark.slow
def test_the_pages_in_the_contents_are_those_that_are_shown_give_or_take_one(tmp_path):
    asked = [("maison-lorient", "fr"), ("lantern-games", "en"), ("fernhill-supply", "fr")]
    paths = [tmp_path / f"{name}.docx" for name, _ in asked]
    for path, (name, lang) in zip(paths, asked, strict=True):
        path.write_bytes(content_of(name, lang))
    for (name, lang), shown in zip(asked, converted(paths, "pdf"), strict=True):
        *told, contents_page = section_pages(paper_of(report_of(name, lang)))
        pages = [plain(page.extract_text()) for page in pypdf.PdfReader(shown).pages]
        for section, page in zip(report_of(name, lang).sections, told, strict=True):
            near = pages[max(0, page - 2) : page + 1]
            assert any(plain(section.title) in text for text in near), (section.key, page)
        assert told[-1] > 5
        entries = [text.count("........") for text in pages[:2]]
        assert min(entries) == 0, "contents on two pages"
        assert entries[contents_page - 1] > 0


def plain(text):
    return " ".join(text.split())


def test_the_last_row_of_a_table_never_stands_alone_on_a_page():
    document = opened(content_of("maison-lorient", "fr"))
    for table in document.tables:
        kept = [
            all(p.find(f"{W}pPr/{W}keepNext") is not None for p in row._tr.iter(f"{W}p"))
            for row in table.rows
        ]
        assert kept[0]
        assert not kept[-1]
        assert len(kept) < 3 or kept[-2]


def test_the_schedule_is_told_once():
    said = texts(opened(content_of("maison-lorient", "fr")))
    (timeline,) = blocks(report_of("maison-lorient", "fr"), Timeline)
    assert timeline.systems[0].label in said
    assert meetings_text(timeline, voice("fr")) in said
    assert described(timeline, voice("fr")) not in said


def test_the_document_says_its_language_and_nobody_wrote_it():
    document = opened(RENDERERS["docx"](report_of("tidewater-outdoor", "fr")))
    languages = {mark.get(f"{W}val") for mark in document.styles.element.iter(f"{W}lang")}
    assert languages == {"fr"}
    properties = document.core_properties
    assert (properties.language, properties.author, properties.last_modified_by) == ("fr", "", "")


def test_the_chart_is_native_and_its_workbook_holds_the_contributions():
    made = report_of("maison-lorient", "en")
    (block,) = blocks(made, Contributions)
    content = RENDERERS["docx"](made)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        assert "word/charts/chart1.xml" in names
        books = [
            openpyxl.load_workbook(io.BytesIO(archive.read(name)))
            for name in names
            if name.startswith("word/embeddings/")
        ]
        body = archive.read("word/document.xml").decode()
    charts = [list(book.active.iter_rows(values_only=True))[1:] for book in books]
    (rows,) = [rows for rows in charts if rows[0][0] == block.groups[0].title]
    by_title = {row[0]: row[1:] for row in rows}
    at = 0.0
    for group in block.groups:
        start, gain, loss = by_title[group.title]
        assert (start, gain, loss) == pytest.approx((at, group.contribution, group.loss))
        at += group.contribution
    assert by_title["Score"][1] == pytest.approx(made.verdict.score.point)
    descriptions = re.findall(r'descr="([^"]+)"', body)
    assert len(descriptions) == len(books)
    assert any(all(each.title in text for each in block.groups) for text in descriptions)


def test_the_same_report_gives_the_same_bytes():
    first, second = (RENDERERS["docx"](report_of("lantern-games", "en")) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_somebody_wrote_is_text_whatever_it_looks_like():
    evil = '</w:t><w:fldSimple w:instr="INCLUDETEXT c:/x"/>&x;=1+1\u0007<w:p>'
    engagement, rules = example("maison-lorient")
    people = (Person(**{**engagement.people[0].model_dump(), "name": evil}), *engagement.people[1:])
    tampered = engagement.model_copy(update={"people": people})
    made = report.build(rules, tampered, evaluated("maison-lorient"), "en")
    content = RENDERERS["docx"](made)
    document = opened(content)
    assert any(evil.replace("\u0007", "") in text for text in texts(document))
    fields = [f.get(f"{W}instr") for f in document.element.body.iter(f"{W}fldSimple")]
    assert fields == []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        footer = archive.read("word/footer1.xml").decode()
    assert 'w:fldSimple w:instr="PAGE"' in footer  # the control: a field of ours is one


def test_without_names_nobody_is_in_any_part_of_the_file():
    engagement, _ = example("maison-lorient")
    names = {person.name for person in engagement.people}
    shown = RENDERERS["docx"](report_of("maison-lorient", "en"))
    hidden = RENDERERS["docx"](
        report.show("maison-lorient", lang="en", as_of="2026-11-23", names=False).report
    )

    def named(content):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
        return {name for name in names if any(name in part for part in parts)}

    assert len(named(shown)) > 10
    assert named(hidden) == set()


def test_colours_are_those_of_the_page():
    pairs = re.findall(r"--([\w-]+): (#[0-9a-f]{6})", stylesheet())
    tokens = dict(reversed(pairs))  # the light theme, that of paper, comes first
    assert {tone: f"#{colour.lower()}" for tone, colour in SHADES.items()} == {
        tone: tokens[tone] for tone in SHADES
    }
    assert {tone: f"#{colour.lower()}" for tone, colour in TINTS.items()} == {
        tone: tokens[f"{tone}-bg"] for tone in TINTS
    }


def test_every_paragraph_has_a_style_that_the_document_defines():
    """LibreOffice takes a cell apart whose style is nowhere defined."""
    document = opened(RENDERERS["docx"](report_of("tidewater-outdoor", "en")))
    defined = {style.style_id for style in document.styles}
    used = {mark.get(f"{W}val") for mark in document.element.body.iter(f"{W}pStyle")}
    assert {"TableCell", "toc1", "Note", "Heading1"} <= used <= defined


def test_no_heading_ends_a_page_with_the_line_below_it_alone():
    document = opened(content_of("maison-lorient", "en"))
    paragraphs = document.paragraphs
    below = [
        after
        for heading, after in itertools.pairwise(paragraphs)
        if heading.style.name == "Heading 2"
        and after.style.name in ("Note", "Normal")
        and heading._p.getnext() is after._p  # no table between
    ]
    assert len(below) > 10
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in below)


def test_what_a_list_is_about_never_ends_a_page():
    paragraphs = opened(content_of("maison-lorient", "en")).paragraphs
    about = [
        above
        for above, below in itertools.pairwise(paragraphs)
        if below.style.name == "List Bullet"
        and above.style.name in ("Note", "Normal")
        and above._p.getnext() is below._p
    ]
    assert len(about) > 20
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in about)


def test_no_caption_says_again_what_the_heading_above_it_says():
    heading, seen = "", []
    for paragraph in opened(content_of("maison-lorient", "en")).paragraphs:
        if paragraph.style.name.startswith("Heading"):
            heading = paragraph.text
        elif paragraph.style.name == "Caption":
            seen.append(paragraph.text)
            assert paragraph.text != heading
    assert len(seen) > 10


def test_a_short_table_stands_on_one_page():
    document = opened(content_of("maison-lorient", "en"))
    short = [table for table in document.tables if len(table.rows) <= 5]
    assert len(short) > 3
    for table in short:
        kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        assert kept == [True] * (len(kept) - 1) + [None]


def test_the_letters_of_a_chart_are_those_of_the_text():
    with zipfile.ZipFile(io.BytesIO(content_of("maison-lorient", "en"))) as package:
        charts = [
            package.read(n) for n in package.namelist() if re.match(r"word/charts/\w+.xml$", n)
        ]
    assert len(charts) > 3
    for chart in charts:
        assert chart.count(b'<a:latin typeface="Calibri"/>') >= 2  # both axes; a legend has its own
