"""A guided notebook that Papermill runs is a complete page in any export: no empty widget boxes."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import papermill
import pytest
from nbconvert import HTMLExporter

from tests.notebooks.kept import NOTEBOOKS, TIMEOUT, surroundings
from workbook.widgets.screen import attended

GUIDED = next(path for path in NOTEBOOKS if path.stem == "04_review")
SEEN = {
    "Papermill in a terminal": ({"PATH": "/bin", "TERM": "xterm"}, False),
    "JupyterLab": ({"JPY_SESSION_NAME": "01_experience.ipynb"}, True),
    "Voila": ({"VOILA_PREHEAT": "True"}, True),
    "an editor": ({"VSCODE_PID": "7"}, True),
    "told to be a page": ({"VOILA_PREHEAT": "True", "WORKBOOK_STATIC": "1"}, False),
    "told to be live": ({"WORKBOOK_STATIC": "0"}, True),
}


@pytest.mark.parametrize(("variables", "live"), SEEN.values(), ids=SEEN.keys())
def test_the_screen_is_live_only_where_somebody_looks_on(variables, live):
    assert attended(variables) is live


def test_papermill_and_plain_nbconvert_give_the_whole_page(tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith(("JPY_", "VOILA_", "VSCODE_"))]:
        monkeypatch.delenv(name)
    for name, value in surroundings(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("WORKBOOK_STATIC")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    run = tmp_path / "run.ipynb"
    papermill.execute_notebook(
        GUIDED, run, {"lang": "fr"}, progress_bar=False, execution_timeout=TIMEOUT
    )
    page, _ = HTMLExporter().from_filename(str(Path(run)))
    assert "jupyter.widget" not in page
    assert "embed-amd" not in page
    assert re.search(r'class="[^"]*owb-session[^"]*static', page)
    for heading in ("Carte", "Constats", "Actions", "Ordre du jour", "Validation"):
        assert f"<h2>{heading}</h2>" in page
