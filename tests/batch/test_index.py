"""What a batch tells: the index for people, the summary for machines, the command, its progress."""

from __future__ import annotations

import io
import json
import re
import shutil

import pytest
from typer.testing import CliRunner

from tests.batch.trial import ABOUT, batch, jsonl, tiny
from workbook import resources
from workbook.batch import index
from workbook.batch.ledger import LedgerEntry
from workbook.batch.listening import Stop
from workbook.cli import batch_progress
from workbook.cli.main import app

EXAMPLES = resources.templates() / "engagements"


def text_of(page):
    return re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)


@pytest.fixture
def mixed(tmp_path):
    """A batch of which one is made, one fails and one is refused."""
    jsonl(
        tmp_path / "t.jsonl",
        {"name": "fine"},
        {"name": "fails", "fail": True},
        {"name": "<b>bad</b>", "x": "one"},
    )
    tiny(tmp_path / "n.ipynb")
    return lambda **asked: batch(
        tmp_path / "t.jsonl", out=tmp_path / "out", notebook=tmp_path / "n.ipynb", **asked
    )


def test_the_index_links_every_report_and_says_why_others_are_missing(mixed, tmp_path):
    mixed()
    page = (tmp_path / "out/index.html").read_text("utf-8")
    links = re.findall(r'href="([^"#]+)"', page)
    assert links == ["failed/fails.ipynb", "fine.html"]
    assert all((tmp_path / "out" / link).is_file() for link in links)
    said = text_of(page)
    for expected in ("it was told to fail", "“one” is not a whole number", "t.jsonl:3"):
        assert expected in said


def test_the_index_asks_for_nothing_and_escapes_what_people_wrote(tmp_path):
    table = jsonl(tmp_path / "<i>.jsonl", {"x": "<script>alert(1)</script>"}, {"x": 1})
    batch(table, out=tmp_path / "out", notebook=tiny(tmp_path / "n.ipynb"))
    page = (tmp_path / "out/index.html").read_text("utf-8")
    assert "<script" not in page
    assert "<i>" not in page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    assert "@import" not in page


def test_the_index_speaks_the_language_of_most_reports(tmp_path):
    for name in ("atelier-belval", "maison-lorient", "lantern-games"):
        shutil.copy(EXAMPLES / f"{name}.yaml", tmp_path)
    notebook = tiny(tmp_path / "n.ipynb", ABOUT)
    sources = sorted(tmp_path.glob("*.yaml"))
    batch(*sources, out=tmp_path / "out", notebook=notebook)
    page = (tmp_path / "out/index.html").read_text("utf-8")
    assert "Rapports de ce lot" in page
    assert 'lang="fr"' in page
    batch(*sources, out=tmp_path / "out", notebook=notebook, lang="en")
    assert "Reports of this batch" in (tmp_path / "out/index.html").read_text("utf-8")


def test_a_long_batch_has_pages_and_a_shorter_one_leaves_none_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(index, "ROWS", 2)
    notebook, table = tiny(tmp_path / "n.ipynb"), tmp_path / "t.jsonl"
    rows = [{"x": x, "name": f"run-{x}"} for x in range(5)]
    batch(jsonl(table, *rows), out=tmp_path / "out", notebook=notebook)
    pages = sorted(path.name for path in (tmp_path / "out").glob("index*.html"))
    assert pages == ["index-2.html", "index-3.html", "index.html"]
    assert 'href="run-4.html"' in (tmp_path / "out/index-3.html").read_text("utf-8")
    batch(jsonl(table, *rows[:1]), out=tmp_path / "out", notebook=notebook)
    assert [path.name for path in (tmp_path / "out").glob("index*.html")] == ["index.html"]


def test_the_summary_says_everything_to_a_machine(mixed, tmp_path):
    mixed(formats=("html", "ipynb"))
    told = json.loads((tmp_path / "out/summary.json").read_text("utf-8"))
    assert told["ok"] is False
    assert told["counts"] == {
        "made": 1,
        "unchanged": 0,
        "failed": 1,
        "dropped": 0,
        "refused": 1,
        "left_out": 0,
    }
    fine, fails = told["reports"]
    assert fine["outputs"]["ipynb"]["file"] == "fine.ipynb"
    assert len(fine["outputs"]["html"]["sha256"]) == 64
    assert fails["reason"] == "ValueError: it was told to fail"
    assert fails["partial_notebook"] == "failed/fails.ipynb"
    assert told["refused"][0]["problems"][0]["what"] == "“one” is not a whole number"


# The command. What it runs is tested above and in tests/faults; here nothing runs.


def command(*words):
    return CliRunner().invoke(app, ["batch", *map(str, words)])


def test_the_command_says_what_it_would_do(tmp_path):
    out = tmp_path / "out"
    ran = command(EXAMPLES, "--out", out, "--lang", "all", "--limit", 2, "--dry-run")
    assert ran.exit_code == 0
    assert ran.stdout.splitlines() == [
        "atelier-belval.en: new",
        "atelier-belval.de: new",
        "atelier-belval.fr: new",
        "borealis-parts.en: new",
        "borealis-parts.de: new",
        "borealis-parts.fr: new",
        "6 to be made",
    ]
    assert not out.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("no-such-folder",),
        (EXAMPLES, "--lang", "it"),
        (EXAMPLES, "--where", "sectr == 'retail'"),
        (EXAMPLES, "--where", "key > 5"),
        (EXAMPLES, "-p", "them", "dark"),
        (EXAMPLES, "-p", "theme"),
        (EXAMPLES, "--notebook", "no-such.ipynb"),
        (EXAMPLES, "--jobs", "0"),
    ],
)
def test_bad_usage_is_exit_code_two_and_nothing_is_written(words, tmp_path):
    ran = command(*words, "--out", tmp_path / "out", "--dry-run")
    assert ran.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_not_one_valid_input_is_exit_code_two(tmp_path):
    (tmp_path / "bad.yaml").write_text("key: Not a key", "utf-8")
    ran = command(tmp_path / "bad.yaml", "--out", tmp_path / "out")
    assert ran.exit_code == 2
    assert "bad.yaml" in ran.stderr
    assert not (tmp_path / "out/index.html").exists()


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_a_table_without_a_row_is_exit_code_two(options, tmp_path):
    (tmp_path / "empty.csv").write_text("engagement,as_of\n", "utf-8")
    ran = command(tmp_path / "empty.csv", "--out", tmp_path / "out", *options)
    assert ran.exit_code == 2
    assert not (tmp_path / "out/index.html").exists()


def test_a_dry_run_ends_as_the_batch_would(tmp_path):
    asked = (EXAMPLES, "--out", tmp_path / "out", "--dry-run")
    assert command(*asked).exit_code == 0
    assert command(*asked, "--where", "key == 'nobody'").exit_code == 0
    (tmp_path / "bad.yaml").write_text("key: Not a key", "utf-8")
    assert command(*asked, tmp_path / "bad.yaml").exit_code == 1


class Clock:
    def __init__(self):
        self.now = 100.0

    def monotonic(self):
        return self.now


class Planned:
    todo = range(400)


def heard(monkeypatch, *, quiet, seconds=1.0, start=0.0):
    """What a log gets of 400 reports, one each `seconds`, after a `start` that took its time."""
    clock, log = Clock(), io.StringIO()
    monkeypatch.setattr(batch_progress, "time", clock)
    with batch_progress.progress_on(log, quiet=quiet) as told:
        told.planned(Planned())
        clock.now += start
        for number in range(400):
            clock.now += seconds
            told.ended(LedgerEntry(str(number), "k", reason="x" if number == 3 else ""))
    return log.getvalue().splitlines()


def test_a_log_gets_a_calm_line_now_and_then_with_rate_and_remaining_time(monkeypatch):
    lines = heard(monkeypatch, quiet=False)
    assert lines[0] == "5 of 400, 1 failed, 1.0 a second, 6 min 35 s left"
    assert len(lines) == 14


def test_loading_the_libraries_does_not_count_in_the_rate(monkeypatch):
    assert heard(monkeypatch, quiet=False, start=20.0)[:2] == [
        "1 of 400",
        "31 of 400, 1 failed, 1.0 a second, 6 min 9 s left",
    ]


def test_a_slow_batch_is_told_in_reports_a_minute(monkeypatch):
    lines = heard(monkeypatch, quiet=False, seconds=20.0)
    assert lines[2] == "5 of 400, 1 failed, 3.0 a minute, 2 h 11 min left"


def test_a_pipe_with_json_gets_nothing(monkeypatch):
    assert heard(monkeypatch, quiet=True) == []


@pytest.mark.parametrize(
    ("seconds", "said"), [(4.4, "4 s"), (200, "3 min 20 s"), (7500, "2 h 5 min")]
)
def test_a_duration_has_at_most_two_units(seconds, said):
    assert batch_progress.spoken(seconds) == said


def test_a_terminal_gets_a_bar_that_goes_away(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    shown = Terminal()
    monkeypatch.setattr("sys.stderr", shown)
    monkeypatch.setenv("TERM", "xterm")
    with batch_progress.progress_on(shown, quiet=False) as told:
        told.planned(Planned())
        told.ended(LedgerEntry("a", "k"))
        told.stopping(Stop.FINISH)
    assert "1 of 400" in shown.getvalue()
    assert "what runs is finished" in shown.getvalue()
