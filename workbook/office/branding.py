"""A finished office document in the look of a house: its colours, its font, its logo, its base."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.shared import Cm

from workbook.errors import BadInput
from workbook.exchange.tables.writing import legal
from workbook.office.archive import EPOCH, steady
from workbook.office.basing import REPORT, TEXTS, controls, word_base, word_flaws
from workbook.office.logos import logo_picture
from workbook.office.palette import ACCENT, ACCENT_3, in_brand
from workbook.office.paper import PaperDocument, paper_of

if TYPE_CHECKING:
    from workbook.fragments.brand import Brand

FONT = b'"Calibri"'
LOGO_HEIGHT, COVER_LOGO, LOGO_WIDTH = Cm(1.2), Cm(2.2), Cm(9)
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
THEME = {
    ACCENT.encode(): b'<a:schemeClr val="accent1"/>',
    ACCENT_3.encode(): b'<a:schemeClr val="accent1"><a:lumMod val="40000"/>'
    b'<a:lumOff val="60000"/></a:schemeClr>',
}
"""What stands for our colours in charts that take those of a base’s theme."""
Untyped = Any
"""A value of python-docx, which ships few types."""


def branded(render: Callable[..., bytes]) -> Callable[..., bytes]:
    """The renderer of a format, for documents that may have a brand."""
    form = render.__name__

    @wraps(render)
    def rendered(source: Any) -> bytes:  # noqa: ANN401 - a report, or a leaflet
        content, brand = render(source), getattr(source, "brand", None)
        if brand is None:
            return content
        if form == "docx":
            content = _word(content, paper_of(source), brand)
        return _recoloured(content, brand, based=bool(getattr(brand, form, None)))

    return rendered


def _recoloured(content: bytes, brand: Brand, *, based: bool) -> bytes:
    """Our colours and our font, wherever a part names them, replaced by the brand's."""
    new = {old.encode(): colour.encode() for old, colour in in_brand(brand).items()}
    ours = re.compile(b'("(?:FF)?)(%s)"' % b"|".join(new))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            data = before.read(entry)
            if entry.filename.endswith(".xlsx"):
                data = _recoloured(data, brand, based=False)
            elif entry.filename.endswith(".xml"):
                if based and "/charts/" in entry.filename:
                    data = _of_theme(data)
                data = ours.sub(lambda match: match[1] + new[match[2]] + b'"', data)
                if brand.font:
                    data = data.replace(FONT, f'"{brand.font}"'.encode())
            after.writestr(zipfile.ZipInfo(entry.filename, EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _of_theme(chart: bytes) -> bytes:
    for colour, scheme in THEME.items():
        chart = chart.replace(b'<a:srgbClr val="%s"/>' % colour, scheme)
    return chart


# Word


def _word(content: bytes, paper: PaperDocument, brand: Brand) -> bytes:
    """The document on its base, if there is one, and with the logo."""
    finished = Document(io.BytesIO(content))
    path = brand.file(brand.docx)
    if path:
        if flaws := list(word_flaws(path)):
            raise BadInput(flaws)
        document = word_base(path)
        _moved(finished, document, _texts(paper))
        finished = document
    elif logo := logo_picture(brand):
        first = finished.paragraphs[0].insert_paragraph_before()
        picture = first.add_run().add_picture(
            io.BytesIO(logo), height=COVER_LOGO if paper.front else LOGO_HEIGHT
        )
        if picture.width > LOGO_WIDTH:
            picture.height = picture.height * LOGO_WIDTH // picture.width
            picture.width = LOGO_WIDTH
        _described(finished, paper.origin)
    out = io.BytesIO()
    finished.save(out)
    return steady(out.getvalue())


def _described(document: Untyped, text: str) -> None:
    """The logo's alternative text: whose it is."""
    next(document.element.body.iter(qn("wp:docPr"))).set("descr", legal(text))


def _texts(paper: PaperDocument) -> Mapping[str, str]:
    cover = " · ".join(paper.front.lines) if paper.front else ""
    values = (paper.title, paper.origin, paper.when, paper.headline, paper.lead, cover)
    return dict(zip(TEXTS, values, strict=True))


def _moved(finished: Untyped, base: Untyped, texts: Mapping[str, str]) -> None:
    """Put a document's body where its base has the control for it, and fill the others."""
    styles = _styles(finished, base)
    parts = _parts(finished, base)
    body = base.element.body
    place = controls(body)[REPORT]
    for element in list(finished.element.body):
        if element.tag == qn("w:sectPr"):
            continue
        for each in element.iter():
            if each.tag in _STYLED:
                each.set(qn("w:val"), styles.get(each.get(qn("w:val")), each.get(qn("w:val"))))
            for name, value in each.attrib.items():
                if name.startswith(OFFICE) and value in parts:
                    each.set(name, parts[value])
        place.addprevious(element)
    place.getparent().remove(place)
    properties, own = base.core_properties, finished.core_properties
    properties.title, properties.language = own.title, own.language
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.keywords = own.keywords
    properties.created = properties.modified = own.created
    for element in _written(base):
        for tag, control in controls(element).items():
            if tag in texts:
                _fill(control, legal(texts[tag]))


_STYLED = (qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))


def _written(document: Untyped) -> Iterator[Untyped]:
    """The body, and what heads and foots its pages."""
    yield document.element.body
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header,
                     section.first_page_footer):  # fmt: skip
            if not part.is_linked_to_previous:
                yield part._element  # noqa: SLF001


def _fill(control: Untyped, text: str) -> None:
    """A text in the first run of a control; its other runs go."""
    first, *others = list(control.iter(qn("w:t"))) or [None]
    if first is None:
        return
    first.text = text
    for other in others:
        other.text = ""


def _styles(finished: Untyped, base: Untyped) -> dict[str, str]:
    """The base's id of each style of ours; one that it lacks is brought along."""
    there = {style.name: style.style_id for style in base.styles}
    taken, ids = set(there.values()), {}
    for style in finished.styles:
        if style.name not in there and style.style_id not in taken:
            element = copy.deepcopy(style.element)
            for numbering in list(element.iter(qn("w:numPr"))):
                numbering.getparent().remove(numbering)
            base.styles.element.append(element)
            there[style.name] = style.style_id
        ids[style.style_id] = there.get(style.name, style.style_id)
    return ids


def _parts(finished: Untyped, base: Untyped) -> dict[str, str]:
    """The base's ids of what our document refers to: charts with their workbooks, pictures."""
    names = {str(part.partname) for part in base.part.package.iter_parts()}
    ids = {}
    for key, relation in finished.part.rels.items():
        if relation.is_external or not _BROUGHT.search(relation.reltype):
            continue
        parts = [relation.target_part, *(r.target_part for r in relation.target_part.rels.values())]
        for part in parts:
            name = str(part.partname)
            stem, ending = name.rsplit(".", 1)
            number = 1
            while name in names:
                name, number = f"{stem}-{number}.{ending}", number + 1
            names.add(name)
            part.partname = PackURI(name)
        ids[key] = base.part.relate_to(relation.target_part, relation.reltype)
    return ids


_BROUGHT = re.compile("/(chart|image)$")
