"""What may be a logo: a small picture that is only a picture.

An SVG is a program's text: it may only draw. What runs, fetches or embeds is refused by name; so is
a document type, which can make a short file endless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.content.flaws import Flaw

if TYPE_CHECKING:
    from lxml import etree

LOGO_BYTES = 1_000_000
PIXELS = 5_000
"""How wide and how high a picture may be; more is a bomb, or no logo."""
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""How PNG and JPEG begin."""
_ENDS = (b"IEND", b"\xff\xd9")
"""How they end."""
_ENDINGS = (".png", ".jpg", ".jpeg", ".svg")
SVG = "http://www.w3.org/2000/svg"
DRAWING = frozenset({
    "svg", "g", "defs", "title", "desc", "symbol", "use", "path", "rect", "circle", "ellipse",
    "line", "polyline", "polygon", "text", "tspan", "linearGradient", "radialGradient", "stop",
    "clipPath", "mask", "style", "metadata",
})  # fmt: skip
"""The elements that only draw, or say what is drawn."""
LINKS = ("href", "src", "base")
"""Attributes that lead somewhere, in every namespace."""
_FETCHING = re.compile(r"@import|url\(\s*['\"]?(?!#)|expression\(|javascript:", re.IGNORECASE)
_SAVE = "save the logo as PNG, or as plain SVG: shapes alone, without links and scripts"


def logo_flaws(path: Path) -> Iterator[Flaw]:
    """What keeps a file from being a logo."""
    content = path.read_bytes() if path.is_file() and path.stat().st_size <= LOGO_BYTES else b""
    kind, place = path.suffix.lower(), ("logo",)
    if kind == ".svg" and content:
        yield from (Flaw(place, danger, _SAVE) for danger in _svg_dangers(content))
    elif kind not in _ENDINGS or not content.startswith(_PICTURES) or not _opens(content):
        yield Flaw(place, "is no SVG, PNG or JPEG of at most 1 MB", "save the logo as PNG")


def _opens(content: bytes) -> bool:
    """Whether it is a whole picture of a sensible size."""
    from docx.image.image import Image

    try:
        picture = Image.from_blob(content)
        size = max(picture.px_width, picture.px_height)
    except Exception:  # noqa: BLE001 - damage leads it to errors of every kind, bare ones among them
        return False
    return size <= PIXELS and any(end in content[-64:] for end in _ENDS)


def _svg_dangers(content: bytes) -> Iterator[str]:
    from lxml import etree

    if re.search(rb"<!(DOCTYPE|ENTITY)", content, re.IGNORECASE):
        yield "refused: has a document type"
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        yield "is no SVG that can be read"
        return
    if root.tag != f"{{{SVG}}}svg":
        yield "is no SVG that can be read"
        return
    yield from dict.fromkeys(danger for element in root.iter() for danger in _dangers(element))


def _dangers(element: etree._Element) -> Iterator[str]:
    """What in an element could run or fetch; what other programs note beside a drawing is inert."""
    if not isinstance(element.tag, str):
        yield "refused: has an instruction for programs"
        return
    space, _, name = element.tag.rpartition("}")
    if space == f"{{{SVG}" and name not in DRAWING:
        yield f"refused: holds <{name}>"
    if _FETCHING.search(element.text or ""):
        yield f"refused: <{name}> refers to something outside the file"
    for key, value in element.attrib.items():
        own = str(key).rpartition("}")[2].lower()
        if own.startswith("on"):
            yield f"refused: <{name}> has {own}"
        elif (own in LINKS and not str(value).startswith("#")) or _FETCHING.search(str(value)):
            yield f"refused: <{name}> refers to something outside the file"
