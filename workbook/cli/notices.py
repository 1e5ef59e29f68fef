"""`--notify`: tell people who are not at the machine, once a command is over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from workbook.cli.output import echo
from workbook.cli.speaking import say, speaker
from workbook.errors import every

if TYPE_CHECKING:
    from workbook.exchange.notifying import Addressee

Notify: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--notify",
        metavar="ADDRESS",
        help="Tell people: file:PATH, smtp://HOST or https://…, repeatable.",
    ),
]


def recipients(addresses: Sequence[str] | None) -> tuple[Addressee, ...]:
    """Where to send; BadInput with all that is wrong, before anything is done."""
    if not addresses:
        return ()
    from workbook.exchange.notifying import destination

    return tuple(every(destination, addresses))


def notify(to: Iterable[Addressee], subject: str, lines: Iterable[str]) -> None:
    """Send to each; one that cannot be reached is a warning and stops nothing."""
    from workbook.exchange.notifying import Notification, NotSent

    v, body = speaker(), tuple(lines)
    for recipient in to:
        try:
            recipient.send(Notification(subject, body, v.language))
        except NotSent as error:
            reason = say(str(error))
            echo(
                v.t("not sent to {place}: {reason}", place=recipient.name, reason=reason), err=True
            )
