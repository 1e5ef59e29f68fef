"""The command line: what is listed, what is imported, what becomes of errors."""

from __future__ import annotations

import inspect
import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer
from typer.testing import CliRunner

import workbook
from tests.content.documents import GOOD, changed
from workbook import resources
from workbook.cli.main import COMMANDS, MODULES, Commands, Later, app
from workbook.content import engagement_schema
from workbook.errors import RunFailed, WorkbookError

pytestmark = pytest.mark.slow

CALLED = "import sys; sys.argv[0] = 'workbook'; from workbook.cli import main; main()"
DESCRIBED = typer.main.get_command(app)


def run(*arguments, **options):
    return CliRunner().invoke(app, [str(one) for one in arguments], **options)


def loaded(name):
    return DESCRIBED.commands[name].load()


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.yaml"
    path.write_text(GOOD, "utf-8")
    return path


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(changed(("party: ana", "party: anna"), ("value: monthly", "value: montly")))
    return path


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_listed_with_the_first_line_of_its_own_help(name):
    command = loaded(name)
    assert command.name == name
    assert command.help.partition("\n")[0] == COMMANDS[name].help


def described():
    for name in COMMANDS:
        command = loaded(name)
        yield name, command
        for sub in getattr(command, "commands", {}).values():
            yield f"{name} {sub.name}", sub


@pytest.mark.parametrize(("name", "command"), list(described()), ids=lambda v: str(v)[:30])
def test_every_command_shows_an_example_and_explains_every_option(name, command):
    assert f"workbook {name}" in command.help
    unexplained = [p.name for p in command.params if not getattr(p, "help", "x")]
    assert not unexplained


def test_every_module_that_holds_a_command_is_listed():
    """Its name stands in it as a function or as a Typer application."""
    folder = Path(inspect.getfile(workbook)).parent / "cli"
    modules = {
        path.stem: import_module(f"workbook.cli.{path.stem}") for path in folder.glob("*.py")
    }
    frame = {"__init__", "main", "overview", "speaking", "stopping"}
    holding = {
        name for name, module in modules.items() if hasattr(module, name) or hasattr(module, "app")
    }
    assert holding - frame == {MODULES.get(name, name) for name in COMMANDS}


def test_help_lists_every_command_and_imports_none_of_them():
    code = (
        "import sys; sys.argv = ['workbook', '--help']\n"
        "from workbook.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted(m for m in sys.modules if m.startswith('workbook.')), file=sys.stderr)\n"
        "heavy = {'pydantic', 'yaml', 'babel', 'pandas', 'numpy', 'rich.markdown', 'pygments'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    modules, heavy = ran.stderr.splitlines()
    parts = ("", ".completing", ".main", ".options", ".output", ".overview", ".speaking")
    ours = {f"workbook.cli{part}" for part in parts}
    ours |= {f"workbook.{room}" for room in ("errors", "i18n", "resources", "whole")}
    assert set(modules.strip("[]").replace("'", "").split(", ")) == ours
    assert heavy == "[]"
    assert all(f"\n  {name} " in ran.stdout for name in COMMANDS)


JUPYTER = {
    "IPython",
    "ipykernel",
    "jupyter_client",
    "nbclient",
    "nbconvert",
    "nbformat",
    "papermill",
}
SLOW = JUPYTER | {"asyncio", "babel.messages", "pandas", "rich", "zmq"}
DOCUMENT = str(resources.templates() / "engagements" / "maison-lorient.yaml")


@pytest.mark.parametrize(
    ("words", "without"),
    [
        (("evaluate", DOCUMENT), SLOW | {"numpy.ma", "sqlalchemy", "workbook.store"}),
        (("check", DOCUMENT), SLOW | {"numpy", "sqlalchemy", "workbook.report"}),
        (("list",), SLOW - {"asyncio"} | {"numpy", "workbook.report"}),
    ],
    ids=["evaluate", "check", "list"],
)
def test_a_command_imports_nothing_that_it_can_do_without(words, without, tmp_path):
    code = (
        f"import sys; sys.argv = {['workbook', *words]}\n"
        "from workbook.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "WORKBOOK_HOME": str(tmp_path)},
    )
    assert without & set(ran.stderr.split()) == set()


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_of_a_command_is_its_own(flag):
    shown = run("check", flag)
    assert shown.exit_code == 0
    assert "--schema" in shown.output


@pytest.mark.slow
def test_completion_knows_commands_and_the_options_of_each():
    def completed(words, index):
        asked = {
            "_WORKBOOK_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(index),
        }
        ran = subprocess.run(
            [sys.executable, "-c", CALLED],
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, **asked},
        )
        return ran.stdout.split()

    assert completed("workbook fra", 1) == ["framework"]
    assert completed("workbook check --j", 2) == ["--json"]
    assert set(completed("workbook framework ", 2)) == {"check", "show", "schema"}
    assert completed("workbook framework show com", 3) == ["commerce-stakeholders"]
    assert completed("workbook report x.yaml --lang ", 4) == ["en", "de", "fr", "all"]
    assert completed("workbook session fern", 2) == ["fernhill-supply"]


def test_the_version_is_told():
    assert run("--version").output == f"workbook {workbook.__version__}\n"


def test_a_mistyped_command_gets_the_nearest():
    told = run("chek")
    assert told.exit_code == 2
    assert "Did you mean 'check'?" in told.output


def test_good_documents_are_passed_over_in_silence(good):
    told = run("check", good)
    assert (told.exit_code, told.output) == (0, "")


def test_every_problem_of_every_file_is_told_on_standard_error(good, bad, tmp_path):
    told = run("check", bad, good, tmp_path / "godo.yaml")
    assert told.exit_code == 2
    assert told.stdout == ""
    assert told.stderr == (
        f"{bad}:18: nominations[0].party: there is no person, team or external “anna”\n"
        "    → did you mean “ana”?\n"
        f"{bad}:21: answers[0].value: there is no option “montly”\n"
        "    → did you mean “monthly”?\n"
        f"{tmp_path / 'godo.yaml'}: there is no such file\n"
        "    → did you mean “good.yaml”?\n"
    )


def test_problems_are_told_to_a_machine_as_json(good, bad):
    told = run("check", bad, good, "--json")
    assert told.exit_code == 2
    said = json.loads(told.stdout)
    assert said["valid"] is False
    assert [(one["document"], one["valid"]) for one in said["documents"]] == [
        (str(bad), False),
        (str(good), True),
    ]
    assert said["documents"][0]["problems"][0] == {
        "what": "there is no person, team or external “anna”",
        "fix": "did you mean “ana”?",
        "file": str(bad),
        "line": 18,
        "path": "nominations[0].party",
    }


def test_a_terminal_is_told_that_nothing_is_wrong(good, monkeypatch):
    terminal = SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("workbook.cli.check.sys", terminal)
    assert run("check", good).stdout == f"{good}: no problem found\n"


def test_the_schema_of_documents_is_printed():
    assert json.loads(run("check", "--schema").stdout) == engagement_schema()


def test_check_without_a_file_says_what_it_wants():
    told = run("check")
    assert told.exit_code == 2
    assert "command line: no file given\n    → name one or more documents" in told.stderr


def test_a_framework_is_checked_by_key_or_folder(tmp_path):
    from tests.content.frameworks import change, copied

    folder = copied(tmp_path)
    change(folder, "framework.yaml", "    start: 65", "    start: 35")
    assert run("framework", "check").exit_code == 0
    told = run("framework", "check", "data-platform", folder)
    assert told.exit_code == 2
    assert f"{folder}/framework.yaml:202: levels[2].start: starts at 35" in told.stderr


def test_the_frameworks_are_listed_and_shown_in_each_language():
    assert run("framework", "show").output.splitlines() == [
        "commerce-stakeholders 1.0.0  Who owns the commerce programme",
        "data-platform 1.0.0  Who owns the data platform",
    ]
    french = run("framework", "show", "commerce-stakeholders", "--lang", "fr").output
    assert "Qui porte l’expérience" in french
    assert "Pondération\N{NO-BREAK SPACE}: nommé 30" in french
    plain = json.loads(run("framework", "show", "data-platform", "--json").output)
    assert [area["key"] for area in plain["areas"]] == ["sources", "platform", "trust", "use"]


def test_an_unknown_language_of_a_framework_is_refused():
    told = run("framework", "show", "data-platform", "--lang", "it")
    assert told.exit_code == 2
    assert "unknown language “it”" in told.stderr


@pytest.mark.parametrize(
    ("error", "code"), [(WorkbookError("the disk is full"), 1), (RunFailed("cell 3"), 1)]
)
def test_an_error_of_ours_becomes_a_message_and_an_exit_code(error, code, monkeypatch):
    def fail(*_arguments, **_options):
        raise error

    monkeypatch.setattr(Later, "make_context", fail)
    told = run("check", "x.yaml")
    assert (told.exit_code, told.stderr) == (code, f"{error}\n")


def test_an_error_that_is_not_ours_is_not_hidden(monkeypatch):
    def fail(*_arguments, **_options):
        raise ZeroDivisionError

    monkeypatch.setattr(Later, "make_context", fail)
    assert isinstance(run("check", "x.yaml").exception, ZeroDivisionError)


def test_ctrl_c_leaves_with_130(monkeypatch):
    def interrupt(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(Later, "make_context", interrupt)
    assert run("check", "x.yaml").exit_code == 130


def test_a_reader_that_has_gone_is_no_error():
    """`workbook framework schema | head -1`: no traceback, not even at the end."""
    with subprocess.Popen(
        [sys.executable, "-c", CALLED, "framework", "schema"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        program.stdout.close()
        assert program.stderr.read() == ""


@pytest.mark.parametrize(
    ("words", "stream", "code"),
    [
        (["framework", "schema"], "stdout", 1),
        (["--help"], "stdout", 1),
        (["report", "--help"], "stdout", 1),
        (["--version"], "stdout", 1),
        (["evaluate", "no-such.yaml"], "stderr", 2),
    ],
)
def test_a_stream_without_room_is_told_on_the_other_one(words, stream, code):
    """`workbook … > /dev/full`: a sentence and no traceback; the exit code stays what it was."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with Path("/dev/full").open("w") as full:
        streams[stream] = full
        ran = subprocess.run(
            [sys.executable, "-c", CALLED, *words], check=False, text=True, **streams
        )
    assert ran.returncode == code
    said = "standard output: No space left on device\n    → make room" if code == 1 else ""
    assert (ran.stderr or ran.stdout or "").startswith(said)
    assert "Traceback" not in (ran.stderr or "")


def test_the_group_of_commands_is_ours():
    assert isinstance(DESCRIBED, Commands)


def test_a_schema_that_cannot_be_written_names_the_place(tmp_path):
    told = run("framework", "schema", "-o", tmp_path / "nowhere" / "schema.json")
    assert told.exit_code == 2
    assert "nowhere/schema.json: --output: cannot be written" in told.stderr


def test_a_disk_without_room_is_no_mistake_of_whoever_named_the_file():
    told = run("framework", "schema", "-o", "/dev/full")
    assert told.exit_code == 1
    assert told.stderr.startswith("/dev/full: No space left on device\n    → make room")
