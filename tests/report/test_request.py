"""What `workbook report` refuses before anything runs: place, what is wrong, the nearest name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.report.examples import EXAMPLES
from workbook.batch.afresh import asked, planned
from workbook.batch.parameters import read_parameters, report_notebook
from workbook.cli.main import app
from workbook.errors import BadInput

GOOD = "borealis-parts.yaml"
AS_OF = "2026-11-23"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder of the user's with two documents in it."""
    for name in ("borealis-parts", "atelier-belval"):
        shutil.copy(EXAMPLES[name], tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(*asked):
    """What is said of a call that must be refused, with exit code 2 and nothing written."""
    told = CliRunner().invoke(app, ["report", "--out", "out", *asked])
    assert told.exit_code == 2, told.output
    assert told.stdout == ""
    assert not Path("out").exists()
    return told.stderr


CASES = {
    "a file that is not there": (
        ["borealis-part.yaml"],
        ["borealis-part.yaml: there is no such file", "did you mean “borealis-parts.yaml”?"],
    ),
    "a folder": (["."], [".: is a folder", "use one of: atelier-belval.yaml, borealis-parts.yaml"]),
    "a parameter": (
        [GOOD, "-p", "langg", "fr"],
        ["command line: -p langg: unknown parameter “langg”", "did you mean “lang”?"],
    ),
    "the engagement, which the files name": (
        [GOOD, "-p", "engagement", "acme"],
        ["-p engagement: the files say which", "leave it out"],
    ),
    "a parameter in Python’s own words": (
        [GOOD, "-p", "__import__('os')", "1"],
        ["unknown parameter “__import__('os')”"],
    ),
    "a parameter without a value": ([GOOD, "-p", "lang"], ["-p: “lang” has no value"]),
    "a parameter twice": (
        [GOOD, "-p", "theme", "dark", "-p", "theme", "light"],
        ["-p theme: given twice"],
    ),
    "a theme": ([GOOD, "-p", "theme", "drak"], ["unknown value “drak”", "did you mean “dark”?"]),
    "a section": (
        [GOOD, "-p", "sections", "actions,finding"],
        ["-p sections: unknown value “finding”", "did you mean “findings”?"],
    ),
    "a language": ([GOOD, "--lang", "fra"], ["--lang: unknown language “fra”", "“fr”?"]),
    "a language as a parameter": (
        [GOOD, "-p", "lang", "eng"],
        ["-p lang: unknown value “eng”", "“en”?"],
    ),
    "a day": (
        [GOOD, "--as-of", "2026-02-30"],
        ["--as-of: “2026-02-30” is not a date", "2026-11-23"],
    ),
    "a day as a parameter": ([GOOD, "-p", "as_of", "soon"], ["-p as_of: “soon” is not a date"]),
    "a place that is a file": ([GOOD, "--out", GOOD], ["--out: “", "is a file"]),
    "a parameter without a value, and a file": (
        [GOOD, "nowhere.yaml", "-p", "theme"],
        ["-p: “theme” has no value", "nowhere.yaml: there is no such file"],
    ),
    "two languages": (
        [GOOD, "--lang", "en", "-p", "lang", "fr"],
        ["-p lang: “fr”, but --lang says “en”"],
    ),
    "two days": (
        [GOOD, "--as-of", "2026-11-23", "-p", "as_of", "2026-11-24"],
        ["-p as_of: “2026-11-24”, but --as-of says “2026-11-23”"],
    ),
    "a notebook": (
        [GOOD, "--notebook", "own.ipynb"],
        ["own.ipynb: there is no such notebook", "leave the option out to use ours"],
    ),
    "one engagement in two files": (
        [GOOD, "copy.yaml"],
        ["copy.yaml: key: has the same key as borealis-parts.yaml: “borealis-parts”"],
    ),
}


@pytest.mark.parametrize(("asked", "said"), CASES.values(), ids=CASES)
def test_what_is_mistyped_is_named_with_what_was_meant(asked, said, folder):
    if "copy.yaml" in asked:
        shutil.copy(folder / GOOD, folder / "copy.yaml")
    told = refused(*asked)
    for part in said:
        assert part in told


DOCUMENT_CASES = {
    "a key": ("organisation:", "organization:", "organi"),
    "a framework": (
        "key: commerce-stakeholders",
        "key: commerce-stakeholder",
        "commerce-stakeholders",
    ),
    "a framework’s version": ("version: 1.0.0", "version: 1.9.0", "“1.0.0”"),
    "a focal point": ("focal_point: erp", "focal_point: erpp", "did you mean “erp”?"),
    "a date": ("go_live: 20", "go_live: x20", "go_live"),
    "a person": ("owner: astrid-lund", "owner: astrid-lunt", "did you mean “astrid-lund”?"),
}


@pytest.mark.parametrize(("right", "wrong", "said"), DOCUMENT_CASES.values(), ids=DOCUMENT_CASES)
def test_what_is_mistyped_in_a_document_is_named_with_its_line(right, wrong, said, folder):
    document = folder / GOOD
    text = document.read_text("utf-8")
    assert right in text
    document.write_text(text.replace(right, wrong), encoding="utf-8")
    told = refused("atelier-belval.yaml", GOOD)
    assert said in told
    assert "borealis-parts.yaml:" in told


def test_everything_wrong_is_said_at_once(folder):
    (folder / "broken.yaml").write_text("key: [", encoding="utf-8")
    told = refused(
        GOOD, "broken.yaml", "missing.yaml", "--lang", "xx", "--as-of", "never", "-p", "nope", "1"
    )
    for place in ("-p nope", "--lang", "--as-of", "broken.yaml:", "missing.yaml"):
        assert place in told, place


def items(files, **details):
    """The reports that are planned."""
    _, found = planned(asked(files, Path("out"), **details), AS_OF)
    return found.items


def test_a_plan_names_files_by_engagement_and_language():
    given = (("sections", "actions, map"),)
    planned_items = items([EXAMPLES["borealis-parts"]], lang="all", values=given)
    assert [one.name for one in planned_items] == [
        "borealis-parts.en",
        "borealis-parts.de",
        "borealis-parts.fr",
    ]
    assert planned_items[2].document.path == EXAMPLES["borealis-parts"]
    assert planned_items[2].parameters == {
        "lang": "fr",
        "as_of": AS_OF,
        "sections": ["actions", "map"],
    }


def test_without_a_language_each_engagement_has_its_own():
    files = [EXAMPLES["borealis-parts"], EXAMPLES["atelier-belval"]]
    assert [one.lang for one in items(files)] == ["en", "fr"]


def test_a_file_named_twice_is_one_report():
    assert len(items([EXAMPLES["borealis-parts"]] * 2, lang="en")) == 1


def test_parameters_are_read_with_type_and_default():
    found = read_parameters(report_notebook())
    assert {name: (one.kind, one.default) for name, one in found.items()} == {
        "engagement": ("str", ""),
        "lang": ("str", ""),
        "as_of": ("str", ""),
        "theme": ("str", "auto"),
        "sections": ("list[str]", []),
        "names": ("bool", True),
        "reader": ("str", "team"),
        "brand": ("str", ""),
        "person": ("str", ""),
        "since": ("str", ""),
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [("{}", "not a notebook"), ("not json", "not a notebook"), ("cells", "0 cells are tagged")],
)
def test_a_file_that_is_no_report_notebook_is_refused(content, said, folder):
    import nbformat

    path = folder / "own.ipynb"
    path.write_text(
        nbformat.writes(nbformat.v4.new_notebook()) if content == "cells" else content, "utf-8"
    )
    with pytest.raises(BadInput, match=said):
        read_parameters(path)
