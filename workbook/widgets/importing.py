"""Commands that take a list in: shown first, read in another way, recorded in one step."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from workbook.widgets.incoming import read_incoming
from workbook.widgets.registry import command
from workbook.widgets.state import Context, Outcome, ScreenState, TakeIn
from workbook.widgets.trying import ended

Kind = Literal["people", "systems", "matrix", "answers", "actions", "questionnaire"]


@command("import")
def bring_in(
    screen: ScreenState,
    context: Context,
    *,
    name: str = "",
    data: bytes | None = None,
    text: str | None = None,
) -> Outcome:
    """Show what a file or a pasted text would change; nothing is recorded."""
    from workbook.exchange.kinds import TableKind
    from workbook.exchange.request import ImportRequest

    if data is None and not (text or "").strip():
        return Outcome(replace(screen, incoming=None))
    day = context.voice.date(context.as_of, "medium")
    name = name or context.voice.t("pasted on {date}", date=day)
    request = ImportRequest(otherwise=TableKind.PEOPLE if data is None else None)
    content = text or "" if data is None else data
    return Outcome(
        replace(screen, incoming=read_incoming(str(context.key), name, content, request))
    )


@command("import_as")
def read_otherwise(  # noqa: PLR0913 - each is one choice on the sheet
    screen: ScreenState,
    _: Context,
    *,
    kind: Kind | None = None,
    sheet: str | None = None,
    chosen: dict[str, str] | None = None,
    same: dict[int, bool | None] | None = None,
    overwrite: bool | None = None,
    complete: bool | None = None,
    decided: bool | None = None,
) -> Outcome:
    """Read what came in as another kind, on another sheet, or a part of it in another way.

    A blank `sheet` is whichever fits.
    """
    from workbook.exchange.kinds import TableKind

    incoming = screen.incoming
    if incoming is None:
        return Outcome(screen)
    request = incoming.request
    if kind is not None:
        # What was chosen for another kind means nothing for this one.
        request = replace(request, kind=TableKind(kind), chosen={}, same={})
    if sheet is not None:
        request = replace(request, sheet=sheet or None, chosen={}, same={})
    answers = {**request.same, **(same or {})}
    request = replace(
        request,
        chosen={**request.chosen, **(chosen or {})},
        same={line: answer for line, answer in answers.items() if answer is not None},
        overwrite=request.overwrite if overwrite is None else overwrite,
        complete=request.complete if complete is None else complete,
        decided=request.decided if decided is None else decided,
    )
    return Outcome(replace(screen, incoming=replace(incoming, request=request)))


@command("import_cancel")
def cancel(screen: ScreenState, _: Context) -> Outcome:
    """Leave what came in; nothing was recorded."""
    return Outcome(replace(screen, incoming=None))


@command("import_record")
def take_over(screen: ScreenState, context: Context) -> Outcome:
    """Record what is shown of it, as one step of undo; never into a trial."""
    return Outcome(ended(screen, context), effect=TakeIn(), compare=True)
