"""The house's own Word document or presentation as base: opened safely, checked, filled.

Nothing in a base is run or fetched. What could be is refused: macros, embedded programs, links to
elsewhere, fields that fetch. Content controls and layouts are found by name.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from workbook.errors import BadInput, Problem
from workbook.exchange.tables.archive import refuse_danger

STYLES = ("Title", "Subtitle", "Heading 1", "Heading 2", "Caption", "List Bullet")
"""The styles that a Word base needs, beside Normal, Header and Footer, which every one has."""
REPORT = "report"
"""The tag of the content control that the report takes the place of."""
TEXTS = ("title", "organisation", "date", "headline", "summary", "cover")
"""Tags of content controls for texts of the report."""
SLIDE = (12_192_000, 6_858_000)
"""A wide slide, in English metric units."""
NEAR = 40_000
"""A millimetre, about."""
MAX_PACKED = 20_000_000
_ACTIVE = re.compile(r"vbaProject|vbaData|activeX|/embeddings/|oleObject|customUI", re.IGNORECASE)
_RUNNING = frozenset({"oleObject", "package", "control", "vbaProject", "aFChunk", "frame",
                      "attachedTemplate", "subDocument", "externalLink"})  # fmt: skip
"""Relationships to what runs, is fetched, or is read as a document of its own."""
_LEADS = ("http://", "https://", "mailto:")
"""Where a link may lead, which a reader follows or not."""
_JUMPS = "ppaction://hlink"
"""What a press on a slide may do: go elsewhere in the presentation."""
_QUIET = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "TOC", "DATE", "TITLE", "STYLEREF", "REF",
                    "PAGEREF", "SEQ", "AUTHOR", "SUBJECT", "KEYWORDS", "HYPERLINK"})  # fmt: skip
"""Fields that tell of the document itself."""
Untyped = Any
"""A value of python-docx or python-pptx, which ship few types."""


def word_base(path: Path) -> Untyped:
    """A Word document to begin from; BadInput if it is broken, or could do something."""
    from docx import Document

    return _opened(path, Document, "is no Word document", ".docx")


def slide_base(path: Path) -> Untyped:
    """A presentation to begin from; BadInput if it is broken, or could do something."""
    from pptx import Presentation

    return _opened(path, Presentation, "is no presentation", ".pptx")


def _opened(path: Path, read: Callable[[Untyped], Untyped], damaged: str, ending: str) -> Untyped:
    content = path.read_bytes()
    fix = f"save it as {ending}, without macros, links to other files and embedded objects"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            refuse_danger(archive, str(path))
            dangers = list(_dangers(archive))
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise BadInput(Problem(damaged, fix, str(path))) from error
    if path.suffix.lower() != ending or len(content) > MAX_PACKED:
        dangers.append(f"is no {ending} of at most 20 MB")
    if dangers:
        raise BadInput([Problem(danger, fix, str(path)) for danger in dangers])
    try:
        return read(io.BytesIO(content))
    except Exception as error:
        # Damage leads lxml and the libraries to errors of every kind, and none is ours.
        raise BadInput(Problem(damaged, fix, str(path))) from error


def _dangers(archive: zipfile.ZipFile) -> Iterator[str]:
    """What in a package could run, fetch, or lead elsewhere.

    Parts are parsed: a search through their bytes would miss other quotes, prefixes and encodings.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for entry in archive.infolist():
        name = entry.filename
        if _ACTIVE.search(name):
            yield f"refused: holds {name}"
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            root = etree.fromstring(archive.read(entry), parser)
        except etree.XMLSyntaxError:
            yield f"refused: {name} is no XML"
            continue
        elements = [each for each in root.iter() if isinstance(each.tag, str)]
        for element in elements:
            yield from _of_element(name, element)
        for code in _fields(elements):
            word = code.split()[:1]
            if word and word[0].upper() not in _QUIET:
                yield f"refused: {name} has a field {word[0]}"


def _of_element(name: str, element: etree._Element) -> Iterator[str]:
    """What in an element of a part could run, fetch, or lead elsewhere."""
    kind, values = _local(element.tag), {_local(key): v for key, v in element.attrib.items()}
    if kind == "Relationship":
        meaning, target = _local(values.get("Type", ""), "/"), values.get("Target", "").lower()
        link = meaning == "hyperlink" and target.startswith(_LEADS)
        if meaning in _RUNNING:
            yield f"refused: holds {meaning}"
        elif values.get("TargetMode") == "External" and not link:
            yield f"refused: {name} refers to something outside the file"
    elif kind in ("Override", "Default") and "macroEnabled" in values.get("ContentType", ""):
        yield "refused: has macros"
    action = values.get("action", "")
    if action.startswith("ppaction:") and not action.startswith(_JUMPS):
        yield f"refused: holds {action}"


def _fields(elements: Iterable[etree._Element]) -> Iterator[str]:
    """The codes of the fields of a part, which may be parted into runs, one inside the other."""
    codes: list[str] = [""]
    for element in elements:
        kind = _local(element.tag)
        ends = [value for key, value in element.attrib.items() if _local(key) == "fldCharType"]
        if kind == "fldSimple":
            yield from (value for key, value in element.attrib.items() if _local(key) == "instr")
        elif kind in ("instrText", "delInstrText"):
            codes[-1] += element.text or ""
        elif ends == ["begin"]:
            codes.append("")
        elif ends and len(codes) > 1:
            yield codes[-1]
            codes[-1] = ""
            if ends == ["end"]:
                codes.pop()
    yield from codes


def _local(name: str | bytes, parting: str = "}") -> str:
    """A name without what stands before it: a namespace, or an address."""
    return str(name).rpartition(parting)[2]


def word_flaws(path: Path) -> Iterator[Problem]:
    """What a Word base lacks; BadInput if it cannot be opened."""
    document = word_base(path)
    styles = {style.name for style in document.styles}
    for style in STYLES:
        if style not in styles:
            fix = "add a style of this name, or begin from: workbook template new"
            yield Problem(f"has no style “{style}”", fix, str(path))
    control = controls(document.element.body).get(REPORT)
    if control is None or control.getparent() is not document.element.body:
        fix = "put a content control with the tag “report” into a paragraph of its own"
        yield Problem("has no content control “report” of its own", fix, str(path))


def slide_flaws(path: Path, *layouts: str) -> Iterator[Problem]:
    """What a presentation lacks for these layouts; BadInput if it cannot be opened."""
    presentation = slide_base(path)
    names = [each.name for each in presentation.slide_layouts]
    for layout in dict.fromkeys(layouts):
        if layout not in names:
            listed = ", ".join(names)
            fix = f"add a layout of this name, or name another in brand.yaml: {listed}"
            yield Problem(f"has no layout “{layout}”", fix, str(path))
            continue
        chosen = presentation.slide_layouts[names.index(layout)]
        if not any(shape.placeholder_format.type in (1, 3) for shape in chosen.placeholders):
            fix = "give it a placeholder for the title"
            yield Problem(f"layout “{layout}” has no placeholder for the title", fix, str(path))
    size = (presentation.slide_width, presentation.slide_height)
    if any(abs(own - wide) > NEAR for own, wide in zip(size, SLIDE, strict=True)):
        fix = "set their size to 33.867 × 19.05 cm"
        yield Problem("slides are not of the size of a wide screen", fix, str(path))


def controls(body: Untyped) -> dict[str, Untyped]:
    """The content controls of a document by their tags, in lower case."""
    from docx.oxml.ns import qn

    tagged: dict[str, Untyped] = {}
    for control in body.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        if tag is not None:
            tagged.setdefault(str(tag.get(qn("w:val"))).lower(), control)
    return tagged
