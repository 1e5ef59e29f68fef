"""Command lines that nobody would type on purpose, drawn from a seed, and what becomes of each."""

from __future__ import annotations

import os
import shutil
import signal
import traceback
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import typer
from typer.testing import CliRunner

from tests.badinput.readers import KEY
from tests.badinput.trying import SECONDS, Tally, TooSlow, bounded
from workbook import resources
from workbook.cli.main import COMMANDS, app
from workbook.resources import HOME

SERVING = ("session", "lab", "workshop", "demo")
"""Commands that serve until somebody stops them, or take no words."""
ENOUGH_FOR_REPORTS = 4 * 2**30
GOOD = ("good.yaml", KEY)
BAD = (
    "", " ", "-", "-1", "NaN", "9" * 5_000, "9999-12-31", "0000-00-00", "2026-02-30", "=1+1",
    "%s{0}{x}", "a\nb", "\x1b[31m", "\udcff", "no-such", ".", "..", "/", "folder", "a" * 300,
    "é" * 200 + ".yaml", "~no-such-user/x", "loop", "pipe", "/dev/null", "/dev/full",
    "/proc/self/mem", "empty.yaml", "noise.yaml", "zero.yaml", "list.yaml", "number.yaml",
    "torn.xlsx", "empty.csv", "noise.csv", "http://127.0.0.1:1/x", "file:///etc/passwd",
    "sqlite:////no/such.db", "postgresql://127.0.0.1:1/x",
)  # fmt: skip
"""Words for a file, a key, a number, a day, an address: whatever is asked for."""


def lay_out(folder: Path) -> None:
    """The files that the words name, and an engagement in the workspace."""
    good = resources.templates() / "engagements" / f"{KEY}.yaml"
    shutil.copy(good, folder / "good.yaml")
    (folder / "folder").mkdir()
    (folder / "loop").symlink_to("loop")
    os.mkfifo(folder / "pipe")
    noise = Random(7).randbytes(2_000)  # noqa: S311 - the same each time
    for name, content in {
        "empty.yaml": b"",
        "noise.yaml": noise,
        "zero.yaml": b"a: \0b",
        "list.yaml": b"- 1\n- 2\n",
        "number.yaml": b"5",
        "torn.xlsx": b"PK\x03\x04" + noise,
        "empty.csv": b"",
        "noise.csv": noise,
    }.items():
        (folder / name).write_bytes(content)
    CliRunner().invoke(app, ["new", KEY, "--from", "good.yaml"])


def leaves(words: tuple[str, ...], command: object) -> Iterator[tuple[tuple[str, ...], list]]:
    """Each command that does something, with its parameters."""
    inner = getattr(command, "commands", None)
    if not inner:
        yield words, [each for each in command.params if each.name not in {"help", "lang"}]
    for name, each in (inner or {}).items():
        yield from leaves((*words, name), each)


def every_command() -> list[tuple[tuple[str, ...], list]]:
    """The commands that end by themselves."""
    described = typer.main.get_command(app).commands
    names = [name for name in COMMANDS if name not in SERVING]
    return [leaf for name in names for leaf in leaves((name,), described[name].load())]


def drawn(seed: int, commands: list[tuple[tuple[str, ...], list]]) -> list[str]:
    """A command line. The same seed gives the same."""
    random = Random(seed)  # noqa: S311 - chance is to be repeated
    words, params = commands[seed % len(commands)]
    line = list(words)
    # To write into a pipe is to wait for its reader, and somebody may want that.
    options = [p for p in params if p.param_type_name == "option" and p.name != "output"]
    for option in random.sample(options, min(len(options), random.choice((0, 0, 1, 1, 2, 3)))):
        line.append(max(option.opts, key=len))
        if not option.is_flag:
            line.append(random.choice(BAD))
    values = [
        random.choice(BAD + GOOD * 6)
        for param in params
        if param.param_type_name == "argument"
        for _ in range(1 if param.nargs == 1 else random.choice((1, 1, 2)))
    ]
    return [*line, "--", *values] if any(v.startswith("-") for v in values) else line + values


def try_lines(seeds: Iterator[int]) -> Tally:
    """Run a command line for each seed, in a workspace of its own, in English or French."""
    tally, commands, home = Tally(), every_command(), Path.cwd()
    with TemporaryDirectory() as name:
        os.chdir(name)
        try:
            lay_out(Path(name))
            with bounded(ENOUGH_FOR_REPORTS):
                for seed in seeds:
                    try_line(seed, drawn(seed, commands), tally)
        finally:
            os.chdir(home)
    return tally


def try_line(seed: int, line: list[str], tally: Tally) -> None:
    """Run one command line: it works, or is refused in words."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        environment = {"LANG": ("C", "fr_FR.UTF-8")[seed % 2], HOME: ""}
        ran = CliRunner().invoke(app, line, env=environment, input="")
        fault = ran.exception
    except TooSlow as error:
        fault = error
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    if fault and not isinstance(fault, SystemExit):
        where = traceback.extract_tb(fault.__traceback__)
        own = [f"{Path(f.filename).name}:{f.lineno}" for f in where if "workbook/" in f.filename]
        shown = [word[:40] for word in line]
        tally.wrong.append(f"{seed} {shown}: {type(fault).__name__}: {fault!s:.150} {own[-2:]}")
    elif "\x1b[31m" in ran.output:
        tally.wrong.append(f"{seed} {line}: a sign that steers the terminal was printed")
    elif ran.exit_code:
        tally.refused += 1
    else:
        tally.read += 1
