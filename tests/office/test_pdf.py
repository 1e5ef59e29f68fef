"""The PDF: accessible by two checkers, small, its words selectable, and nothing of it markup."""

from __future__ import annotations

import io
import itertools
import json
import re
import sys
from dataclasses import replace
from functools import cache

import page as page_validation
import pdfua
import pypdf
import pypdfium2
import pytest
import typst

import workbook.office  # noqa: F401 - brings the module of the same name as its function
from tests.report.examples import AS_OF, LONGEST, VARIED, evaluated, example, report_of
from workbook import report
from workbook.fragments.leaflet import Leaflet
from workbook.i18n import languages, voice
from workbook.model.engagement import Person
from workbook.office import RENDERERS
from workbook.office.elements import Paragraph
from workbook.office.paper import PaperDocument, PaperSection, paper_of
from workbook.report.readers import READERS, read_by
from workbook.report.value import Actions, Findings

setting = sys.modules["workbook.office.pdf"]
# Every test sets a report or more, and two checkers are loaded to read them.
pytestmark = pytest.mark.slow
BROKEN_CHECK = "UA-14-001"
"""A rule of pdfua 0.1.3 that raises on the matrices of typst's drawings; page-validation has it."""


@cache
def content_of(name, lang, reader="team"):
    engagement, rules = example(name)
    return RENDERERS["pdf"](read_by(reader, rules, engagement, evaluated(name), lang))


def faults(content, folder):
    """What the two checkers find."""
    file = folder / "document.pdf"
    file.write_bytes(content)
    first = page_validation.validate_pdf_bytes(content, profile="ua1")
    second = pdfua.validate(file)
    assert {outcome.rule_id for outcome in second.skipped} <= {BROKEN_CHECK}
    found = [failure.rule_id for failure in first.failures]
    return found + [finding.rule_id for finding in second.findings]


def words(content):
    """The text of all pages, as who selects it gets it, in one line."""
    document = pypdfium2.PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return plain(text)


def plain(text):
    return re.sub(r"[\s\u200b\u00ad\ufffe]+", " ", text)


def paper_with(*texts):
    """A leaflet of paragraphs."""
    return PaperDocument(
        title="Title",
        lang="en",
        day=AS_OF,
        label="",
        headline="Title",
        lead="",
        sections=(PaperSection("Section", tuple(map(Paragraph, texts))),),
        running=("", ""),
        foot="",
        origin="",
        when="",
    )


@pytest.mark.parametrize(("name", "lang"), VARIED)
def test_two_checkers_find_nothing_and_the_file_is_small(name, lang, tmp_path):
    content = content_of(name, lang)
    assert faults(content, tmp_path) == []
    assert len(content) <= 500_000


@pytest.mark.parametrize("reader", [reader for reader in READERS if reader != "team"])
@pytest.mark.parametrize(("name", "lang"), VARIED)
def test_every_readers_document_is_accessible_too(name, lang, reader, tmp_path):
    assert faults(content_of(name, lang, reader), tmp_path) == []


@pytest.mark.parametrize(("name", "lang"), [("maison-lorient", "fr"), ("lantern-games", "en")])
def test_it_says_what_the_report_says_and_its_text_can_be_selected(name, lang):
    made, text = report_of(name, lang), words(content_of(name, lang))
    blocks = [block for section in made.sections for block in section.blocks]
    expected = [made.headline, made.summary, *(section.title for section in made.sections)]
    expected += [line.title for b in blocks if isinstance(b, Actions) for line in b.lines]
    expected += [card.title for b in blocks if isinstance(b, Findings) for card in b.cards]
    assert [each for each in expected if plain(each) not in text] == []


@pytest.mark.parametrize("lang", languages())
def test_every_page_is_headed_counted_and_led_to(lang):
    made = report_of("maison-lorient", lang)
    document = pypdf.PdfReader(io.BytesIO(content_of("maison-lorient", lang)))
    total = len(document.pages)
    for number, page in enumerate(document.pages, 1):
        text = plain(page.extract_text())
        assert made.running[0] in text
        assert made.running[1] in text
        assert voice(lang).t("Page {number} of {total}", number=number, total=total) in text
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    bookmarks = [mark.title for mark in document.outline if not isinstance(mark, list)]
    assert bookmarks[-len(made.sections) :] == [section.title for section in made.sections]
    assert document.trailer["/Root"]["/Lang"] == lang
    assert document.metadata.title == made.title
    assert document.metadata.author is None


def test_only_fonts_of_its_own_are_in_it():
    document = pypdf.PdfReader(io.BytesIO(content_of("maison-lorient", "fr")))
    fonts = set()
    for page in document.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            fonts.add(font.get_object()["/BaseFont"].partition("+")[2].partition("-")[0])
    assert fonts == {"WorkbookSans", "WorkbookSerif"}


@pytest.mark.parametrize(("name", "lang"), LONGEST)
def test_no_page_is_nearly_empty(name, lang):
    *full, _ = pypdfium2.PdfDocument(content_of(name, lang))  # the last ends where the text does
    for page in full:
        picture = page.render(scale=0.5).to_numpy().min(axis=2)
        height = picture.shape[0]
        body = picture[int(0.08 * height) : int(0.93 * height)]
        inked = (body < 200).any(axis=1).nonzero()[0]
        assert inked.max() / len(body) > 0.12


@pytest.mark.parametrize(("name", "lang"), LONGEST)
def test_no_word_runs_into_another_or_over_the_margin(name, lang):
    """Long words do, where a language has them and a column is narrow."""
    wrong = []
    for number, page in enumerate(pypdfium2.PdfDocument(content_of(name, lang)), 1):
        text, margin = page.get_textpage(), page.get_size()[0] - 50
        places = [text.get_rect(each) for each in range(text.count_rects())]
        over = [
            (one, two)
            for one, two in itertools.combinations(places, 2)
            if overlap(one[1::2], two[1::2]) > 1 < overlap(one[0::2], two[0::2])
        ]
        words = {place: text.get_text_bounded(*place) for pair in over for place in pair}
        # The same text twice is a figure with its halo.
        wrong += [(number, words[a], words[b]) for a, b in over if words[a] != words[b]]
        wrong += [
            (number, text.get_text_bounded(*place)) for place in places if place[2] > margin + 1
        ]
    assert not wrong


def overlap(first, second):
    """How far two stretches, from low to high, lie over each other."""
    return min(first[1], second[1]) - max(first[0], second[0])


def test_the_sponsor_reads_two_pages_and_the_poster_is_one_of_a3():
    for name, lang in LONGEST:
        sponsor = pypdf.PdfReader(io.BytesIO(content_of(name, lang, "sponsor")))
        assert len(sponsor.pages) <= 2
        (poster,) = pypdf.PdfReader(io.BytesIO(content_of(name, lang, "poster"))).pages
        assert sorted(round(float(side)) for side in poster.mediabox[2:]) == [842, 1191]


@pytest.mark.slow
@pytest.mark.parametrize("reader", ["owner", "handover"])
@pytest.mark.parametrize(("name", "lang"), LONGEST)
def test_a_sheet_is_one_page(name, lang, reader):
    engagement, rules = example(name)
    sheets = read_by(reader, rules, engagement, evaluated(name), lang)
    pages = pypdf.PdfReader(io.BytesIO(content_of(name, lang, reader))).pages
    assert len(pages) == len(list(sheets.told()))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "lang"), LONGEST)
def test_no_page_ends_with_a_heading_and_one_row(name, lang):
    """Below the last heading of a page there is room for its table to begin."""
    tabled = ("actions", "map", "heat")
    titles = {plain(report_of(name, lang).section(key).title) for key in tabled}
    document = pypdfium2.PdfDocument(content_of(name, lang))
    for page in list(document)[1:]:
        text = page.get_textpage()
        lines = [plain(line) for line in text.get_text_range().splitlines()]
        heads = [at for at, line in enumerate(lines) if line in titles]
        assert not heads or len(lines) - heads[-1] > 5, lines[heads[-1] :]


HOSTILE = (
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0": *',
    "$x^2$ and _this_ and *that* and `code`",
    "@somewhere <label> = heading \\ \\u{41} // comment /* more",
    '"]) #panic("out") ([" \\" \\\\',
    "- list + numbered / term: ~ --- ...",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_somebody_wrote_is_text_whatever_it_looks_like(text):
    content = setting.typeset(paper_with(text), setting.TEMPLATE.read_bytes())
    assert plain(text) in words(content)


@pytest.mark.parametrize("text", HOSTILE[:5])
def test_the_same_texts_do_something_where_they_are_markup(text):
    """The control: a template that reads texts as markup fails or loses their signs."""
    template = setting.TEMPLATE.read_text("utf-8")
    assert "else { it.text }" in template
    markup = template.replace("else { it.text }", 'else { eval(it.text, mode: "markup") }')
    try:
        content = setting.typeset(paper_with(text), markup.encode())
    except RuntimeError:
        return
    assert plain(text) not in words(content)


def test_the_typesetter_finds_no_file_but_its_template():
    template = setting.TEMPLATE.read_text("utf-8")
    for path in ("/etc/passwd", "../../etc/passwd", "/../etc/passwd"):
        reading = template + f"\n#read({json.dumps(path)})"
        with pytest.raises(typst.TypstError, match=r"not found|escape|denied"):
            setting.typeset(paper_with("x"), reading.encode())
    itself = template + '\n#assert(read("/paper.typ").len() > 100)'
    assert setting.typeset(paper_with("x"), itself.encode())  # the control: reading works at all


def test_names_of_every_alphabet_are_set_and_none_ends_the_document(tmp_path):
    names = "Łukasz Şule Ştefan Ελένη Кирилл Nguyễn 李小龙 محمد 🎉 \x07\x00"
    content = setting.typeset(paper_with(names), setting.TEMPLATE.read_bytes())
    assert "Łukasz Şule Ştefan Ελένη Кирилл Nguyễn" in words(content)
    assert "\x07" not in words(content)
    assert faults(content, tmp_path) == []


def test_a_word_without_an_end_breaks():
    content = setting.typeset(paper_with("x" * 400), setting.TEMPLATE.read_bytes())
    text = pypdfium2.PdfDocument(content)[0].get_textpage()
    ends = [text.get_charbox(at)[2] for at in range(text.count_chars())]
    assert 500 < max(ends) < 595 - 50


def test_the_same_report_gives_the_same_bytes():
    first, second = (RENDERERS["pdf"](report_of("lantern-games", "en")) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("reader", READERS)
def test_without_names_nobody_is_in_any_part_of_the_file(reader):
    engagement, _ = example("maison-lorient")
    names = {person.name for person in engagement.people}

    def named(content):
        document = pypdf.PdfReader(io.BytesIO(content))
        parts = [page.extract_text() for page in document.pages]
        parts += map(
            str,
            (document.metadata, document.xmp_metadata and document.xmp_metadata.stream.get_data()),
        )
        parts += [
            str(each) for each in map(document.get_object, range(1, len(document.xref[0]) + 1))
        ]
        whole = plain(" ".join(parts))
        return {name for name in names if name in whole}

    shown, hidden = (
        RENDERERS["pdf"](
            report.show(
                "maison-lorient", lang="en", as_of="2026-11-23", names=names, reader=reader
            ).report
        )
        for names in (True, False)
    )
    assert named(shown)
    assert named(hidden) == set()


SABOTAGES = {
    "no alternative text of a drawing": ("width: 100%, alt: it.reading)", "width: 100%)"),
    "no title": ("  title: doc.title,\n", ""),
    "a jump of headings": ("heading(level: 2, it.text)", "heading(level: 4, it.text)"),
}


@pytest.mark.parametrize("name", SABOTAGES)
def test_a_template_that_forgets_somebody_is_found(name, tmp_path):
    """The control: what the typesetter refuses itself, or one checker at least finds."""
    right, wrong = SABOTAGES[name]
    template = setting.TEMPLATE.read_text("utf-8")
    assert right in template
    try:
        content = setting.typeset(
            paper_of(report_of("tidewater-outdoor", "fr")), template.replace(right, wrong).encode()
        )
    except RuntimeError:
        return
    assert faults(content, tmp_path)


def without_tags(document):
    del document._root_object["/StructTreeRoot"]


def without_language(document):
    del document._root_object["/Lang"]


def without_mark(document):
    document._root_object[pypdf.generic.NameObject("/MarkInfo")] = pypdf.generic.DictionaryObject()


def without_standard(document):
    del document._root_object["/Metadata"]


def without_scope(document):
    for each in document._objects:
        kind = each.get("/S") if isinstance(each, pypdf.generic.DictionaryObject) else None
        if kind == "/TH":
            each.pop("/A", None)


def blank_alternatives(document):
    for each in document._objects:
        if isinstance(each, pypdf.generic.DictionaryObject) and "/Alt" in each:
            each[pypdf.generic.NameObject("/Alt")] = pypdf.generic.TextStringObject("")


@pytest.mark.parametrize(
    "sabotage",
    [
        without_tags,
        without_language,
        without_mark,
        without_standard,
        without_scope,
        blank_alternatives,
    ],
)
def test_a_file_that_somebody_spoils_is_found(sabotage, tmp_path):
    # Pictures are in the whole report alone; the sponsor's is checked in a fraction of the time.
    reader = "team" if sabotage is blank_alternatives else "sponsor"
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content_of("lantern-games", "fr", reader)))
    clean = io.BytesIO()
    writer.write(clean)
    assert faults(clean.getvalue(), tmp_path) == []
    sabotage(writer)
    spoiled = io.BytesIO()
    writer.write(spoiled)
    assert faults(spoiled.getvalue(), tmp_path)


def test_a_leaflet_is_set_like_a_report(tmp_path):
    leaflet = Leaflet("Minutes", "fr", "23 novembre 2026", "Tout va bien.", (("Suite", ("Un.",)),))
    content = RENDERERS["pdf"](leaflet)
    assert faults(content, tmp_path) == []
    assert "Tout va bien." in words(content)


def test_a_persons_name_is_no_markup_in_the_whole_report():
    evil = '#read("/etc/passwd") $x$ @a *b* \\'
    engagement, rules = example("maison-lorient")
    people = (Person(**{**engagement.people[0].model_dump(), "name": evil}), *engagement.people[1:])
    tampered = engagement.model_copy(update={"people": people})
    made = report.build(rules, tampered, evaluated("maison-lorient"), "en")
    assert evil in words(RENDERERS["pdf"](replace(made, title=evil)))


def test_a_document_comes_to_rest_and_tells_how_many_pages_it_has():
    """Two examples whose pages depended on what a place was asked for, and never agreed with it."""
    for name, lang in (("groupe-kervadec", "de"), ("atelier-belval", "fr")):
        pages = pypdf.PdfReader(io.BytesIO(RENDERERS["pdf"](report_of(name, lang)))).pages
        told = [re.search(r"(?:Seite|Page) \d+ (?:von|sur) (\d+)", p.extract_text()) for p in pages]
        assert {int(found[1]) for found in told if found} == {len(pages)}, name
