"""Archives of office documents, measured before anything in them is parsed.

A small file may unfold to gigabytes, and a document type may declare entities that do so later.
"""

from __future__ import annotations

import zipfile

from workbook.errors import BadInput, Problem

MAX_ENTRIES = 1_000
MAX_UNPACKED = 60_000_000
MAX_RATIO = 150
"""Unpacked ÷ packed size of one entry above a megabyte; sheets reach 30, bombs a thousand."""


def refuse_danger(archive: zipfile.ZipFile, file: str) -> None:
    """BadInput for an archive that unfolds too far, or that declares entities."""
    if message := _oversized(archive) or _entities(archive):
        fix = "save the sheet with the table alone as XLSX or CSV"
        raise BadInput(Problem(message, fix, file=file))


def _oversized(archive: zipfile.ZipFile) -> str:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        return f"refused: {len(entries)} entries in the archive, at most {MAX_ENTRIES} allowed"
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        return f"refused: unfolds to {unpacked // 1_000_000} MB, at most 60 MB allowed"
    for entry in entries:
        if entry.file_size > max(1_000_000, MAX_RATIO * entry.compress_size):
            return f"refused: {entry.filename} unfolds {MAX_RATIO} times or more"
    return ""


def _entities(archive: zipfile.ZipFile) -> str:
    for entry in archive.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            with archive.open(entry) as part:
                if b"<!DOCTYPE" in part.read(4_000):
                    return f"refused: {entry.filename} declares a document type"
    return ""
