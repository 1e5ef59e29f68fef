"""One cell of a form to the value of an answer: an option, days, a text, or a state."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from workbook.errors import Problem, nearest
from workbook.exchange.answers.columns import plain
from workbook.exchange.answers.moments import days_of
from workbook.exchange.answers.parties import STATES
from workbook.exchange.answers.replies import Entry, Reply
from workbook.exchange.request import Recipient
from workbook.exchange.tables.words import fold
from workbook.model.engagement import State
from workbook.model.framework import Question
from workbook.store import Json


class CellValues:
    """Reads cells; `problems` are those that mean nothing, `left_out` what was not taken."""

    def __init__(
        self, file: Path, recipient: Recipient, chosen: Mapping[str, str], *, day_first: bool
    ) -> None:
        self._file, self._day_first = file, day_first
        self._questions = recipient.rules.questions()
        self._language = recipient.engagement.language
        self._chosen = {plain(text): key for text, key in chosen.items()}
        self.problems: list[Problem] = []
        self.left_out: list[str] = []

    def answer(self, reply: Reply, entry: Entry) -> dict[str, Json] | None:
        """What a cell answers to its question; None, with a problem, if it means nothing."""
        _, question = self._questions[entry.target.key]
        if state := self.state(entry):
            return state
        if question.kind == "text":
            return {"value": entry.text}
        if question.kind == "choice":
            return self._option(reply, entry, question)
        days = days_of(entry.text, day_first=self._day_first)
        if days and (question.kind == "dates" or len(days) == 1):
            listed = [day.isoformat() for day in days]
            return {"value": listed if question.kind == "dates" else listed[0]}
        fix = "write year-month-day, such as 2026-11-23, or leave the cell blank"
        self.refuse(reply, entry, f"“{entry.text}” is no day", fix)
        return None

    def state(self, entry: Entry) -> dict[str, Json] | None:
        """Whether nothing is known, or nothing applies: that needs a reason, which the file is."""
        state = STATES.get(fold(entry.text).rstrip(";"))
        if state is None:
            return None
        reason = {"reason": self._file.name} if state is State.NOT_APPLICABLE else {}
        return {"state": state.value, **reason}

    def _option(self, reply: Reply, entry: Entry, question: Question) -> dict[str, Json] | None:
        """The option that a cell holds, commas and all; several of one choice are refused."""
        titles = {
            plain(text): option.key
            for option in question.options
            for text in (option.key, *option.title.root.values())
        }
        known = titles | self._chosen
        whole = plain(entry.text.rstrip("; "))
        pieces = [whole] if whole in known else [plain(p) for p in entry.text.split(";") if p]
        keys = {known.get(piece, piece) for piece in pieces if piece}
        if keys == {""}:
            self.leave_out(reply, entry, "left out by --map")
            return None
        (key, *others) = sorted(keys)
        if not others and key in titles.values():
            return {"value": key}
        shown = {option.title[self._language] for option in question.options}
        fix = "keep one option" if others else nearest(entry.text, shown)
        fix += ", or --map “TEXT=OPTION” with " + ", ".join(o.key for o in question.options)
        self.refuse(reply, entry, f"“{entry.text}” is no option", fix)
        return None

    def refuse(self, reply: Reply, entry: Entry, message: str, fix: str) -> None:
        """Keep what is wrong with a cell."""
        problem = Problem(message, fix, file=str(self._file), line=reply.number, path=entry.heading)
        self.problems.append(problem)

    def leave_out(self, reply: Reply, entry: Entry, reason: str) -> None:
        """Keep that a cell is not taken."""
        self.left_out.append(f"row {reply.number}, {entry.heading}: “{entry.text}”: {reason}")
