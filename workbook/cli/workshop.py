"""`workbook workshop`: the host of a workshop, where everybody answers alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbook.cli.options import BrandFile, Browser, EngagementKey, Port, WorkspaceFolder
from workbook.cli.output import echo
from workbook.cli.speaking import speaker
from workbook.errors import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

USUAL_PORT = 8877


def workshop(
    engagement: EngagementKey,
    port: Port = None,
    browser: Browser = True,
    lan: Annotated[
        bool, typer.Option("--lan", help="Open it to the room’s network, encrypted.")
    ] = False,
    cert: Annotated[
        Path | None, typer.Option(metavar="FILE", help="With --lan: a certificate of yours, PEM.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="With --lan: the key of the certificate.")
    ] = None,
    name: Annotated[
        str, typer.Option(help="With --cert: the name of this machine that the certificate bears.")
    ] = "",
    revoke_board: Annotated[
        bool,
        typer.Option(
            "--revoke-board",
            help="Take the links to the board back, and open nothing. Starting the workshop again "
            "makes a new one.",
        ),
    ] = False,
    brand: BrandFile = "",
    workspace: WorkspaceFolder = None,
) -> None:
    """Open a workshop: the board here, a page for everybody who answers.

    Examples:

      workbook workshop acme

      workbook workshop acme --no-browser

      workbook workshop acme --lan

      workbook workshop acme --revoke-board
    """
    from workbook.cli.serving import checked, run, wear
    from workbook.serve import place_of
    from workbook.serve.host import WorkshopHost

    folder = checked(workspace, engagement, "")
    if revoke_board:
        _revoke_board(folder, engagement)
        return
    wear(brand)
    place = place_of(folder, "workshop", USUAL_PORT, port)
    if (cert is None) != (key is None) or ((cert or name) and not lan):
        fix = "give both, with --lan, and --name if the certificate bears a name"
        raise BadInput(Problem("--cert and --key belong together", fix))
    network = _network((cert, key) if cert and key else None, name) if lan else {}
    host = WorkshopHost(folder, engagement, port=place.port, **network)
    if host.shared:
        address = host.board_link(host.origin)
        echo(speaker().t("The board from another machine: {address}", address=address))
    run(host, browser=browser)


def _revoke_board(folder: Path, key: str) -> None:
    """Take the board's links back: those of a host that runs, too."""
    from workbook.dates import day
    from workbook.workshop import invitation_change, revoke_board
    from workbook.workspace import Workspace

    session = Workspace.at(folder).open(key)
    session.record(invitation_change(revoke_board(session.engagement, day(""))))
    session.flush()
    echo(speaker().t("The links to the board open nothing any more."))


def _network(pair: tuple[Path, Path] | None, name: str) -> Mapping[str, Any]:
    """Where the host is on the room's network, and how it encrypts."""
    from workbook.serve.host.tls import context_of, lan_address, own_context

    address = lan_address()
    tls = context_of(*pair) if pair else own_context(address, dt.datetime.now(dt.UTC))
    return {"address": address, "tls": tls, "name": name}
