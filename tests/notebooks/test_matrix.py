"""Every notebook that takes an engagement, on every example, in both languages, by Papermill."""

from __future__ import annotations

import pytest

from tests.notebooks.kept import EXAMPLES, NOTEBOOKS, surroundings
from tests.notebooks.made_reports import reports
from workbook.content import load_engagement
from workbook.report.parameters import read_parameters

TAKES_ENGAGEMENT = [path for path in NOTEBOOKS if "engagement" in read_parameters(path)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("notebook", TAKES_ENGAGEMENT, ids=lambda path: path.stem)
def test_a_notebook_makes_a_page_of_an_example(notebook, example, tmp_path, monkeypatch):
    for name, value in surroundings(tmp_path).items():
        monkeypatch.setenv(name, value)
    outcomes = reports([example], tmp_path / "out", lang="all", notebook=notebook, jobs=2)
    assert [(one.lang, one.status, one.reason) for one in outcomes] == [
        ("en", "done", None),
        ("fr", "done", None),
    ]
    name = load_engagement(example).engagement.organisation.name.split()[0]
    pages = [one.page.read_text("utf-8") for one in outcomes]
    for page, lang in zip(pages, ("en", "fr"), strict=True):
        assert f'<html lang="{lang}">' in page
        assert name in page.partition("<body")[2]
        assert "jupyter-widgets" not in page
    assert pages[0].partition("<body")[2] != pages[1].partition("<body")[2]
