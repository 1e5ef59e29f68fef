"""Notebooks are thin, complete and clean: what they show was run, the work is elsewhere."""

from __future__ import annotations

import nbformat
import pytest

from tests.notebooks.kept import NOTEBOOKS
from workbook.batch.parameters import read_parameters
from workbook.i18n import languages

CODE_CELLS = 6
LINES = 8
TAKES_ENGAGEMENT = [path for path in NOTEBOOKS if "engagement" in read_parameters(path)]


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_the_shipped_notebooks_are_there():
    names = {path.stem for path in NOTEBOOKS}
    assert {"00_start", "01_experience", "02_technology", "03_executive_sponsor"} < names
    assert {"04_review", "05_report"} < names


def test_one_cell_holds_the_parameters_and_explains_each(notebook):
    tagged = [c for c in code(notebook) if "parameters" in c.metadata.get("tags", ())]
    assert len(tagged) == 1
    for line in tagged[0].source.splitlines():
        assert ": " in line.split("=")[0], f"not typed: {line}"
        assert "  # " in line, f"not explained: {line}"
        if line.startswith("lang:"):
            assert [each for each in languages() if f'"{each}"' not in line] == []


def test_cells_are_few_and_short(notebook):
    tagged = [c for c in code(notebook) if "parameters" not in c.metadata.get("tags", ())]
    assert 1 <= len(tagged) <= CODE_CELLS
    assert max(len(cell.source.splitlines()) for cell in tagged) <= LINES


def test_every_code_cell_was_run_in_order(notebook):
    counts = [cell.execution_count for cell in code(notebook)]
    assert counts == list(range(1, len(counts) + 1))


def test_something_is_shown_and_nothing_failed(notebook):
    outputs = [output for cell in code(notebook) for output in cell.outputs]
    assert {"execute_result", "display_data"} & {output.output_type for output in outputs}
    assert not [o for o in outputs if o.output_type in {"error", "stream"}]
    for output in outputs:
        assert {"text/html", "text/plain"} <= set(output.data)


def test_no_widget_state_and_no_time_of_a_run_is_kept(notebook):
    assert "widgets" not in notebook.metadata
    assert not [c for c in notebook.cells if "execution" in c.metadata or "papermill" in c.metadata]


@pytest.mark.parametrize("path", TAKES_ENGAGEMENT, ids=lambda path: path.stem)
def test_an_engagement_a_language_and_a_day_are_asked_for_in_the_same_words(path):
    parameters = read_parameters(path)
    asked = [(name, parameters[name].kind) for name in ("engagement", "lang", "as_of")]
    assert asked == [("engagement", "str"), ("lang", "str"), ("as_of", "str")]
