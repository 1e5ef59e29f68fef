"""The frame of the command line: its commands, and how errors become messages and exit codes.

Help must not wait for the libraries that a command needs, so a command's module is imported when it
is used; its line in the list of commands stands here.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Annotated, Any, NamedTuple, TypeAlias, cast

import typer
from typer.core import TyperCommand, TyperGroup

from workbook import __version__
from workbook.cli.options import language
from workbook.cli.output import STANDARD_OUTPUT, echo
from workbook.cli.speaking import error_text, paragraphs, say, speaking, spoken_usage
from workbook.errors import MACHINE, BadInput, Problem, RunFailed, WorkbookError
from workbook.whole import about

SELDOM = 100_000
"""New objects between two collections of garbage: a command that ends soon needs none."""
Context: TypeAlias = Any
"""Typer's context: of a class of its own in some releases, of Click's in others."""

_NAMES = frozenset(
    {
        errno.ENAMETOOLONG,
        errno.EISDIR,
        errno.ENOTDIR,
        errno.ENOENT,
        errno.EEXIST,
        errno.EACCES,
        errno.EPERM,
        errno.ELOOP,
    }
)
"""Errors of the system about a name that somebody gave, wherever they come up."""


class CommandEntry(NamedTuple):
    """A command: the panel that lists it, and its help."""

    panel: str
    help: str


PANELS: Mapping[str, Mapping[str, str]] = {
    "Work with a team": {
        "demo": "Evaluate the example engagements, make their reports and say where they lie.",
        "session": "Open the guided session as an application, on this machine only.",
        "workshop": "Open a workshop: the board here, a page for everybody who answers.",
        "invite": "Write a letter with a personal link for everybody who is asked.",
        "questionnaire": "Write a questionnaire for everybody who is asked, a file for each.",
        "lab": "Open the guided notebooks in JupyterLab, on this machine only.",
        "new": "Begin an engagement.",
        "list": "List the engagements of a workspace: level, last change and next dates of each.",
        "import": "Take in what the client already has: people, systems, a RACI matrix, answers "
        "of a form.",
        "forms": "Print the questions to paste into Microsoft Forms, Google Forms or the like.",
        "actions": "List the actions of an engagement, send them out as tasks, and take their "
        "status back.",
        "history": "Show every change of an engagement: who made it, when, and what it says.",
        "baseline": "Name this moment of an engagement, to compare with later; "
        "or list the named moments.",
        "inherit": "Hand what a group has settled on to its sites or brands.",
        "compare": "Say what improved and what regressed since a baseline, subject by subject.",
        "erase": "Erase a person's details and texts for good.",
        "holds": "Write everything that is held on a person: to read (Markdown, HTML), or as data "
        "(JSON).",
        "backup": "Back a workspace up into one file, while sessions go on.",
        "restore": "Restore a workspace from a backup, whole or not at all.",
        "retain": "Remove what is older than agreed: people's details and texts, letters, "
        "questionnaires.",
    },
    "Results": {
        "evaluate": "Evaluate engagements: level, score with its range, areas, gates, findings, "
        "actions.",
        "report": "Make reports: self-contained pages or office documents, one per language.",
        "batch": "Make many reports, fast. Run it again: only what has changed is made again.",
        "portfolio": "Compare many engagements: one page, and one table of all of them.",
        "verify": "Say whether a report still is of the document or store that it was made from.",
    },
    "Documents": {
        "check": "Check engagement documents and say how to fix them.",
        "framework": "Check, show or describe a framework.",
        "raci": "Read RACI matrices and say, row by row, what is wrong with them.",
        "owners": "Write who owns what, as decided: as a RACI matrix, or for a catalogue of "
        "software.",
        "template": "Begin or check a brand: colours, logo, and the base of Word documents and "
        "slides.",
        "export": "Write an engagement as one document, which `workbook check`, `new` and `report` "
        "read.",
    },
}
"""Each command stands in a module of its name, as `app` or as a function of that name."""
MODULES = {"import": "importing"}
"""Modules of commands whose names are words of Python."""
COMMANDS: Mapping[str, CommandEntry] = {
    name: CommandEntry(panel, text)
    for panel, texts in PANELS.items()
    for name, text in texts.items()
}


class Later(TyperCommand):
    """A command that is known by name and help only, until somebody uses it."""

    def __init__(self, name: str, entry: CommandEntry) -> None:
        super().__init__(name=name, help=entry.help, rich_help_panel=entry.panel)

    def load(self) -> TyperCommand | TyperGroup:
        """The command itself."""
        module = import_module(f"workbook.cli.{MODULES.get(self.name or '', self.name)}")
        target = getattr(module, "app", None) or getattr(module, self.name or "")
        if not isinstance(target, typer.Typer):
            function, target = target, typer.Typer(add_completion=False)
            target.command(self.name)(function)
        command = cast("TyperCommand | TyperGroup", typer.main.get_command(target))
        command.name = self.name
        for part in (command, *getattr(command, "commands", {}).values()):
            part.help = paragraphs(joined(part.help or ""))
            say_options(part)
        return command

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: Context | None = None,
        **extra: object,
    ) -> Context:
        """The context of the command itself: help, options and completion are its own."""
        with about(STANDARD_OUTPUT):  # help is printed while words are read
            return self.load().make_context(info_name, args, parent, **extra)


def say_options(command: Context) -> None:
    """Say a command's usage, arguments and options in the language of the command line."""
    usage, help_option = command.get_usage, command.get_help_option
    for param in command.params:
        param.help = param.help and say(param.help)
        param.metavar = param.metavar and say(param.metavar)

    def said_help(ctx: Context) -> Context:
        option = help_option(ctx)
        option.help = say(option.help)
        return option

    command.get_usage = lambda ctx: say(usage(ctx))
    command.get_help_option = said_help


def joined(text: str) -> str:
    """A docstring with each paragraph on one line, so that it breaks where the terminal ends.

    Indented paragraphs are examples and stay as they are.
    """
    paragraphs = text.split("\n\n")
    return "\n\n".join(p if p.startswith(" ") else " ".join(p.split("\n")) for p in paragraphs)


class Commands(TyperGroup):
    """The group of all commands. Errors of ours become messages and exit codes."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401 - whatever Typer passes on
        attributes["commands"] = {name: Later(name, entry) for name, entry in COMMANDS.items()}
        super().__init__(**attributes)

    def main(self, args: Sequence[str] | None = None, *words: Any, **extra: Any) -> Any:  # noqa: ANN401
        """Run the command that these words name, in the language that they or the locale name."""
        with speaking(sys.argv[1:] if args is None else args):
            say_options(self)
            try:
                return super().main(args, *words, **extra)
            except OSError as error:
                failure = _named(error)
                if not failure:
                    raise
                echo(error_text(failure), err=True)
                sys.exit(failure.exit_code)

    def make_context(self, *words: Any, **extra: Any) -> Context:  # noqa: ANN401 - as above
        """The context of the command line; what is wrong with its own options is said."""
        with spoken_usage():
            return super().make_context(*words, **extra)

    def format_help(self, ctx: Context, formatter: object) -> None:  # noqa: ARG002
        """Show the list of commands, without importing any of them."""
        from workbook.cli.overview import show

        records = (param.get_help_record(ctx) for param in self.get_params(ctx))
        options = [record for record in records if record]
        commands = {
            name: CommandEntry(say(entry.panel), say(entry.help))
            for name, entry in COMMANDS.items()
        }
        with about(STANDARD_OUTPUT):
            show(self.get_usage(ctx), say(self.help or ""), options, commands)

    def invoke(self, ctx: Context) -> object:
        """Run a command; what is wrong goes to standard error, place by place."""
        try:
            with spoken_usage():
                return super().invoke(ctx)
        except WorkbookError as error:
            echo(error_text(error), err=True)
            raise typer.Exit(error.exit_code) from error


def _named(error: OSError) -> WorkbookError | None:
    """What an error of the system says about a name that was given, or about the machine."""
    file, reason = str(error.filename or ""), error.strerror or str(error)
    if error.errno in _NAMES:
        fix = "check the names of files and folders in the command"
        return BadInput(Problem(reason, fix, file=file))
    if error.errno in MACHINE:
        fix = "make room or repair the folder, and run the same command again"
        return RunFailed(str(Problem(reason, fix, file=file)))
    return None


app = typer.Typer(
    name="workbook",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        echo(f"workbook {__version__}")
        raise typer.Exit


@app.callback()
def workbook(
    version: Annotated[  # noqa: ARG001 - its callback shows it
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
    lang: Annotated[
        str,
        language("Language of help, messages and errors: {}; by default the locale’s."),
    ] = "",
) -> None:
    """Find out who owns what in a programme: guided sessions, scores with reasons, reports."""
    if lang:
        from workbook.i18n import voice

        voice(lang)


def main() -> None:
    """Run the command line and exit."""
    gc.set_threshold(SELDOM)
    _open_closed_streams()
    try:
        app()
    finally:
        _flush()
        gc.freeze()  # The interpreter's own end goes through no object once more.


def _open_closed_streams() -> None:
    """Closed streams lead nowhere, so that no file that is opened later gets their numbers."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(number, "w" if number else "r"))


def _flush() -> None:
    """What standard output did not take was said; Python need not say so when it shuts down."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
