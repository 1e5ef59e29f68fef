"""The look of a house: readable colours, its own documents as base, and nothing that could run."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from dataclasses import replace

import docx as word
import pptx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image
from pptx.enum.shapes import MSO_SHAPE_TYPE
from typer.testing import CliRunner

from tests.report.examples import report_of
from workbook.cli.main import app
from workbook.errors import BadInput
from workbook.fragments.brand import BrandCover
from workbook.fragments.colours import contrast
from workbook.office import RENDERERS
from workbook.office.basing import slide_base, slide_flaws, word_base, word_flaws
from workbook.office.branding import LOGO_WIDTH
from workbook.office.covers import TEXTED
from workbook.office.pptx import LOGO_WIDTH as SLIDE_LOGO_WIDTH
from workbook.office.templating import slide_template, word_template
from workbook.report.brand import load_brand
from workbook.report.build import SECTIONS

pytestmark = pytest.mark.slow

KEYS = tuple(SECTIONS)
PICTURE = MSO_SHAPE_TYPE.PICTURE
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f"
    b"\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01"
"""The beginning of one."""


def run(*words):
    return CliRunner().invoke(app, [str(each) for each in words])


@pytest.fixture
def house(tmp_path):
    assert run("template", "new", tmp_path / "house").exit_code == 0
    return tmp_path / "house"


def written(folder, text):
    path = folder / "brand.yaml"
    path.write_text(text, "utf-8")
    return path


def problems_of(read):
    with pytest.raises(BadInput) as caught:
        read()
    return caught.value.problems


def repacked(content, **changes):
    """A package with parts changed, or further ones."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, changes.pop(entry.filename, lambda x: x)(data))
        for name, data in changes.items():
            new.writestr(name, data(b""))
    return out.getvalue()


def in_brand(folder, name="maison-lorient", lang="en"):
    return report_of(name, lang).in_brand(load_brand(folder / "brand.yaml", KEYS))


# The file


def test_a_new_brand_is_whole_and_overwrites_nothing(house):
    checked = run("template", "check", house / "brand.yaml")
    assert (checked.exit_code, checked.stderr) == (0, "")
    again = run("template", "new", house)
    assert again.exit_code == 2
    assert again.stderr.count("exists already") == 3


def test_the_check_tells_of_the_file_and_of_its_bases_at_once(house):
    (house / "base.docx").write_bytes((house / "base.docx").read_bytes()[:3000])
    text = "docx: base.docx\npptx: gone.pptx\nfont: Foo\nfonts: [gone.ttf]\nsections: [mapp]\n"
    checked = run("template", "check", written(house, text))
    assert checked.exit_code == 2
    for said in ("“gone.pptx”", "“gone.ttf”", "“mapp”", "base.docx: is no Word document"):
        assert checked.stderr.count(said) == 1, said


def test_a_colour_that_cannot_be_read_is_refused_with_one_that_can(tmp_path):
    path = written(tmp_path, 'colours:\n  accent: "#FFCC00"\nsections: [map, mapp]\n')
    contrast_problem, section = problems_of(lambda: load_brand(path, KEYS))
    assert contrast_problem.place == f"{path}:2: colours.accent"
    suggested = re.search("#[0-9A-F]{6}", contrast_problem.fix)[0]
    assert contrast("#FFCC00", "#FFFFFF") < 4.5 <= contrast(suggested, "#FFFFFF")
    assert "map" in section.fix


def test_black_on_white_has_the_most_contrast():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_a_logo_is_a_picture_that_is_there(tmp_path):
    (tmp_path / "logo.png").write_bytes(b"MZ")
    path = written(tmp_path, "logo: logo.png\ndocx: no.docx\n")
    assert [problem.path for problem in problems_of(lambda: load_brand(path, KEYS))] == [
        "logo",
        "docx",
    ]


@pytest.mark.parametrize("content", [b"\xff\xd8\xff", PNG[:20], JPEG])
def test_a_picture_that_ends_too_early_is_no_logo(tmp_path, content):
    """Readers of pictures end in errors of every kind, bare ones among them."""
    (tmp_path / "logo.png").write_bytes(content)
    path = written(tmp_path, "logo: logo.png\n")
    assert [problem.path for problem in problems_of(lambda: load_brand(path, KEYS))] == ["logo"]


# The look


@pytest.mark.parametrize("form", ["docx", "pptx", "xlsx"])
def test_colours_and_font_are_those_of_the_house_everywhere(tmp_path, form):
    written(tmp_path, 'colours: {accent: "#7A1FA2"}\nfont: Georgia\n')
    plain = RENDERERS[form](report_of("maison-lorient", "en"))
    content = RENDERERS[form](in_brand(tmp_path))

    def whole(package):
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            return b"".join(archive.read(n) for n in archive.namelist() if n.endswith(".xml"))

    assert b"0B5D66" in whole(plain)
    assert b"0B5D66" not in whole(content)
    assert b"7A1FA2" in whole(content)
    assert content == RENDERERS[form](in_brand(tmp_path))


def test_sections_are_chosen_and_ordered_and_pages_headed(tmp_path):
    written(tmp_path, "sections: [map, actions]\nhead: Acme & Partners\n")
    made = in_brand(tmp_path)
    assert [section.key for section in made.sections] == ["map", "actions"]
    assert made.running[0] == "Acme & Partners"


def test_a_logo_stands_at_the_head_and_says_whose_it_is(tmp_path):
    (tmp_path / "logo.png").write_bytes(PNG)
    written(tmp_path, "logo: logo.png\n")
    document = word.Document(io.BytesIO(RENDERERS["docx"](in_brand(tmp_path))))
    assert document.inline_shapes[0]._inline.docPr.get("descr") == "Maison Lorient"


def test_a_wide_logo_stays_within_its_width_and_in_proportion(tmp_path):
    Image.new("RGB", (3000, 60), "#7A1FA2").save(tmp_path / "logo.png")
    written(tmp_path, "logo: logo.png\n")
    document = word.Document(io.BytesIO(RENDERERS["docx"](in_brand(tmp_path))))
    slides = pptx.Presentation(io.BytesIO(RENDERERS["pptx"](in_brand(tmp_path)))).slides
    title = slides[1].shapes.title
    (on_slide,) = [shape for shape in slides[1].shapes if shape.shape_type == PICTURE]
    for picture, widest in ((document.inline_shapes[0], LOGO_WIDTH), (on_slide, SLIDE_LOGO_WIDTH)):
        assert picture.width == widest
        assert picture.width / picture.height == pytest.approx(50, rel=0.01)
    assert title.left + title.width < on_slide.left


# The base


def with_control(document):
    """A document with the control that a report takes the place of, at its end."""
    control = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:tag w:val="report"/></w:sdtPr><w:sdtContent>'
        "<w:p><w:r><w:t>[report]</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.sectPr.addprevious(control)
    return document


def test_a_base_without_our_own_styles_gets_them(house):
    with_control(word.Document()).save(house / "base.docx")
    made = word.Document(io.BytesIO(RENDERERS["docx"](in_brand(house))))
    there = {style.style_id for style in made.styles}
    used = {style.get(f"{W}val") for style in made.element.body.iter(f"{W}pStyle", f"{W}tblStyle")}
    assert used <= there
    assert len(used) > len(("Heading1", "Heading2", "Caption"))


def charts(package):
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = archive.namelist()
        assert len(set(names)) == len(names)
        return [name for name in names if re.search("charts/chart.*[.]xml$", name)]


def test_a_base_with_charts_of_its_own_keeps_them_beside_those_of_the_report(house):
    """A report of ours may be a base, once it has a control and no workbooks inside."""
    report = RENDERERS["docx"](report_of("northgate-home", "en"))
    bare = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(report)) as whole, zipfile.ZipFile(bare, "w") as kept:
        for name in whole.namelist():
            if not re.search("embeddings|charts/_rels", name):
                kept.writestr(name, re.sub(rb"<c:externalData.*?</c:externalData>", b"",
                                           whole.read(name)))  # fmt: skip
    with_control(word.Document(bare)).save(house / "base.docx")
    made = RENDERERS["docx"](in_brand(house))
    plain = RENDERERS["docx"](report_of("maison-lorient", "en"))
    own, of_report = charts((house / "base.docx").read_bytes()), charts(plain)
    assert len(charts(made)) == len(own) + len(of_report)


def test_a_text_of_a_base_in_several_runs_is_written_once(house):
    base = word.Document(house / "base.docx")
    run_of_title = next(
        text for text in base.sections[0].footer._element.iter(f"{W}t") if "[" in text.text
    ).getparent()
    run_of_title.addnext(copy.deepcopy(run_of_title))
    base.save(house / "base.docx")
    made = in_brand(house)
    document = word.Document(io.BytesIO(RENDERERS["docx"](made)))
    footer = "".join(text.text or "" for text in document.sections[0].footer._element.iter(f"{W}t"))
    assert footer.count(made.title) == 1
    assert "[" not in footer


@pytest.mark.parametrize("layout", ["Comparison", "Title Only"])
def test_a_cover_fills_one_text_of_its_layout_and_leaves_no_text_empty(house, layout):
    cover = BrandCover(title="Cover", lines=("One", "Two"), layout=layout)
    brand = in_brand(house).brand.model_copy(update={"cover": cover})
    made = report_of("maison-lorient", "en").in_brand(brand)
    first, *_ = pptx.Presentation(io.BytesIO(RENDERERS["pptx"](made))).slides
    assert first.shapes.title.text_frame.text == "Cover"
    (lines,) = [
        shape.text_frame.text
        for shape in first.shapes
        if shape.has_text_frame and shape.name != first.shapes.title.name
        if not shape.is_placeholder or shape.placeholder_format.type in TEXTED
    ]
    assert lines.split("\n")[2:] == ["One", "Two"]


def test_what_a_layout_has_beside_its_title_stands_on_no_slide(house):
    path = house / "brand.yaml"
    path.write_text(path.read_text("utf-8").replace("Title Only", "Title and Content"), "utf-8")
    slides = pptx.Presentation(io.BytesIO(RENDERERS["pptx"](in_brand(house)))).slides
    assert {slide.slide_layout.name for slide in slides} == {"Title and Content"}
    assert {len(list(slide.placeholders)) for slide in slides} == {1}


def test_a_layout_without_a_title_and_a_document_that_is_none_are_named(house):
    (problem,) = slide_flaws(house / "base.pptx", "Blank")
    assert "has no placeholder for the title" in problem.message
    path = house / "base.docx"
    path.write_bytes(repacked(path.read_bytes(), **{"word/document.xml": lambda _: b"<torn"}))
    (problem,) = problems_of(lambda: list(word_flaws(path)))
    assert problem.fix.startswith("save it as")


def test_the_report_stands_where_its_control_stood(house):
    made = in_brand(house)
    document = word.Document(io.BytesIO(RENDERERS["docx"](made)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == [section.title for section in made.sections]
    assert not [text for text in texts if text.startswith("[")]
    footer = document.sections[0].footer._element
    assert made.title in [text.text for text in footer.iter(f"{W}t")]
    headed = "".join(t.text for t in document.sections[0].header._element.iter(f"{W}t"))
    assert headed == "Maison Lorient"


def test_charts_take_the_colours_of_the_base(house):
    for form in ("docx", "pptx"):
        with zipfile.ZipFile(io.BytesIO(RENDERERS[form](in_brand(house)))) as archive:
            charts = [n for n in archive.namelist() if re.search("charts/.*chart.*[.]xml$", n)]
            assert charts
            for name in charts:
                assert b'schemeClr val="accent1"' in archive.read(name)


def test_slides_are_made_with_the_layout_of_the_base_and_its_own_slides_go(house):
    presentation = pptx.Presentation(house / "base.pptx")
    presentation.slides.add_slide(presentation.slide_layouts[0]).shapes.title.text = "Sample"
    presentation.slide_layouts[5].name = "Titre seul"
    presentation.save(house / "base.pptx")
    (problem,) = slide_flaws(house / "base.pptx", "Title Only")
    assert "Titre seul" in problem.fix
    path = house / "brand.yaml"
    path.write_text(path.read_text("utf-8").replace("Title Only", "Titre seul"), "utf-8")
    slides = pptx.Presentation(io.BytesIO(RENDERERS["pptx"](in_brand(house)))).slides
    assert {slide.slide_layout.name for slide in slides} == {"Titre seul"}
    assert slides[0].shapes.title.text_frame.text != "Sample"


def test_every_lack_of_a_base_is_named_with_its_fix(house):
    bare = word.Document()
    style = bare.styles["Caption"].element
    style.getparent().remove(style)
    bare.save(house / "base.docx")
    slides = pptx.Presentation()
    slides.save(house / "base.pptx")
    checked = run("template", "check", house / "brand.yaml")
    assert checked.exit_code == 2
    for lack in ("style “Caption”", "content control “report”", "slides are not of the size"):
        assert lack in checked.stderr
    with pytest.raises(BadInput):
        RENDERERS["docx"](in_brand(house))
    with pytest.raises(BadInput):
        RENDERERS["pptx"](in_brand(house))


# What is hostile

RELS = "word/_rels/document.xml.rels"


def linked(kind):
    link = (
        f'<Relationship Id="rId99" Type="http://x/{kind}" Target="http://evil/x" '
        'TargetMode="External"/></Relationships>'
    )
    return lambda data: data.replace(b"</Relationships>", link.encode())


def parted(*codes):
    """A field whose code stands in several runs."""
    runs = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    field = f"<w:p>{begin}{runs}{end}</w:p><w:sectPr"
    return lambda data: data.replace(b"<w:sectPr", field.encode(), 1)


def in_utf_16(change):
    """A part that nobody finds who looks at its bytes."""
    return lambda data: change(data).decode().replace("UTF-8", "UTF-16", 1).encode("utf-16")


def quoted_otherwise(change):
    return lambda data: change(data).replace(b'TargetMode="External"', b"TargetMode='External'")


def renamed(change):
    """The same elements under another prefix."""
    return lambda data: change(data).replace(b"w:", b"v:").replace(b"xmlns:w=", b"xmlns:v=")


def inside(kind):
    """A relationship to a part of the package."""
    link = f'<Relationship Id="rId98" Type="http://x/{kind}" Target="x.bin"/></Relationships>'
    return lambda data: data.replace(b"</Relationships>", link.encode())


def coded(code):
    field = f'<w:p><w:fldSimple w:instr="{code}"/></w:p><w:sectPr'
    return lambda data: data.replace(b"<w:sectPr", field.encode(), 1)


HOSTILE = {
    "macros": {"word/vbaProject.bin": lambda _: b"x"},
    "an embedded program": {"word/embeddings/oleObject1.bin": lambda _: b"x"},
    "a template elsewhere": {RELS: linked("attachedTemplate")},
    "a picture elsewhere": {RELS: linked("image")},
    "a field that fetches": {"word/document.xml": coded(' INCLUDETEXT "http://evil" ')},
    "a field that runs": {"word/document.xml": coded(" DDEAUTO cmd ")},
    "a field in pieces": {"word/document.xml": parted(" INCLUDE", "PICTURE http://evil ")},
    "a field inside a field": {"word/document.xml": parted("PAGE </w:instrText><w:fldChar "
        'w:fldCharType="begin"/><w:instrText>DDE cmd')},
    "a field in another encoding": {"word/document.xml": in_utf_16(coded(" DDE cmd "))},
    "a field under another prefix": {"word/document.xml": renamed(coded(" DDE cmd "))},
    "a template in other quotes": {RELS: quoted_otherwise(linked("attachedTemplate"))},
    "a link to a program": {
        RELS: lambda d: linked("hyperlink")(d).replace(b"http://evil", b"file:/")
    },
    "a document inside": {RELS: inside("aFChunk"), "word/x.bin": lambda _: b"{\\rtf1}"},
    "an object under another name": {RELS: inside("oleObject"), "word/x.bin": lambda _: b"x"},
    "a type with macros": {"[Content_Types].xml": lambda d: d.replace(
        b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main")},
    "entities": {"word/document.xml": lambda d: d.replace(b"<w:d", b"<!DOCTYPE x><w:d", 1)},
    "a bomb": {"word/media/x.xml": lambda _: b"\0" * 70_000_000},
    "no XML": {"word/document.xml": lambda _: b"<w:document"},
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_word_base_is_refused(tmp_path, kind):
    path = tmp_path / "base.docx"
    path.write_bytes(word_template())
    assert list(word_flaws(path)) == []  # the control: what is changed is good without the change
    content = repacked(word_template(), **HOSTILE[kind])
    if kind == "a bomb":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("x.xml", b"\0" * 70_000_000)
        content = out.getvalue()
    path.write_bytes(content)
    problems = problems_of(lambda: word_base(path))
    if kind not in ("a bomb", "entities"):
        assert all(problem.message.startswith("refused: ") for problem in problems)


def test_what_is_harmless_is_not_refused(tmp_path):
    path = tmp_path / "base.docx"
    changes = {
        RELS: lambda d: linked("x")(d).replace(b"http://x/x", HYPERLINK.encode()),
        "word/document.xml": lambda d: parted(" TO", 'C \\o "1-1" ')(coded(" PAGE ")(d)),
    }
    path.write_bytes(repacked(word_template(), **changes))
    assert list(word_flaws(path)) == []


def test_a_hostile_presentation_is_refused(tmp_path):
    path = tmp_path / "base.pptx"
    path.write_bytes(slide_template())
    assert list(slide_flaws(path, "Title Only")) == []
    path.write_bytes(repacked(slide_template(), **{"ppt/vbaProject.bin": lambda _: b"x"}))
    assert problems_of(lambda: slide_base(path))
    press = b'<a:hlinkClick xmlns:a="x" action="ppaction://program"/></p:sldMaster>'
    run_by_press = lambda data: data.replace(b"</p:sldMaster>", press)  # noqa: E731 - as above
    master = {"ppt/slideMasters/slideMaster1.xml": run_by_press}
    path.write_bytes(repacked(slide_template(), **master))
    assert problems_of(lambda: slide_base(path))
    path.with_suffix(".pptm").write_bytes(slide_template())
    assert problems_of(lambda: slide_base(path.with_suffix(".pptm")))


def test_a_report_without_a_brand_is_as_ever():
    made = report_of("maison-lorient", "en")
    assert made.brand is None
    assert RENDERERS["docx"](made) == RENDERERS["docx"](replace(made, brand=None))
