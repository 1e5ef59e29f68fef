"""Running a server from the command line: say the address, open the browser, stop on Ctrl+C."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from workbook.serve.place import open_when_ready

if TYPE_CHECKING:
    from workbook.serve import Lab, VoilaSession


def run(server: Lab | VoilaSession, *, browser: bool) -> None:
    """Serve until interrupted."""
    typer.echo(f"Open {server.url}")
    typer.echo("Stop with Ctrl+C; every answer is saved.", err=True)
    if browser:
        open_when_ready(server.url, server.port)
    server.serve()
