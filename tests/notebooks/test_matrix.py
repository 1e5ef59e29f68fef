"""Every notebook that takes an engagement, on every example, in both languages, by Papermill."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.notebooks.kept import EXAMPLES, NOTEBOOKS, surroundings
from tests.notebooks.made_reports import reports
from workbook.batch.parameters import read_parameters
from workbook.content import load_engagement
from workbook.i18n import languages

TAKES_ENGAGEMENT = [path for path in NOTEBOOKS if "engagement" in read_parameters(path)]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What became of each report, by notebook and example; one batch makes all of a notebook."""

    @cache
    def of_notebook(notebook):
        folder = tmp_path_factory.mktemp(notebook.stem)
        with pytest.MonkeyPatch.context() as patch:
            for name, value in surroundings(folder).items():
                patch.setenv(name, value)
            made = reports(EXAMPLES, folder / "out", lang="all", notebook=notebook, jobs=2)
        return {path: [one for one in made if Path(one.engagement) == path] for path in EXAMPLES}

    return of_notebook


@pytest.mark.parametrize("notebook", TAKES_ENGAGEMENT, ids=lambda path: path.stem)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_a_notebook_makes_a_page_of_an_example(notebook, example, outcomes):
    pair = outcomes(notebook)[example]
    assert [(one.lang, one.status, one.reason) for one in pair] == [
        (lang, "done", None) for lang in languages()
    ]
    name = load_engagement(example).engagement.organisation.name.split()[0]
    pages = [one.page.read_text("utf-8") for one in pair]
    for page, lang in zip(pages, languages(), strict=True):
        assert f'<html lang="{lang}">' in page
        assert name in page.partition("<body")[2]
        assert "jupyter-widgets" not in page
    assert len({page.partition("<body")[2] for page in pages}) == len(pages)
