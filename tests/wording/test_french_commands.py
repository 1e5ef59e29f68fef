"""The command line in French: help, messages and errors, from `--lang` or from the locale."""

from __future__ import annotations

import re
import shutil

import pytest
from typer.testing import CliRunner

from workbook import resources
from workbook.cli.main import COMMANDS, Later, app
from workbook.cli.speaking import language_of
from workbook.errors import BadInput, Problem, RunFailed
from workbook.i18n import voice
from workbook.wording.sentences import error_text, sentence

EXAMPLES = resources.templates() / "engagements"
FRENCH = voice("fr")
ENGLISH_WORDS = re.compile(
    r"\b(the|and|with|which|that|not|you|your|is|are|was|has|have|of|from|by|it|there|write|give"
    r"|choose|use|does|cannot|must|should|missing|unknown|such)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"--[\w-]+|^\w+(?=: )|«[^»]*»|“[^”]*”|'[^']*'|`[^`]*`|https?://\S+|\[[^\]]*\]")


def run(*words, env=None, lang="fr"):
    return CliRunner(env={"COLUMNS": "200"} | (env or {})).invoke(
        app, [*(["--lang", lang] if lang else []), *map(str, words)]
    )


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def english_in(text):
    """Lines that hold an English word; what is quoted and lines of examples are people's words."""
    lines = [line for line in text.splitlines() if "workbook " not in line and " == " not in line]
    return [line for line in lines if ENGLISH_WORDS.search(QUOTED.sub("", line))]


def commands():
    yield from ([name] for name in COMMANDS)
    for name, entry in COMMANDS.items():
        yield from ([name, sub] for sub in getattr(Later(name, entry).load(), "commands", {}))


@pytest.mark.parametrize("words", [[], *commands()], ids=" ".join)
def test_help_of_every_command_is_in_french(words):
    shown = run(*words, "--help")
    assert shown.exit_code == 0
    assert "Utilisation" in shown.output
    assert not english_in(shown.output)


MISTAKES = {
    "no such command": ["evl"],
    "no command": [],
    "no such option": ["list", "--jsn"],
    "no argument": ["export"],
    "an argument too many": ["list", "acme"],
    "no number": ["batch", "x", "--jobs", "many"],
    "below the least": ["batch", "x", "--jobs", "0"],
    "no such file": ["check", "nowhere.yaml"],
    "no file": ["check"],
    "no document": ["evaluate", "broken.yaml"],
    "no YAML": ["check", "tabs.yaml"],
    "no date": ["evaluate", EXAMPLES / "borealis-parts.yaml", "--as-of", "tomorrow"],
    "no such language": ["report", EXAMPLES / "borealis-parts.yaml", "--lang", "xx"],
    "no such parameter": ["report", EXAMPLES / "borealis-parts.yaml", "-p", "theem", "dark"],
    "no such value": ["report", EXAMPLES / "borealis-parts.yaml", "-p", "sections", "actoins"],
    "a place that is a file": ["report", EXAMPLES / "borealis-parts.yaml", "--out", "broken.yaml"],
    "no such source": ["batch", "nowhere"],
    "no condition": ["batch", EXAMPLES, "--where", "profile ="],
    "an unknown fact": ["batch", EXAMPLES, "--where", "prfile == 'large'"],
    "an empty portfolio": ["portfolio", "nowhere"],
    "no facts": ["new", "acme"],
    "no key": ["new", "Acme!", "--name", "Acme"],
    "no such profile": ["new", "a", "--name", "A", "--profile", "huge"],
    "no such engagement": ["session", "acme"],
    "no history": ["history", "acme"],
    "no baseline": ["baseline", "acme"],
    "nobody to erase": ["erase", "acme", "ana"],
    "no table": ["import", "broken.yaml", "--engagement", "tried"],
    "no kind": ["import", "people.csv", "--engagement", "tried", "--as", "cats"],
    "no matrix": ["raci", "people.csv"],
    "no sheet": ["raci", "people.csv", "--sheet", "One"],
    "no such framework": ["framework", "show", "comerce"],
    "no such moment": ["export", "tried", "--at", "Kick-of"],
}


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tried")
    (folder / "broken.yaml").write_text("schema_version: 1\nkey: 7\nprogrammme: []\n", "utf-8")
    (folder / "tabs.yaml").write_text("key: [a\nname: b\n", "utf-8")
    (folder / "people.csv").write_text("Name,Job title\nAna Ruiz,CTO\n", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        began = run("new", "tried", "--from", EXAMPLES / "borealis-parts.yaml")
    assert began.exit_code == 0, began.output
    return folder


@pytest.fixture
def place(begun, tmp_path, monkeypatch):
    monkeypatch.chdir(shutil.copytree(begun, tmp_path, dirs_exist_ok=True))


@pytest.mark.parametrize("words", list(MISTAKES.values()), ids=MISTAKES)
@pytest.mark.usefixtures("place")
def test_what_goes_wrong_often_is_said_in_french(words):
    shown = run(*words)
    assert shown.exit_code == 2
    assert shown.output.strip()
    assert not english_in(shown.output)


DONE = {
    "list": ["list"],
    "import": ["import", "people.csv", "--engagement", "tried", "--dry-run"],
    "baseline": ["baseline", "tried", "Lancement"],
    "erase": ["erase", "tried", "sanna-koski", "--yes"],
    "export": ["export", "tried", "-o", "tried.yaml"],
    "batch": ["batch", EXAMPLES, "--dry-run"],
    "evaluate": ["evaluate", EXAMPLES / "borealis-parts.yaml", "--lang", "fr"],
    "framework": ["framework", "show", "commerce-stakeholders"],
}


@pytest.mark.parametrize("words", list(DONE.values()), ids=DONE)
@pytest.mark.usefixtures("place")
def test_what_is_done_is_said_in_french(words):
    shown = run(*words)
    assert shown.exit_code == 0, shown.output
    assert not english_in(shown.output)


def test_the_locale_gives_the_language_where_nobody_names_one():
    shown = run("evl", lang="", env={"LC_ALL": "", "LANGUAGE": "", "LANG": "fr_FR.UTF-8"})
    assert "n’existe pas" in shown.output


@pytest.mark.parametrize(
    ("words", "variables", "language"),
    [
        ([], {}, "en"),
        (["list"], {}, "en"),
        (["list"], {"LANG": "C.UTF-8"}, "en"),
        (["list"], {"LANG": "fr_CA.UTF-8"}, "fr_CA"),
        (["list"], {"LANG": "fr_FR", "LC_ALL": "en_GB.UTF-8"}, "en"),
        (["list"], {"LANGUAGE": "xx:fr", "LANG": "en_GB"}, "fr"),
        (["--lang", "en", "list"], {"LANG": "fr_FR"}, "en"),
        (["report", "a.yaml", "--lang=fr"], {}, "fr"),
        (["report", "a.yaml", "--lang", "all"], {"LANG": "fr_FR"}, "fr_FR"),
    ],
)
def test_the_language_that_is_named_comes_before_the_locale(words, variables, language):
    assert language_of(words, variables) == language


def test_english_follows_french_in_one_process():
    assert "n’existe pas" in run("evl").output
    assert "No such command" in run("evl", lang="en").output


def test_words_of_people_stay_as_they_are():
    assert plain(sentence("unknown name “a list”", FRENCH)) == "nom inconnu : « a list »"


def test_places_and_fixes_of_a_problem_are_told_with_it():
    problem = Problem("must be a text, not “7”", "use one of: a, b", "command line", path="--x")
    told = error_text(BadInput(problem), FRENCH)
    assert plain(told) == (
        "ligne de commande: --x: doit être un texte, pas « 7 »\n    → choisissez parmi : a, b"
    )


def test_what_failed_while_it_ran_keeps_its_place():
    told = error_text(RunFailed("reports: the scheduler has gone\n    → run it again"), FRENCH)
    assert told == "reports: l’ordonnanceur a disparu\n    → run it again"
