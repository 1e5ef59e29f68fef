"""The logo of a brand as a picture that every format can hold: what is drawn becomes pixels."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook.fragments.brand import Brand

LOGO = "logo"
"""What the file of a logo is called where a document is set."""
_PAGE = "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image({}, height: 3cm)"


def logo_picture(brand: Brand) -> bytes | None:
    """The logo as PNG or JPEG."""
    path = brand.file(brand.logo)
    if path is None:
        return None
    content = path.read_bytes()
    return _pixels(content) if path.suffix.lower() == ".svg" else content


@cache
def _pixels(drawing: bytes) -> bytes:
    """A drawing as PNG, at 300 dots per inch of a logo three centimetres high."""
    import typst

    with tempfile.TemporaryDirectory(prefix="workbook-logo-") as folder:
        (Path(folder) / f"{LOGO}.svg").write_bytes(drawing)
        main = Path(folder) / "main.typ"
        main.write_text(_PAGE.format(f'"{LOGO}.svg"'), "utf-8")
        content = typst.compile(str(main), root=folder, format="png", ppi=300)
    if not isinstance(content, bytes):
        raise TypeError("a logo is one picture")
    return content
