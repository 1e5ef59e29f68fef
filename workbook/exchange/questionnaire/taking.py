"""A questionnaire that came back into an engagement: one respondent's answers, all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbook.errors import BadInput, Problem
from workbook.exchange.answers.parties import NamedParties
from workbook.exchange.questionnaire.paper import accountable
from workbook.exchange.questionnaire.reading import FilledIn, Saying
from workbook.exchange.request import ImportRequest, Recipient
from workbook.exchange.subjects import Taking
from workbook.model.engagement import NOBODY, NONE, VACANT, Respondent, Role
from workbook.model.workshop import Round
from workbook.scoring.titles import recogniser
from workbook.store import Change, Json, Subject
from workbook.workshop import Pass, UnreadablePass, answered, current_round, latest, subjects_of

NO_OWNER = frozenset({"", NOBODY, VACANT})


def take_questionnaire(
    file: Path, filled: FilledIn, recipient: Recipient, request: ImportRequest
) -> Taking:
    """What a questionnaire changes; BadInput if it is not to be taken, or a cell is wrong."""
    respondent = _Admission(file, recipient, request).respondent(filled.code)
    taker = _Taker(file, recipient, request, respondent, filled.newcomers)
    answers = [change for saying in filled.sayings for change in taker.changes(saying)]
    if problems := (*filled.problems, *taker.problems):
        raise BadInput(sorted(problems, key=lambda problem: problem.line or 0))
    name, count = recipient.engagement.respondent_name(respondent), len(filled.sayings)
    missing = (taker.missing(filled.code, text) for text in filled.missing)
    return Taking(
        mapping=(),
        preview=(f"answers of {name}: {count}",),
        questions=tuple(taker.parties.remarks.values()),
        unused=tuple(taker.left_out),
        changes=(*taker.parties.changes, *answers, *filter(None, missing)),
        confirmed=frozenset(taker.confirmed),
    )


@dataclass(frozen=True, slots=True)
class _Admission:
    """Whether a questionnaire is one of ours, of somebody who is asked, in time."""

    file: Path
    recipient: Recipient
    request: ImportRequest

    def respondent(self, code: str) -> Respondent:
        """Who answers; BadInput that says why the questionnaire is not taken."""
        held, engagement = self._read(code), self.recipient.engagement
        if held.engagement != engagement.key:
            fix = f"take it in with --engagement {held.engagement}"
            raise self._refusal(f"it was made for the engagement “{held.engagement}”", fix)
        respondent = next((r for r in engagement.respondents if r.id == held.respondent), None)
        if respondent is None or respondent.withdrawn:
            name = engagement.respondent_name(respondent) if respondent else held.respondent
            fix = "ask this person again on the board, then take it in"
            raise self._refusal(f"“{name}” is not asked any more", fix)
        standing = latest(engagement, respondent.id)
        if standing and (standing.revoked or standing.serial != held.serial):
            raise self._refusal("it was taken back", "ask for the one that was sent later")
        self._check_time(held)
        return respondent

    def _read(self, code: str) -> Pass:
        try:
            return self.recipient.passes().read(code, questionnaire=True)
        except UnreadablePass as error:
            fix = "take in the file as it was sent from this workspace"
            raise self._refusal("it was not made here, or its pass was altered", fix) from error

    def _check_time(self, held: Pass) -> None:
        asked: Round | None = current_round(self.recipient.engagement)
        if asked is None or asked.closed:
            fix = "open another round on the board, then take it in with --late"
            raise self._refusal("no round is open: answers are no longer taken", fix)
        if self.request.late:
            return
        fix = "--late takes it into the round that is open"
        if asked.id != held.round:
            raise self._refusal(f"round {held.round}, for which it was made, is closed", fix)
        if held.until < self.request.today:
            raise self._refusal(f"answers were taken until {held.until}", fix)

    def _refusal(self, message: str, fix: str) -> BadInput:
        return BadInput(Problem(message, fix, file=str(self.file)))


class _Taker:
    """Turns what one respondent says into changes."""

    def __init__(
        self,
        file: Path,
        recipient: Recipient,
        request: ImportRequest,
        respondent: Respondent,
        newcomers: Mapping[str, Change],
    ) -> None:
        self._file, self._recipient, self._request = file, recipient, request
        self._respondent = respondent
        engagement, rules = recipient.engagement, recipient.rules
        self._asked = {f.key for _, f in subjects_of(rules, engagement, respondent)}
        self._known = engagement.parties().keys() | {NOBODY, VACANT, NONE}
        asked = current_round(engagement)
        self._voices = recipient.voices(asked.id) if asked else {}
        self.parties = NamedParties(engagement, recogniser(rules), request.chosen, newcomers)
        self.confirmed: list[Subject] = []
        self.problems: list[Problem] = []
        self.left_out: list[str] = []

    def changes(self, saying: Saying) -> Iterator[Change]:
        """What a row changes: nothing if it was said in this round already, on whatever day."""
        if saying.focal_point not in self._asked:
            self.left_out.append(f"row {saying.line}: {saying.focal_point} is not asked any more")
            return
        subject = ("nomination", self._respondent.id, saying.focal_point)
        entries = self._recipient.value(subject) or []
        standing = accountable(entries)
        fields = {**saying.fields, **dict(self._names(saying))}
        answer = answered(standing, self._fitting(saying, standing, fields))
        is_same = answer == {key: value for key, value in standing.items() if key != "on"}
        again = is_same and self._respondent.id not in self._voices.get(saying.focal_point, ())
        if again and answer:
            self.confirmed.append(subject)
        if again or not is_same:
            others = [e for e in entries if e.get("role", Role.ACCOUNTABLE) != Role.ACCOUNTABLE]
            day = min(saying.on or self._request.today, self._request.today)
            own = [{**answer, "on": day.isoformat()}] if answer else []
            yield Change(subject, [*own, *others] or None)

    def missing(self, code: str, text: str) -> Change | None:
        """What somebody misses, put on the list of what is talked about later, once."""
        key = hashlib.sha256(f"{code} {text}".encode()).hexdigest()[:32]
        if self._recipient.value(("parked", key)) is not None:
            return None
        return Change(("parked", key), {"text": text, "respondent": self._respondent.id})

    def _names(self, saying: Saying) -> Iterator[tuple[str, Json]]:
        for field, text in saying.names.items():
            parties = self.parties.named(text, self._respondent.person)
            if parties is None:
                self._refuse(
                    saying, field, "says “me”, and who answers is no person", "write a name"
                )
            elif len(parties) > 1:
                fix = "keep the one who ultimately answers, and name the others in the note"
                self._refuse(saying, field, f"“{text}” names several", fix)
            elif parties:
                absent = field == "deputy" and parties[0] in (NOBODY, VACANT)
                yield field, NONE if absent else parties[0]

    def _fitting(
        self, saying: Saying, standing: Mapping[str, Json], fields: dict[str, Json]
    ) -> dict[str, Json]:
        """The fields without a deputy or a confidence that belongs to no owner."""
        for field in ("party", "deputy", "ask"):
            if (party := fields.get(field)) and party not in self._known | self._newcomers():
                message, fix = f"“{party}” is not there any more", "write the name of somebody else"
                self._refuse(saying, field, message, fix)
        gone = "state" in fields and fields.get("party") is None
        owner = "" if gone else fields.get("party") or standing.get("party") or ""
        if fields.get("deputy") and owner in NO_OWNER:
            self._leave_out(saying, "a deputy without one owner in the same row")
            fields.pop("deputy")
        elif owner and owner == fields.get("deputy", standing.get("deputy")):
            self._refuse(saying, "deputy", "the owner cannot be the deputy", "name somebody else")
        if fields.get("confidence") and not owner:
            self._leave_out(saying, "how sure somebody is of no owner")
            fields.pop("confidence")
        return fields

    def _leave_out(self, saying: Saying, reason: str) -> None:
        self.left_out.append(f"row {saying.line}, {saying.focal_point}: {reason}")

    def _newcomers(self) -> frozenset[str]:
        return frozenset(change.subject[1] for change in self.parties.changes)

    def _refuse(self, saying: Saying, field: str, message: str, fix: str) -> None:
        column = {"party": "C", "deputy": "D"}.get(field, "")
        path = f"{column}{saying.line}" if column else saying.focal_point
        self.problems.append(Problem(message, fix, str(self._file), saying.line, path=path))
