"""`workbook evaluate`: the result of engagements in a few lines, without a report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.options import Day, Documents, Named, NamesShown, language
from workbook.cli.output import echo, echo_json
from workbook.cli.report import today
from workbook.errors import every

if TYPE_CHECKING:
    from workbook.content import Loaded


def evaluate(
    files: Documents,
    as_of: Day = "",
    lang: Annotated[str, language("{}; by default each engagement’s own.")] = "",
    names: Named = NamesShown.ON,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the whole evaluation as JSON: codes and numbers.")
    ] = False,
) -> None:
    """Evaluate engagements: level, score with its range, areas, gates, findings, actions.

    Examples:

      workbook evaluate acme.yaml

      workbook evaluate clients/*.yaml --as-of 2026-11-23 --json
    """
    from workbook.dates import read_date
    from workbook.i18n import voice

    as_of_day = read_date(as_of or today(), "--as-of")
    if lang:
        voice(lang)
    loaded = load_all(files)
    if names is NamesShown.OFF:
        loaded = [_pseudonymised(document, lang) for document in loaded]
    if as_json:
        results = [as_data(document, as_of_day) for document in loaded]
        echo_json({"results": results})
        return
    echo("\n\n".join(as_text(document, as_of_day, lang) for document in loaded))


def _pseudonymised(document: Loaded, lang: str) -> Loaded:
    from workbook.i18n import voice
    from workbook.report.nameless import pseudonymised

    speaker = voice(lang or document.engagement.language)
    return document._replace(engagement=pseudonymised(document.engagement, speaker))


def load_all(files: Sequence[Path]) -> list[Loaded]:
    """Every document, or BadInput with the problems of all of them."""
    from workbook.content import load_engagement

    return every(load_engagement, files)


def as_text(loaded: Loaded, as_of: dt.date, lang: str) -> str:
    """One engagement's result in words."""
    from workbook.report import build, plain
    from workbook.scoring import evaluate as evaluated

    evaluation = evaluated(loaded.rules, loaded.engagement, as_of)
    language = lang or loaded.engagement.language
    sections = ("gates", "findings", "actions")
    return plain(build(loaded.rules, loaded.engagement, evaluation, language, sections))


def as_data(loaded: Loaded, as_of: dt.date) -> dict[str, object]:
    """One engagement's evaluation as plain values."""
    from workbook.scoring import evaluate as evaluated
    from workbook.scoring.disclosure import shown_data

    evaluation = evaluated(loaded.rules, loaded.engagement, as_of)
    return shown_data(loaded.rules, loaded.engagement, evaluation)
