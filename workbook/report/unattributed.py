"""An anonymous engagement as a document: what is said of a subject, and nothing of who says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from workbook.i18n import voice
from workbook.model.engagement import Answer, Nomination, Respondent, State
from workbook.report.nameless import excused

if TYPE_CHECKING:
    from workbook.model.engagement import Engagement
    from workbook.model.rules import Rules

Entry = Nomination | Answer
SIGNED = ("note", "evidence", "reason", "on", "ask", "discuss_later")
"""What beside an answer tells of its writer: words, days, and whom they would ask."""


def unattributed(rules: Rules, engagement: Engagement) -> Engagement:
    """The engagement as it may leave the store if answers are anonymous; the very same if not.

    A subject keeps its answers if a small group gave as many. Nothing tells which answers to two
    subjects are of one person: two respondents who exchange one answer give the same document.
    """
    if not engagement.anonymous:
        return engagement
    asked = sorted(engagement.respondents, key=lambda r: (r.withdrawn, r.areas))
    respondents = [
        Respondent(id=f"respondent-{number}", areas=r.areas, withdrawn=r.withdrawn)
        for number, r in enumerate(asked, 1)
    ]
    speaks = voice(engagement.language)
    least, entries = rules.thresholds.small_group, list[Entry]()
    answers = [a for a in engagement.answers if a.respondent]
    sheets = _sheets(rules, (*engagement.standing_nominations(), *answers))
    for (area, _), sheet in sorted(sheets.items()):
        entries += _dealt(sheet, respondents, area, least)
    persons = {r.id: r.person for r in engagement.respondents}
    return engagement.model_copy(
        update={
            "respondents": tuple(respondents),
            "nominations": tuple(excused(e, speaks) for e in entries if isinstance(e, Nomination)),
            "answers": (
                *(answer for answer in engagement.answers if answer.respondent is None),
                *(excused(e, speaks) for e in entries if isinstance(e, Answer)),
            ),
            "decisions": tuple(
                decision.model_copy(
                    update={
                        "dissent": tuple(
                            dissent.model_copy(update={"party": party})
                            for dissent in decision.dissent
                            if (party := persons.get(dissent.party, dissent.party))
                        )
                    }
                )
                for decision in engagement.decisions
            ),
            "invitations": (),
            "parked": tuple(
                item.model_copy(update={"respondent": None}) for item in engagement.parked
            ),
        }
    )


def _sheets(rules: Rules, entries: Iterable[Entry]) -> dict[tuple[str, str], list[Entry]]:
    """What is said of each subject, by its area: a question's is that of the one it hangs on."""
    areas = {f.key: area.key for area in rules.areas for f in area.focal_points}
    questions = {q.key: q for area in rules.areas for q in area.questions}
    sheets = defaultdict[tuple[str, str], list[Entry]](list)
    for entry in entries:
        if isinstance(entry, Nomination):
            sheets[areas[entry.focal_point], entry.focal_point].append(entry)
            continue
        root = questions[entry.question]
        while root.parent:
            root = questions[root.parent.question]
        area = next(area.key for area in rules.areas if root in area.questions)
        sheets[area, f"{root.key}?"].append(entry)
    return sheets


def _dealt(
    sheet: list[Entry], respondents: list[Respondent], area: str, least: int
) -> Iterator[Entry]:
    """The answers to one subject, given to those who are asked of it in an order of the answers."""
    answered = defaultdict[str, set[str | None]](set)
    for entry in sheet:
        if entry.state is State.ANSWERED:
            answered[_cell(entry)].add(entry.respondent)
    replies = defaultdict[str | None, list[Entry]](list)
    for entry in sheet:
        if len(answered[_cell(entry)]) >= least:
            fields = type(entry).model_fields
            bare = {name: fields[name].default for name in SIGNED if name in fields}
            replies[entry.respondent].append(entry.model_copy(update={**bare, "respondent": "-"}))
    keys = sorted(respondents, key=lambda r: bool(r.areas) and area not in r.areas)
    ordered = sorted((sorted(reply, key=repr) for reply in replies.values()), key=repr)
    for key, reply in zip(keys, ordered, strict=False):
        yield from (entry.model_copy(update={"respondent": key.id}) for entry in reply)


def _cell(entry: Entry) -> str:
    if isinstance(entry, Nomination):
        return entry.focal_point
    return f"{entry.question} {entry.subject or ''}"
