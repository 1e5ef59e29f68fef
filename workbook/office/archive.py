"""Office files are ZIP archives: the same content gives the same bytes, whenever it is written."""

from __future__ import annotations

import io
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP archive can tell."""


def steady(content: bytes, *, language: str = "") -> bytes:
    """The archive without the moment at which it was written.

    `language` is told in the properties, for libraries that have no word for it.
    """
    spoken = b"<dc:language>%s</dc:language></cp:coreProperties>" % language.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if language and entry.filename == "docProps/core.xml":
                data = data.replace(b"</cp:coreProperties>", spoken)
            new.writestr(zipfile.ZipInfo(entry.filename, EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
