"""Running a server from the command line: say the address, open the browser, stop on Ctrl+C."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.cli.output import echo
from workbook.cli.speaking import speaker
from workbook.resources import expanded
from workbook.serve.place import open_when_ready

if TYPE_CHECKING:
    from workbook.serve import Lab, VoilaSession
    from workbook.serve.host import WorkshopHost


def checked(workspace: Path | None, engagement: str, lang: str) -> Path:
    """The workspace's folder; BadInput if the language or the engagement is not there."""
    from workbook.i18n import voice
    from workbook.workspace import Workspace

    if lang:
        voice(lang)
    home = Workspace.at(workspace)
    if engagement:
        home.open(engagement)
    return home.path


def run(server: Lab | VoilaSession | WorkshopHost, *, browser: bool) -> None:
    """Serve until interrupted."""
    echo(speaker().t("Open {address}", address=server.url))
    echo(speaker().t("Stop with Ctrl+C; every answer is saved."), err=True)
    if browser:
        open_when_ready(server.url, server.port)
    server.serve()


def wear(brand: str) -> None:
    """Give everything that is handed out this brand; BadInput with every problem in it."""
    if brand:
        from workbook.content.sources import BRAND_NAMED
        from workbook.report.brand import load_brand
        from workbook.report.build import SECTIONS

        path = expanded(brand).absolute()
        load_brand(path, tuple(SECTIONS))
        os.environ[BRAND_NAMED] = str(path)
