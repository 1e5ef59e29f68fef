"""What comes out of a run: the page, the notebook itself, the evaluation in codes and numbers.

Each is a function from the notebook that ran (an nbformat node) to what its file holds. It is named
in full, so that the process that ran the notebook can find it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

HTML, IPYNB, JSON = "html", "ipynb", "json"
FORMATS: Mapping[str, str] = {
    HTML: "workbook.report.export:page_of",
    IPYNB: "workbook.batch.formats:notebook",
    JSON: "workbook.batch.formats:evaluation",
}
"""What makes each format, by the ending of its files."""


def warm() -> None:
    """Load and fill what every page needs, once for all reports that are forked from here."""
    from nbformat.v4 import new_notebook

    from workbook.report.export import page_of

    empty = new_notebook()  # type: ignore[no-untyped-call]
    page_of(empty)


def notebook(node: NotebookNode) -> str:
    """The notebook itself."""
    import nbformat

    text: str = nbformat.writes(node)  # type: ignore[no-untyped-call]
    return text + "\n"


def evaluation(node: NotebookNode) -> str:
    """The evaluation of the engagement that the notebook was run for, as of its day."""
    values = node.metadata.papermill.parameters
    return evaluation_of(values["engagement"], values["as_of"])


def evaluation_of(document: str, day: str) -> str:
    """The evaluation of a document as of a day (ISO). It needs no notebook."""
    from workbook.content import load_engagement
    from workbook.scoring import evaluate

    loaded = load_engagement(document)
    evaluation = evaluate(loaded.rules, loaded.engagement, dt.date.fromisoformat(day))
    return json.dumps(asdict(evaluation), default=str, ensure_ascii=False, indent=2) + "\n"
