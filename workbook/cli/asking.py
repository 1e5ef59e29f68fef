"""Questions in a terminal, one after the other: a wrong answer is asked again, no other is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import typer

from workbook.cli.output import echo
from workbook.cli.speaking import speaker
from workbook.errors import BadInput
from workbook.wording.sentences import explained

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class Prompt(NamedTuple):
    """What is asked, and what reads the answer: BadInput says what is wrong with it."""

    text: str
    read: Callable[[str], str]


def ask(question: Prompt, default: str | None = None) -> str:
    """The answer, read; what was typed is offered again until it is right.

    With an empty `default`, Enter alone always answers that there is nothing to say.
    """
    typed = default
    while True:
        typed = typer.prompt(question.text, default="" if default == "" else typed)
        try:
            return question.read(typed or "")
        except BadInput as bad:
            for problem in bad.problems:
                echo(f"  {explained(problem, speaker())}")


def words(text: str) -> list[str]:
    """Names, with blanks or commas between them."""
    return [word for word in re.split(r"[\s,;]+", text) if word]


def iso(text: str) -> str:
    """A date that was typed as 30.9.2027 as 2027-09-30; any other text as it is."""
    dotted = _DOTTED.fullmatch(text.strip())
    return "{2}-{1:0>2}-{0:0>2}".format(*dotted.groups()) if dotted else text.strip()
