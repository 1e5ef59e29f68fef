"""The look of a house on pages and in PDF, its cover and its logo in every format."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx as word
import pptx
import pypdf
import pytest

from tests.office.test_brand import KEYS, PNG, in_brand, problems_of, run, written
from tests.office.test_pdf import faults
from tests.report.examples import EXAMPLES, report_of
from workbook import report, resources
from workbook.errors import BadInput
from workbook.fragments.brand import DARK_PAPER, Brand, BrandCover, Colours, brand_style
from workbook.fragments.colours import contrast
from workbook.fragments.styles import stylesheet
from workbook.office import RENDERERS
from workbook.report.brand import GROUNDS, load_brand
from workbook.report.html import html

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">{}</svg>'
DRAWN = '<rect width="40" height="10" rx="2" fill="#7A1FA2"/>'
FONTS = Path(resources.__file__).parent / "office" / "fonts"
COLOURS = ("#7A1FA2", "#000000", "#B00020", "#0A5C36", "#1F4FA3", "#6B6000", "#C2185B", "#5A6472")


@pytest.fixture
def house(tmp_path):
    (tmp_path / "logo.svg").write_text(SVG.format(DRAWN), "utf-8")
    written(
        tmp_path,
        'colours: {accent: "#7A1FA2"}\nlogo: logo.svg\nfoot: {en: House foot, fr: Pied de page}\n'
        "cover: {title: {en: Who owns what, fr: Qui fait quoi}, lines: [Halden & Partners]}\n"
        "sections: [map, timeline, actions]\n",
    )
    return tmp_path


def page_text(content, number=0):
    return " ".join(pypdf.PdfReader(io.BytesIO(content)).pages[number].extract_text().split())


# Colours


@pytest.mark.parametrize("colour", COLOURS)
def test_letters_stay_readable_whatever_the_accent_is(colour):
    brand = Brand(colours=Colours(accent=colour))
    for tints, papers in (
        (brand.tints, ("#FFFFFF",)),
        (brand.dark_tints, (DARK_PAPER, "#12161D")),
    ):
        assert contrast(tints.accent, tints.pale) >= 4.5
        assert contrast(tints.accent, tints.light) >= 3
        assert all(contrast(tints.accent, paper) >= 4.5 for paper in papers)


def test_the_papers_of_the_check_are_those_of_the_stylesheet():
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", stylesheet().partition("@media")[0]))
    assert GROUNDS["accent"].lower() == light["ground"]
    assert GROUNDS["ink"].lower() == GROUNDS["quiet"].lower() == light["stripe"]
    dark = stylesheet().partition("color-scheme: dark;")[2]
    for name, colour in (("paper", DARK_PAPER), ("ink", "#EEF1F5"), ("ink-2", "#C2CAD6")):
        assert f"--{name}: {colour.lower()}" in dark
    colours = Colours(ink="#20123A", quiet="#51456B")
    assert "--ink:light-dark(#20123A,#EEF1F5)" in brand_style(Brand(colours=colours), "en")


def test_a_colour_that_is_readable_on_white_alone_is_refused(tmp_path):
    path = written(tmp_path, 'colours: {quiet: "#767676"}\n')
    (problem,) = problems_of(lambda: load_brand(path, KEYS))
    assert "with light paper" in problem.message


# Pages


def test_a_page_has_the_colours_the_logo_the_cover_and_the_foot(house):
    page = html(in_brand(house))
    assert "--accent:light-dark(#7A1FA2," in page
    assert '<img src="data:image/svg+xml;base64,' in page
    assert 'alt="Maison Lorient"' in page
    assert "Who owns what" in page
    assert "Halden &amp; Partners" in page
    assert '@bottom-left{content:"House foot"' in page
    assert "Qui fait quoi" in html(in_brand(house, lang="fr"))


def test_a_page_without_a_brand_says_nothing_of_one():
    page = html(report_of("maison-lorient", "en"))
    assert 'class="document"' in page
    assert "house" not in page
    assert "light-dark" not in page


def test_what_a_brand_says_is_text_on_a_page(tmp_path):
    written(tmp_path, "foot: '\"}</style><script>x'\ncover: {title: '<script>x</script>'}\n")
    page = html(in_brand(tmp_path))
    assert "<script" not in page
    assert page.count("</style>") == 2  # the running head's, and the brand's


@pytest.mark.slow
def test_the_notebook_shows_a_leaflet_in_the_look_too(house):
    shown = report.show(
        "maison-lorient", as_of="2026-11-23", lang="en", reader="owner",
        brand=str(house / "brand.yaml"),
    )  # fmt: skip
    bundle, _ = shown._repr_mimebundle_()
    assert "--accent:light-dark(#7A1FA2," in bundle["text/html"]
    assert b"7A1FA2" in unpacked(RENDERERS["docx"](shown.report))
    assert "House foot" in page_text(RENDERERS["pdf"](shown.report))


@pytest.mark.parametrize("words", [["session"], ["workshop", "acme"]])
def test_a_session_does_not_open_with_a_brand_that_is_wrong(tmp_path, words):
    example_file = EXAMPLES["lantern-games"]
    begun = run("new", "acme", "--from", example_file, "--workspace", tmp_path)
    assert begun.exit_code == 0, begun.stderr
    path = written(tmp_path, 'colours: {accent: "#FFCC00"}\n')
    done = run(*words, "--brand", path, "--workspace", tmp_path, "--no-browser")
    assert done.exit_code == 2
    assert f"{path}:1: colours.accent" in done.stderr


# PDF


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_pdf_has_the_look_and_stays_accessible(house, tmp_path, lang):
    content = RENDERERS["pdf"](in_brand(house, lang=lang))
    assert faults(content, tmp_path) == []
    assert ("Who owns what" if lang == "en" else "Qui fait quoi") in page_text(content)
    assert "Halden & Partners" in page_text(content)
    assert ("House foot" if lang == "en" else "Pied de page") in page_text(content, 1)
    usual = RENDERERS["pdf"](report_of("maison-lorient", lang))
    assert (has_colour(content, "7A1FA2"), has_colour(content, "0B5D66")) == (True, False)
    assert (has_colour(usual, "7A1FA2"), has_colour(usual, "0B5D66")) == (False, True)


def has_colour(content, colour):
    """Whether something on a page is filled or drawn in a colour."""
    wanted = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    pages = (page.get_contents() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    drawn = b" ".join(page.get_data() for page in pages)
    triples = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:scn|SCN|rg|RG)", drawn)
    return any(list(map(float, triple)) == pytest.approx(wanted, abs=0.003) for triple in triples)


@pytest.mark.slow
def test_a_font_with_its_files_is_set_and_one_that_they_lack_is_refused(tmp_path):
    file = "workbook-serif-400.ttf"
    (tmp_path / file).write_bytes((FONTS / file).read_bytes())
    written(tmp_path, f"font: Workbook Serif\nfonts: [{file}]\n")
    made = in_brand(tmp_path)
    # The last page has no sign that the font lacks, which another would lend.
    # Ours of the same family lends its bold.
    own = fonts_of(RENDERERS["pdf"](made))
    assert {font.partition("-")[0] for font in own} == {"WorkbookSerif"}
    usual = fonts_of(RENDERERS["pdf"](report_of("maison-lorient", "en")))
    assert "WorkbookSans-Regular" in usual
    assert 'font-family:"Workbook Serif"' in html(made)
    written(tmp_path, f"font: Halden Grotesk\nfonts: [{file}]\n")
    checked = run("template", "check", tmp_path / "brand.yaml")
    assert checked.exit_code == 2
    assert "no file holds the font “Halden Grotesk”" in checked.stderr
    with pytest.raises(BadInput, match="Halden Grotesk"):
        RENDERERS["pdf"](in_brand(tmp_path))


def fonts_of(content):
    """The fonts of a document's last page."""
    page = pypdf.PdfReader(io.BytesIO(content)).pages[-1]
    fonts = page["/Resources"]["/Font"].values()
    return {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in fonts}


def test_a_font_is_a_file_of_a_font(tmp_path):
    (tmp_path / "a.ttf").write_bytes(b"MZ")
    path = written(tmp_path, "fonts: [a.ttf, b.ttf]\n")
    problems = problems_of(lambda: load_brand(path, KEYS))
    assert [problem.message for problem in problems] == [
        "is no TrueType or OpenType font of at most 500 kB",
        "there is no file “b.ttf”",
        "are files of no font",
    ]


# Covers in office documents


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.slow
def test_a_word_document_begins_with_the_cover(house):
    document = word.Document(io.BytesIO(RENDERERS["docx"](in_brand(house))))
    styles = [p.style.name for p in document.paragraphs[:6]]
    assert styles[1:5] == ["Cover Title", "Cover Line", "Cover Line", "Cover Line"]
    assert document.paragraphs[1].text == "Who owns what"
    assert document.part.related_parts  # the logo, as a picture that Word can show
    (picture,) = [p for p in document.part.package.iter_parts() if "media" in p.partname]
    assert picture.blob.startswith(PNG[:8])
    footer = document.sections[0].footer.paragraphs[0].text
    assert footer.startswith("House foot")


@pytest.mark.slow
def test_slides_begin_with_the_cover_and_no_title_runs_into_the_logo(house):
    presentation = pptx.Presentation(io.BytesIO(RENDERERS["pptx"](in_brand(house))))
    first, second, *_ = presentation.slides
    assert first.shapes.title.text_frame.text == "Who owns what"
    assert "Halden & Partners" in " ".join(
        shape.text_frame.text for shape in first.shapes if shape.has_text_frame
    )
    title = second.shapes.title
    (logo,) = [shape for shape in second.shapes if shape.shape_type == 13]
    assert title.left + title.width < logo.left
    assert "House foot" in [s.text_frame.text for s in second.shapes if s.has_text_frame]


@pytest.mark.slow
def test_a_base_has_a_layout_for_the_cover_by_name(house):
    made = in_brand(house)
    assert run("template", "new", house / "base").exit_code == 0
    cover = BrandCover(title="Cover", lines=("One", "Two"), layout="Title Slide")
    update = {"pptx": "base/base.pptx", "cover": cover}
    made = report_of("maison-lorient", "en").in_brand(made.brand.model_copy(update=update))
    first, *_ = pptx.Presentation(io.BytesIO(RENDERERS["pptx"](made))).slides
    assert first.slide_layout.name == "Title Slide"
    assert [p.text_frame.text for p in first.placeholders][:1] == ["Cover"]
    assert "One\nTwo" in first.placeholders[1].text_frame.text
    lacking = cover.model_copy(update={"layout": "Cover of the house"})
    brand = made.brand.model_copy(update={"cover": lacking})
    with pytest.raises(BadInput, match="Cover of the house"):
        RENDERERS["pptx"](report_of("maison-lorient", "en").in_brand(brand))


# Logos


HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "a page inside": '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>',
    "a handler": '<rect onload="x()"/>',
    "a link": '<a href="http://evil/"><rect/></a>',
    "a picture elsewhere": '<image href="http://evil/x.png"/>',
    "a shape elsewhere": '<use href="http://evil/x.svg#a"/>',
    "an old link": '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="http://evil/x.svg#a"/>',
    "a sheet elsewhere": "<style>@import 'http://evil/x.css';</style>",
    "a fill elsewhere": '<rect fill="url(http://evil/x#a)"/>',
    "a font elsewhere": "<style>@font-face{src:url('//evil/x')}</style>",
    "a moving link": '<animate attributeName="href" to="javascript:x()"/>',
    "an instruction": "<?xml-stylesheet href='http://evil/x.css'?>",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_drawing_is_no_logo(tmp_path, kind):
    path = written(tmp_path, "logo: logo.svg\n")
    (tmp_path / "logo.svg").write_text(SVG.format(DRAWN), "utf-8")
    assert load_brand(path, KEYS).logo  # the control: the same drawing without it is good
    (tmp_path / "logo.svg").write_text(SVG.format(DRAWN + HOSTILE[kind]), "utf-8")
    problems = problems_of(lambda: load_brand(path, KEYS))
    assert all(problem.message.startswith("refused: ") for problem in problems)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", '<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + SVG.format("&a;")),
        ("logo.svg", "<svg>"),
        ("logo.svg", "<html xmlns='http://www.w3.org/1999/xhtml'/>"),
        ("logo.png", "MZ"),
        ("logo.svgz", SVG.format(DRAWN)),
    ],
)
def test_what_is_no_picture_is_no_logo(tmp_path, name, content):
    (tmp_path / name).write_text(content, "utf-8")
    assert problems_of(lambda: load_brand(written(tmp_path, f"logo: {name}\n"), KEYS))


def test_a_picture_that_is_cut_short_or_far_too_large_is_no_logo(tmp_path):
    path = written(tmp_path, "logo: logo.png\n")
    (tmp_path / "logo.png").write_bytes(PNG)
    assert load_brand(path, KEYS).logo
    (tmp_path / "logo.png").write_bytes(PNG[:50])
    assert problems_of(lambda: load_brand(path, KEYS))
    (tmp_path / "logo.png").write_bytes(PNG[:16] + (6000).to_bytes(4, "big") + PNG[20:])
    assert problems_of(lambda: load_brand(path, KEYS))


def test_the_first_sheet_of_a_workbook_shows_the_logo_and_says_whose_it_is(house):
    content = RENDERERS["xlsx"](in_brand(house))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.read("xl/media/image1.png").startswith(PNG[:8])
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert re.findall(r'descr="([^"]*)"', drawing) == ["Maison Lorient"]
    assert re.findall(r"<xdr:from><xdr:col>(\d+).*?<xdr:row>(\d+)<", drawing) == [("0", "0")]
