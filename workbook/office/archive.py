"""Office files are ZIP archives: the same content gives the same bytes, whenever it is written."""

from __future__ import annotations

import io
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP archive can tell."""
_FIRST = b"\0\0\x21\0"
"""The same as an archive writes it: the time, then the day."""
_ENTRY = 46
"""The bytes of an entry of the directory before its name."""


def steady(content: bytes) -> bytes:
    """The archive without the moments at which its files were written; they are not packed anew."""
    whole = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        at = archive.start_dir
        for entry in archive.infolist():
            for moment in (entry.header_offset + 10, at + 12):
                whole[moment : moment + 4] = _FIRST
            at += _ENTRY + len(entry.orig_filename.encode()) + len(entry.extra) + len(entry.comment)
    return bytes(whole)


def in_language(content: bytes, language: str) -> bytes:
    """The archive with its language in its properties, for a library that has no word for it."""
    spoken = b"<dc:language>%s</dc:language></cp:coreProperties>" % language.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "docProps/core.xml":
                data = data.replace(b"</cp:coreProperties>", spoken)
            new.writestr(zipfile.ZipInfo(entry.filename, EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
