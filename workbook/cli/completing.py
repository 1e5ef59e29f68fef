"""What the shell offers after TAB; where something is wrong, nothing: nobody asked to see that."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import typer

from workbook import resources
from workbook.errors import WorkbookError
from workbook.i18n import languages

LANGUAGES = " or ".join(filter(None, (", ".join(languages()[:-1]), languages()[-1])))
"""The languages that screens and reports speak, for texts of help: “en, de or fr”."""
OR_ALL = f"{', '.join(languages())} or all"
"""The same, where all of them can be asked for at once."""


def language(incomplete: str) -> list[str]:
    """The languages that screens and reports speak."""
    return _beginning(incomplete, languages())


def language_or_all(incomplete: str) -> list[str]:
    """The languages that reports come in, and the word for all of them."""
    return [*language(incomplete), *_beginning(incomplete, ["all"])]


def framework(incomplete: str) -> list[str]:
    """The keys of the frameworks of the current workspace, and of those that are shipped."""
    shipped = resources.templates() / "frameworks"
    own = resources.home() / "frameworks"
    roots = [*shipped.glob("*/framework.yaml"), *own.glob("*/framework.yaml")]
    return _beginning(incomplete, sorted({root.parent.name for root in roots}))


def engagement(ctx: typer.Context, incomplete: str) -> list[str]:
    """The keys of the workspace's engagements, the last changed first."""
    from workbook.workspace import Workspace

    folder = ctx.params.get("workspace")
    try:
        engagements = Workspace.at(Path(folder) if folder else None).engagements()
    except (WorkbookError, OSError):
        return []
    return _beginning(incomplete, [engagement.key for engagement in engagements])


def engagement_or_example(ctx: typer.Context, incomplete: str) -> list[str]:
    """What can be opened: the workspace's engagements, then the examples."""
    examples = sorted(path.stem for path in (resources.templates() / "engagements").glob("*.yaml"))
    own = engagement(ctx, incomplete)
    return [*own, *(key for key in _beginning(incomplete, examples) if key not in own)]


def _beginning(incomplete: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if word.startswith(incomplete)]
