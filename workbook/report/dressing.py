"""Puts the brand of a folder on whatever is handed out from there."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from workbook.content.sources import brand_path
from workbook.fragments.leaflet import Leaflet
from workbook.report.brand import load_brand
from workbook.report.build import SECTIONS
from workbook.report.value import Report

Dressed = TypeVar("Dressed", bound=Report | Leaflet)


def in_brand(document: Dressed, folder: Path, named: str = "") -> Dressed:
    """The document in the brand that is named, else in that of the folder; BadInput if it is wrong.

    Where there is no brand, it keeps our look.
    """
    path = brand_path(folder, named)
    if path is None:
        return document
    dressed: Dressed = document.in_brand(load_brand(path, tuple(SECTIONS)))  # type: ignore[assignment]
    return dressed
