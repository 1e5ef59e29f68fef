"""Documentation keeps its word: commands and options exist, snippets work, links lead somewhere."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from typer.main import get_command
from typer.testing import CliRunner

from docs import findings_list
from workbook.cli.main import COMMANDS, app
from workbook.content import load_engagement
from workbook.model.framework import Title
from workbook.scoring.titles import Recogniser
from workbook.workspace import Change, Workspace

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
GENERATED = ROOT / "docs/reference"  # its examples share a beginning; test_contributing runs them
HOW_TO = ROOT / "docs/how-to"
STORY = [
    "facilitator",
    "facilitator.fr",
    "files",
    "files.fr",
    "analyst",
    "batch",
    "backup",
    "troubleshooting",
    "privacy",
]
"""Pages of the running example, in the order in which a team would follow them."""
ELSEWHERE = ("workbook session", "workbook lab", "workbook demo", "workbook check --schema")
"""Commands with tests of their own, and those that wait for somebody."""
OTHER_MACHINES = ("s3://", "tcp://", "--scheduler")
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
        assert data.keys() <= loaded.engagement.model_fields_set
        if "overlay" in data:
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


def story():
    """(page, command) of the running example, page after page."""
    for page in STORY:
        text = (HOW_TO / f"{page}.md").read_text(encoding="utf-8")
        for language, body in FENCE.findall(text):
            for line in body.splitlines() if language == "sh" else ():
                if line.startswith("workbook ") and not any(m in line for m in OTHER_MACHINES):
                    yield page, line


def given_files(folder):
    """What the people of the example have before they begin: interviews, matrices, an archive."""
    example = (ROOT / "templates/engagements/tidewater-outdoor.yaml").read_text(encoding="utf-8")
    (folder / "acme-interviews.yaml").write_text(
        example.replace("key: tidewater-outdoor", "key: acme-interviews"), encoding="utf-8"
    )
    for file in ("archive/old.yaml", "clients/north/2026-11.yaml", "clients/borealis.yaml"):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "templates/engagements/northgate-home.yaml", folder / "archive/old.yaml")
    north = folder / "clients/north/2026-11.yaml"
    shutil.copy(ROOT / "templates/engagements/tidewater-outdoor.yaml", north)
    shutil.copytree(ROOT / "templates/engagements", folder / "templates/engagements")
    matrix = ROOT / "tests/exchange/matrices"
    shutil.copy(matrix / "commerce_programme.md", folder / "governance.md")
    shutil.copy(matrix / "commerce_programme.md", folder / "matrix.md")
    for name in ("directory", "applications"):
        shutil.copy(ROOT / f"tests/exchange/company/{name}.csv", folder / f"{name}.csv")
    shutil.copytree(ROOT / "tests/exchange/brightmoor", folder / "brightmoor")
    shutil.copy(ROOT / "tests/exchange/answers/ms_fr.csv", folder / "answers.csv")
    table = re.search(
        r"^```csv\n(.*?)^```", (HOW_TO / "batch.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    (folder / "months.csv").write_text(table[1], encoding="utf-8")


def in_the_session(folder, key):
    """What the room decides on the screen, in place of a browser."""
    session = Workspace.at(folder).open(key)
    ana = {"name": "Ana Ruiz", "title": "Head of E-commerce"}
    session.record(Change(("person", "ana-ruiz"), ana))
    session.record(Change(("decision", "promotions"), {"owner": "ana-ruiz"}))


def as_a_shell_would(line):
    """The words of a command and the file that takes its output."""
    words, _, file = line.partition(" > ")
    for word in shlex.split(words)[1:]:
        found = (
            sorted(map(str, Path().glob(word))) if "*" in word and f'"{word}"' not in line else []
        )
        yield from found or [word]
    if file:
        yield from (">", file.strip())


@pytest.mark.slow  # its reports and batches run in kernels
def test_the_running_example_can_be_followed_page_by_page(tmp_path, monkeypatch):
    given_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    followed = 0
    for page, line in story():
        if line.startswith(ELSEWHERE):
            key = line.split()[2] if line.startswith("workbook session") else ""
            if key in {"acme", "acme-france"}:
                in_the_session(tmp_path, key)
            continue
        words = list(as_a_shell_would(line))
        file = words[words.index(">") + 1] if ">" in words else None
        run = CliRunner().invoke(app, words[: words.index(">")] if file else words)
        assert run.exit_code == 0, f"{page}: {line}\n{run.output}"
        if file:
            Path(file).write_text(run.stdout, encoding="utf-8")
        if line.startswith("workbook export acme "):
            shutil.copy("acme.yaml", "clients/acme.yaml")
        followed += 1
    assert followed >= 25
    assert b"Ana Ruiz" not in Path("workbook.db").read_bytes()


def test_the_lists_of_findings_are_those_of_the_framework():
    for language, path in findings_list.PAGES.items():
        assert path.read_text("utf-8") == findings_list.page(language)


@pytest.mark.parametrize("page", sorted(HOW_TO.glob("*.fr.md")), ids=lambda page: page.stem)
def test_a_page_in_french_has_the_commands_and_parts_of_the_english_one(page):
    def shape(text):
        lines = [line for _, body in FENCE.findall(text) for line in body.splitlines()]
        return len(re.findall(r"^##? ", text, re.MULTILINE)), [line.split()[:2] for line in lines]

    english = page.with_name(page.name.replace(".fr.", "."))
    own, other = shape(page.read_text("utf-8")), shape(english.read_text("utf-8"))
    assert own[0] == other[0]
    assert [words for words in other[1] if words not in own[1]] in ([], [["workbook", "check"]])
