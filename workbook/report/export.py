"""From a notebook that has run to a page for readers, through our nbconvert template.

What the notebook shows is what the page says: outputs in order, notes that a consultant added in
Markdown between them, no code. Widget state is dropped first, since it would hide the outputs.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from workbook import resources
from workbook.fragments.shell import METADATA, document, without_sheet
from workbook.i18n import ENGLISH

if TYPE_CHECKING:
    from nbconvert.exporters import TemplateExporter
    from nbformat import NotebookNode

TEMPLATE = "ownership"
SHOWN = ("text/html", "image/svg+xml", "image/png", "text/markdown", "text/plain")
"""What a page can show of an output, the richest first; widgets cannot work without a kernel."""
LAB_ONLY = "lab-only"
"""Cells with this tag speak to whoever runs the notebook, not to the reader."""


def page_of(notebook: NotebookNode) -> str:
    """The self-contained page of an executed notebook (an nbformat v4 node)."""
    notebook.metadata.pop("widgets", None)
    body, _ = _exporter().from_notebook_node(notebook)
    details = _details(notebook)
    theme = details.get("theme", "auto")
    return document(
        details["title"],
        details["lang"],
        body.strip(),
        theme=theme,
        provenance=details.get("provenance", ""),
    )


def _details(notebook: NotebookNode) -> dict[str, str]:
    """Title, language and theme: as the notebook's outputs say, else as it was run."""
    run = notebook.metadata.get("papermill", {}).get("parameters", {})
    details = {"title": notebook.metadata.get("title", ""), "lang": run.get("lang") or ENGLISH}
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            details |= output.get("metadata", {}).get(METADATA, {})
    return details


@cache
def _exporter() -> TemplateExporter:
    # Not HTMLExporter: it parses the finished page once more, which costs more than all the rest.
    from nbconvert.exporters import TemplateExporter
    from nbconvert.filters import markdown2html
    from traitlets.config import Config

    config = Config()
    config.NbConvertBase.display_data_priority = list(SHOWN)
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = {LAB_ONLY}
    return TemplateExporter(  # type: ignore[no-untyped-call]
        config=config,
        template_name=TEMPLATE,
        template_extension=".html.j2",
        extra_template_basedirs=[str(resources.templates() / "reports")],
        filters={"without_sheet": without_sheet, "markdown2html": markdown2html},
    )
