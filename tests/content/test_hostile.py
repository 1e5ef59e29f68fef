"""What nobody would write on purpose ends in a message with its place, never in a traceback."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from tests.content.documents import GOOD
from workbook.cli.main import app
from workbook.content import load_engagement
from workbook.content.reading import parse
from workbook.errors import LONGEST, BadInput, Problem, inert

LONG = "a" * 5_000


def run(*arguments):
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize(
    "command",
    [
        ("check", LONG),
        ("report", LONG),
        ("batch", LONG),
        ("evaluate", LONG),
        ("raci", LONG),
        ("framework", "check", LONG),
        ("report", "{good}", "--out", LONG),
        ("report", "{good}", "--notebook", LONG),
        ("report", "{good}", "--notebook", "/"),
        ("report", "{good}", "--notebook", "{folder}"),
        ("check", "{folder}"),
        ("batch", "~nosuchuser/a.yaml"),
        ("portfolio", "~nosuchuser/a.yaml"),
        ("history", "acme", "--workspace", "~nosuchuser"),
    ],
)
def test_a_name_that_the_system_does_not_allow_is_refused(tmp_path, command, monkeypatch):
    monkeypatch.chdir(tmp_path)
    good = tmp_path / "good.yaml"
    good.write_text(GOOD, "utf-8")
    result = run(*(word.format(good=good, folder=tmp_path) for word in command))
    assert result.exit_code == 2
    assert len(result.output) < 3 * LONGEST


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_an_integer_of_thousands_of_digits_is_refused_with_its_place(tmp_path, form):
    digits = "9" * 5_000
    path = tmp_path / f"a.{form}"
    text = '{"anonymous": %s}' if form == "json" else "anonymous: %s"
    path.write_text(text % digits, "utf-8")
    with pytest.raises(BadInput) as caught:
        load_engagement(path)
    wrong = [p for p in caught.value.problems if p.path == "anonymous"]
    assert [p.line for p in wrong] == [1]
    assert len(wrong[0].message) < 300


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("people:", "overlay: 3\npeople:"),
        ("people:", "overlay: [1, {a: 2}]\npeople:"),
        ("people:", "overlay: {weights: 7}\npeople:"),
        ("people:", "nominations: [{respoocal_point: pim}]\npeople:"),
    ],
)
def test_a_part_of_an_unexpected_type_is_a_problem(tmp_path, old, new):
    path = tmp_path / "a.yaml"
    path.write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(BadInput):
        load_engagement(path)


def test_a_key_mistyped_between_two_others_is_a_problem(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("nominations: [{respoocal_point: pim}]\n", "utf-8")
    with pytest.raises(BadInput, match="respoocal_point"):
        load_engagement(path)


def test_a_problem_quotes_no_more_than_a_reader_can_take_in():
    problem = Problem("x" * 100_000, "y" * 100_000, file="z" * 100_000)
    assert len(str(problem)) < 3 * LONGEST + 20


def test_no_text_of_a_problem_steers_the_terminal():
    hostile = "\x1b[2J\x9b31m\u202egnp.exe\r"
    shown = str(Problem(hostile, hostile, file=hostile, path=hostile))
    assert not set(shown) & set("\x1b\x9b\u202e\r")
    assert inert("a\u202eb\n\tc") == "a\\u202eb\n\tc"


def test_a_syntax_error_in_a_hostile_document_is_told_without_its_escapes():
    with pytest.raises(BadInput) as caught:
        parse('"\x1b]0;title\x07": [', "a.yaml")
    assert "\x1b" not in str(caught.value)
