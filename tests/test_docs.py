"""Documentation keeps its word: commands and options exist, snippets work, links lead somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from typer.main import get_command
from typer.testing import CliRunner

from workbook.cli.main import COMMANDS, app
from workbook.content import load_engagement
from workbook.model.framework import Title
from workbook.scoring.titles import Recogniser

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
GENERATED = ROOT / "docs/reference"  # its examples share a beginning; test_contributing runs them
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:\S*/)?workbook [a-z][^`\n]*)`")
LINK = re.compile(r"""\]\(([^)#\s]+)(?:#[^)]*)?\)|\bsrc(?:set)?="([^"]+)\"""")
BARE = """
schema_version: 2
key: acme
framework: {key: commerce-stakeholders, version: 1.0.0}
organisation: {name: Acme, profile: large, business_models: [b2c]}
programme: {go_live: 2027-09-30}
"""
CHEAP = {"check", "evaluate", "framework", "raci"}


class Shown(NamedTuple):
    page: str
    line: str

    @property
    def words(self):
        """The words of the command after its program, up to a pipe, redirection or comment."""
        words = shlex.split(self.line, comments=True)[1:]
        ends = [place for place, word in enumerate(words) if word in {"|", ">", ">>", "&&"}]
        return words[: ends[0]] if ends else words


def commands():
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        blocks = [body for language, body in FENCE.findall(text) if language in {"sh", "console"}]
        lines = [line for body in blocks for line in body.replace("\\\n", " ").splitlines()]
        lines += INLINE.findall(FENCE.sub("", text))
        for line in lines:
            bare = re.sub(r"^\s*(?:\$ )?(?:\S*/)?(?=workbook )", "", line)
            if bare.startswith("workbook "):
                yield Shown(str(page.relative_to(ROOT)), bare)


SHOWN = sorted(set(commands()))


def parsed(words):
    """The command that the words name, and what is left of them."""
    group = get_command(app)
    if words[0].startswith("-"):
        return group, words
    command = group.commands[words[0]].load()
    rest = words[1:]
    subcommands = getattr(command, "commands", {})
    if rest and rest[0] in subcommands:
        return subcommands[rest[0]], rest[1:]
    return command, rest


def options(command):
    found = {
        flag: option for option in command.params for flag in (*option.opts, *option.secondary_opts)
    }
    return found | dict.fromkeys(("--help", "-h"))


def test_commands_are_shown_and_found():
    assert len(SHOWN) >= 20
    assert {shown.words[0] for shown in SHOWN} >= set(COMMANDS)


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: f"{shown.page}: {shown.line}")
def test_every_command_shown_exists_with_its_options(shown):
    assert shown.words[0] in COMMANDS or shown.words[0].startswith("-"), shown
    command, words = parsed(shown.words)
    known = options(command)
    for word in words:
        if word.startswith("-") and not re.fullmatch(r"-\d+", word):
            assert word.split("=")[0] in known, f"{shown.page}: {shown.line}: no option {word}"


def runnable(shown):
    files = [word for word in shown.words if "/" in word or word.endswith((".yaml", ".csv"))]
    return shown.words[0] in CHEAP and bool(files) and all((ROOT / f).exists() for f in files)


QUICK = [shown for shown in SHOWN if runnable(shown)]


@pytest.mark.parametrize("shown", QUICK, ids=lambda shown: f"{shown.page}: {shown.line}")
def test_the_quick_ones_run_from_the_checkout(shown, monkeypatch):
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(app, shown.words)
    assert result.exit_code == 0, result.output


def dialogues():
    """(command, lines of output) of every console block; "…" stands for lines left out."""
    for page in PAGES:
        for language, body in FENCE.findall(page.read_text(encoding="utf-8")):
            for one in body.split("$ ")[1:] if language == "console" else ():
                command, *output = one.splitlines()
                shown = [line for line in output if line.strip() not in {"", "…"}]
                yield pytest.param(command, shown, id=f"{page.name}: {command}")


@pytest.mark.parametrize(("command", "shown"), list(dialogues()))
def test_output_shown_is_what_comes_out(command, shown, monkeypatch):
    monkeypatch.chdir(ROOT)
    said = iter(CliRunner().invoke(app, shlex.split(command)[1:]).output.splitlines())
    missing = [line for line in shown if line not in said]  # in this order
    assert shown
    assert not missing


def snippets(language):
    written = [page for page in PAGES if page.parent != GENERATED]
    pages = {page: FENCE.findall(page.read_text(encoding="utf-8")) for page in written}
    return [
        pytest.param(body, id=f"{page.name}-{place}")
        for page, blocks in pages.items()
        for place, (spoken, body) in enumerate(blocks)
        if spoken == language
    ]


@pytest.mark.parametrize("code", snippets("python"))
def test_python_in_the_pages_runs_from_the_checkout(code, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    exec(compile(code, "<page>", "exec"), {})  # noqa: S102 - our own pages
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("text", snippets("yaml"))
def test_yaml_in_the_pages_is_valid(text, tmp_path):
    data = yaml.safe_load(text)
    if "titles" in data:
        titles = [Title.model_validate(title) for title in data["titles"]]
        assert all(Recogniser(titles, 0.8).recognise(t.title["en"]).title == t.key for t in titles)
    else:
        document = tmp_path / "acme.yaml"
        document.write_text(BARE + text, encoding="utf-8")
        loaded = load_engagement(document)
        assert data.keys() == {"overlay"}
        assert loaded.engagement.overlay.model_fields_set >= {"weights", "areas", "off"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_within_the_project_lead_somewhere(page):
    for target in map("".join, LINK.findall(page.read_text(encoding="utf-8"))):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_index_of_decisions_gives_each_by_its_title():
    folder = ROOT / "docs/decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^- \[(.+)\]\((.+)\)$", index, re.MULTILINE))
    titles = {
        path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# "): path.name
        for path in folder.glob("*.md")
        if path.name != "README.md"
    }
    assert listed == titles


def test_the_analysts_page_lists_every_example():
    page = (ROOT / "docs/how-to/analyst.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)
    assert listed == sorted(path.stem for path in (ROOT / "templates/engagements").glob("*.yaml"))
