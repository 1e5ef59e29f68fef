"""The list of commands that `workbook --help` shows.

Typer's own rendering imports a Markdown parser and a syntax highlighter first, which takes longer
than everything else together; this page needs a table only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

Row = tuple[str, str]
"""A name, or the title of a panel, and what it says."""


def show(usage: str, about: str, options: Iterable[Row], commands: Mapping[str, Row]) -> None:
    """Print usage, purpose, commands (panel and help of each) panel by panel, and options."""
    console = Console(highlight=False)
    console.print()
    console.print(Text(usage.strip(), style="bold"), soft_wrap=True)
    console.print()
    console.print(Text(about))
    width = max(map(len, commands))
    for panel, listed in groupby(commands.items(), key=lambda pair: pair[1][0]):
        _section(console, panel, [(name, help_) for name, (_, help_) in listed], width)
    _section(console, "Options", list(options), width)
    console.print()


def _section(console: Console, title: str, rows: list[Row], width: int) -> None:
    table = Table.grid(padding=(0, 3))
    table.add_column(style="cyan", no_wrap=True, min_width=width)
    table.add_column()
    for name, text in rows:
        table.add_row(Text(name), Text(text))
    console.print()
    console.print(Text(title, style="bold"))
    console.print(Padding(table, (0, 0, 0, 2)))
