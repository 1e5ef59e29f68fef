"""Run again, and only what must be made is made: the ledger, the keys, the outputs on disk."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.batch.trial import (
    ABOUT,
    Heard,
    batch,
    begin,
    jsonl,
    order,
    statuses,
    tiny,
    visible,
)
from workbook import resources
from workbook.batch import ledger, shaping
from workbook.batch.inputs import FileDocument
from workbook.batch.listening import Stop
from workbook.batch.outlet import Outlet, OutputLock, OutputLocked
from workbook.batch.running import dry, run
from workbook.errors import BadInput

pytestmark = pytest.mark.slow

EXAMPLES = resources.templates() / "engagements"


@pytest.fixture
def table(tmp_path):
    return jsonl(tmp_path / "t.jsonl", *({"x": x, "name": f"run-{x}"} for x in range(6)))


@pytest.fixture
def again(tmp_path, table):
    """Run the batch of the table; says which reports were made."""
    notebook = tiny(tmp_path / "n.ipynb")

    def go(**asked):
        hear = Heard()
        batch(table, out=tmp_path / "out", hear=hear, **({"notebook": notebook} | asked))
        return sorted(hear.names)

    return go


def test_what_is_there_is_not_made_again(again):
    assert len(again()) == 6
    assert again() == []


def test_a_changed_row_is_made_again_alone(again, table):
    again()
    table.write_text(table.read_text("utf-8").replace('"x": 3', '"x": 33'), "utf-8")
    assert again() == ["run-3"]


@pytest.fixture
def clients(tmp_path, monkeypatch):
    """A folder of documents, and a run of it that says what was made and what was read."""
    folder, read = tmp_path / "clients", []
    folder.mkdir()
    for name in ("lantern-games.yaml", "northgate-home.yaml"):
        shutil.copy(EXAMPLES / name, folder)
    notebook = tiny(tmp_path / "n.ipynb", ABOUT)
    plain = FileDocument.read
    monkeypatch.setattr(FileDocument, "read", lambda one: read.append(one.path.name) or plain(one))

    def go():
        hear = Heard()
        read.clear()
        batch(folder, out=tmp_path / "out", hear=hear, notebook=notebook)
        return len(hear.names), len(read)

    go.folder = folder
    return go


def test_a_document_with_the_stamp_that_it_had_is_not_even_opened(clients, monkeypatch):
    monkeypatch.setattr(ledger, "SETTLED", -ledger.SETTLED)  # as if they were old
    assert clients()[0] == 2
    assert clients() == (0, 0)
    os.utime(clients.folder / "lantern-games.yaml")
    assert clients() == (0, 1)


def test_a_document_that_had_just_changed_is_read_again(clients):
    assert clients()[0] == 2
    assert clients() == (0, 2)


def test_a_change_that_keeps_size_and_time_is_seen(clients, monkeypatch):
    monkeypatch.setattr(ledger, "SETTLED", -ledger.SETTLED)
    clients()
    path = clients.folder / "lantern-games.yaml"
    before = path.stat()
    path.write_text(path.read_text("utf-8").replace("Lantern", "Lentern"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert clients()[0] == 1


def test_another_value_for_all_makes_all_again(again):
    again()
    assert len(again(values=(("colour", "red"),))) == 6
    assert again(values=(("colour", "red"),)) == []
    assert len(again()) == 6


def test_a_changed_notebook_makes_all_again_but_its_outputs_do_not_count(again, tmp_path):
    again()
    shown = json.loads((tmp_path / "n.ipynb").read_text("utf-8"))
    shown["cells"][1] |= {
        "execution_count": 7,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "1 blue\n"}],
    }
    (tmp_path / "n.ipynb").write_text(json.dumps(shown), "utf-8")
    assert again() == []
    assert len(again(notebook=tiny(tmp_path / "m.ipynb", body="print(x)"))) == 6


def test_another_format_is_added_and_the_first_one_still_stands(again):
    again()
    assert len(again(formats=("html", "ipynb"))) == 6
    assert again(formats=("html", "ipynb")) == []


@pytest.mark.parametrize("what", ["package", "libraries", "template"])
def test_another_version_of_what_makes_reports_makes_all_again(what, again, monkeypatch):
    again()
    before = shaping.shape
    monkeypatch.setattr("workbook.batch.planning.shape", lambda nb: before(nb) | {what: "new"})
    assert len(again()) == 6


def test_removed_and_altered_outputs_are_noticed_and_made_again(again, tmp_path):
    again()
    before = visible(tmp_path / "out")
    (tmp_path / "out/run-1.html").unlink()
    (tmp_path / "out/run-2.html").write_bytes(b"somebody's own words")
    same_size = before["run-3.html"].replace(b"3", b"8")
    (tmp_path / "out/run-3.html").write_bytes(same_size)
    os.utime(tmp_path / "out/run-4.html")
    assert again() == ["run-1", "run-2", "run-3"]
    assert visible(tmp_path / "out") == before
    assert again() == []


def test_a_failure_is_tried_again_and_its_partial_notebook_goes_when_it_succeeds(tmp_path):
    table = jsonl(tmp_path / "t.jsonl", {"name": "a", "fail": True}, {"name": "b"})
    notebook = tiny(tmp_path / "n.ipynb")
    out = tmp_path / "out"
    done = batch(table, out=out, notebook=notebook)
    assert statuses(done) == {"a": "failed", "b": "made"}
    assert list(visible(out)) == ["b.html", "failed/a.ipynb"]
    assert statuses(batch(table, out=out, notebook=notebook)) == {"a": "failed", "b": "unchanged"}
    jsonl(table, {"name": "a"}, {"name": "b"})
    assert statuses(batch(table, out=out, notebook=notebook)) == {"a": "made", "b": "unchanged"}
    assert list(visible(out)) == ["a.html", "b.html"]


@pytest.fixture
def engagements(tmp_path):
    """Run two engagements on two frameworks; says which reports were made."""
    for name in ("lantern-games", "atelier-belval"):
        shutil.copy(EXAMPLES / f"{name}.yaml", tmp_path)
    notebook = tiny(tmp_path / "n.ipynb", ABOUT)

    def go(**asked):
        hear = Heard()
        sources = sorted(tmp_path.glob("*.yaml"))
        batch(*sources, out=tmp_path / "out", hear=hear, notebook=notebook, **asked)
        return sorted(hear.names)

    go()
    return go


def test_a_changed_framework_makes_its_own_reports_again(engagements, monkeypatch):
    before = shaping.framework
    monkeypatch.setattr(
        shaping, "framework", lambda key: before(key) + ("x" if key == "data-platform" else "")
    )
    assert engagements() == ["lantern-games.en"]


def test_a_changed_document_makes_its_own_report_again(engagements, tmp_path):
    with (tmp_path / "atelier-belval.yaml").open("a") as file:
        file.write("\n# looked at again\n")
    assert engagements() == ["atelier-belval.fr"]


def test_another_day_makes_all_again_and_another_language_what_is_not_there(engagements):
    assert engagements(lang="all") == [
        "atelier-belval.de",
        "atelier-belval.en",
        "lantern-games.de",
        "lantern-games.fr",
    ]
    assert len(engagements(as_of="2026-12-24")) == 2


def test_documents_that_have_not_changed_are_not_checked_again(engagements, monkeypatch):
    monkeypatch.setattr("workbook.content.load_engagement", None)
    assert engagements() == []


def test_a_dry_run_says_why_and_writes_nothing(again, table, tmp_path):
    asked = order(table, out=tmp_path / "out", notebook=tiny(tmp_path / "n.ipynb"))
    assert {item.cause for item in dry(asked).plan.items} == {"new"}
    assert not (tmp_path / "out").exists()
    again()
    (tmp_path / "out/run-2.html").unlink()
    causes = {item.name: item.cause for item in dry(asked).plan.items}
    assert causes == {f"run-{x}": "missing" if x == 2 else "" for x in range(6)}
    assert not (tmp_path / "out/run-2.html").exists()


def test_a_stopped_batch_finishes_what_runs_and_the_next_one_makes_the_rest(tmp_path, table):
    notebook, out = tiny(tmp_path / "n.ipynb"), tmp_path / "out"
    hear = Heard(stop_after=2)
    done = batch(table, out=out, hear=hear, notebook=notebook)
    assert {"made", "dropped"} == set(statuses(done).values())
    assert not done.ok
    assert len(visible(out)) == len(hear.names)
    rest = Heard()
    assert batch(table, out=out, hear=rest, notebook=notebook).ok
    assert sorted(hear.names + rest.names) == [f"run-{x}" for x in range(6)]


def test_a_dropped_batch_leaves_nothing_of_what_ran(tmp_path, table):
    notebook, out = tiny(tmp_path / "n.ipynb"), tmp_path / "out"
    batch(table, out=out, hear=Heard(1, Stop.DROP), notebook=notebook)
    assert len(visible(out)) == 1
    assert not any((out / ".batch/parts").iterdir())


def test_a_document_that_changes_while_the_batch_runs_is_not_mistaken(tmp_path):
    document = tmp_path / "lantern-games.yaml"
    shutil.copy(EXAMPLES / "lantern-games.yaml", document)

    class Meddling(Heard):
        def planned(self, _):
            with document.open("a") as file:
                file.write("\n# changed\n")

    asked = order(document, out=tmp_path / "out", notebook=tiny(tmp_path / "n.ipynb", ABOUT))
    done = run(asked, begin, Meddling())
    assert statuses(done) == {"lantern-games.en": "failed"}
    assert "has changed while" in done.ledger.entry("lantern-games.en").reason
    assert run(asked, begin, Heard()).ok


def test_two_batches_do_not_write_into_one_folder(again, tmp_path):
    again()
    code = (
        "import sys; from workbook.batch.outlet import OutputLock, Outlet\n"
        f"with OutputLock(Outlet.at({str(tmp_path / 'out')!r})):\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout.readline() == "held\n"
    with pytest.raises(OutputLocked, match="another batch is at work"):
        again()
    other.kill()
    other.communicate()
    assert again() == []


def test_a_folder_that_cannot_be_written_is_bad_input(tmp_path, table):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(BadInput, match="cannot be written"):
        batch(table, out=tmp_path / "file/below", notebook=tiny(tmp_path / "n.ipynb"))


@pytest.fixture
def outlet(tmp_path):
    return Outlet.at(str(tmp_path / "out"))


def test_a_hold_is_given_back(outlet):
    outlet.check()
    for _ in range(2):
        with OutputLock(outlet):
            pass


def test_what_is_forced_is_made_again(again):
    again()
    assert len(again(force=True)) == 6
    assert again() == []


@pytest.mark.parametrize(
    "name", ["beside.py", "package/__init__.py", "package/inner.py", "rates.csv", "data/rates.csv"]
)
def test_modules_and_named_files_beside_a_notebook_count(name, tmp_path, table):
    body = "import beside, package\nopen('rates.csv'), open('data/rates.csv')\nprint(x)"
    notebook = tiny(tmp_path / "n.ipynb", body=body)
    for file in ("beside.py", "package/__init__.py", "package/inner.py", "data/rates.csv"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text("one")
    (tmp_path / "rates.csv").write_text("one")
    asked = {"out": tmp_path / "out", "notebook": notebook}
    batch(table, **asked)
    assert set(statuses(batch(table, **asked)).values()) == {"unchanged"}
    (tmp_path / name).write_text("two")
    (tmp_path / "other.csv").write_text("not named")
    assert set(statuses(batch(table, **asked)).values()) == {"made"}


def test_a_folder_in_the_place_of_a_report_fails_that_one_alone(again, tmp_path):
    (tmp_path / "out" / "run-3.html" / "full").mkdir(parents=True)
    assert len(again()) == 6
    again()
    assert sorted(path.name for path in (tmp_path / "out").glob("run-*") if path.is_file()) == [
        f"run-{x}.html" for x in (0, 1, 2, 4, 5)
    ]
