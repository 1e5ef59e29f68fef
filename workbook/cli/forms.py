"""`workbook forms`: the questions to paste into a form that is sent out elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.options import EngagementKey, WorkspaceFolder, language
from workbook.cli.output import echo, echo_json

if TYPE_CHECKING:
    from workbook.exchange.answers.form import FormQuestion
    from workbook.i18n import Voice


def forms(
    key: EngagementKey,
    lang: Annotated[str | None, language("By default the engagement’s own: {}.")] = None,
    deputies: Annotated[bool, typer.Option("--deputies", help="Ask who stands in, too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the questions as JSON.")] = False,
    workspace: WorkspaceFolder = None,
) -> None:
    """Print the questions to paste into Microsoft Forms, Google Forms or the like.

    `workbook import` reads the file that such a form exports. A question may be left out or
    reworded a little; what is not recognised is listed.

    Examples:

      workbook forms acme

      workbook forms acme --lang fr --deputies
    """
    from workbook.exchange.answers.form import form_questions
    from workbook.i18n import voice
    from workbook.workspace import Workspace

    session = Workspace.at(workspace).open(key)
    speaker = voice(lang or session.engagement.language)
    questions = form_questions(session.rules, session.engagement, speaker, deputies=deputies)
    if as_json:
        echo_json([_as_data(question) for question in questions])
    else:
        _tell([*questions], speaker)


def _as_data(question: FormQuestion) -> dict[str, object]:
    return {
        "area": question.area.key,
        "subject": question.target.name,
        "text": question.text,
        "help": question.help,
        "options": question.options,
    }


def _tell(questions: list[FormQuestion], speaker: Voice) -> None:
    t = speaker.t
    echo(
        t("Answer with a name, a team, “nobody” or “I don’t know”; leave blank what is not yours.")
    )
    area = ""
    for number, question in enumerate(questions, 1):
        if question.area.key != area:
            area = question.area.key
            echo(f"\n{question.area.heading[speaker.language]}\n")
        echo(f"{number}. {question.text}")
        if question.help:
            echo(f"   {question.help}")
        for option in question.options:
            echo(f"   ○ {option}")
