"""An engagement without names: people go by their titles, and nobody's words are quoted."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from workbook.i18n import Voice
from workbook.model.base import Value
from workbook.model.engagement import (
    Answer,
    Engagement,
    Nomination,
    Person,
    Respondent,
    Role,
    State,
)

if TYPE_CHECKING:
    from workbook.store import Json

T = TypeVar("T", bound=Value)
Entry = TypeVar("Entry", Nomination, Answer)
WORDS = ("note", "evidence", "reason")
"""Fields in which people write freely, of others too."""
PARTIES = (
    *("person", "lead", "party", "deputy", "ask", "owner", "responsible", "consulted"),
    *("informed", "decided_by"),
)
"""Fields that hold the id of a person."""
ORDER = {
    "people": ("id",),
    "respondents": ("id",),
    "nominations": ("focal_point", "respondent", "role", "party"),
    "answers": ("question", "subject", "respondent"),
}
"""Lists in whose order somebody could be recognised, and what they are sorted by instead."""


def without_names(engagement: Engagement, voice: Voice) -> Engagement:
    """The same engagement, to be shown to readers who are not to know who is who.

    A title that several people have is numbered. Teams and outside organisations keep their names.
    """
    names = _numbered({p.id: _role(p, voice) for p in engagement.people}, voice)
    # Who decided may be written as a name rather than as an id.
    by_name = {person.name: person.id for person in engagement.people}
    people = (_anonymous(person, names[person.id], voice) for person in engagement.people)
    unlinked = [r.id for r in engagement.respondents if r.person is None]
    asked = _numbered(dict.fromkeys(unlinked, voice.t("Respondent")), voice)
    respondents = (r.model_copy(update={"name": asked.get(r.id)}) for r in engagement.respondents)
    return engagement.model_copy(
        update={
            "people": tuple(people),
            "externals": tuple(
                e.model_copy(update={"contact": None}) for e in engagement.externals
            ),
            "respondents": tuple(respondents),
            "nominations": _wordless(engagement.nominations),
            "answers": _wordless(engagement.answers),
            "decisions": tuple(
                decision.model_copy(
                    update={
                        "dissent": _wordless(decision.dissent),
                        # That there is a reason counts; which one may name somebody.
                        "title_reason": decision.title_reason and voice.t("reason not shown"),
                        "decided_by": by_name.get(decision.decided_by, decision.decided_by),
                    }
                )
                for decision in _wordless(engagement.decisions)
            ),
        }
    )


def pseudonymised(engagement: Engagement, voice: Voice) -> Engagement:
    """The same without names, for readers who may not learn who answered what either.

    Ids say nothing of whom they stand for, and no respondent leads to a person. Two respondents who
    exchange all their answers give the same document. Days of answers, links, and what respondents
    miss stay out of it.
    """
    hidden = without_names(engagement, voice)
    by_name = sorted(hidden.people, key=lambda person: person.name)
    people = _counted("person", (person.id for person in by_name))
    voices = {r.id: r for r in map(_unlinked, hidden.respondents)}
    nominations = tuple(excused(_undated(n), voice) for n in _latest(hidden.nominations))
    answers = tuple(excused(_undated(answer), voice) for answer in hidden.answers)
    sheets = _sheets(voices, (*nominations, *answers), people)
    respondents = _counted("respondent", sorted(voices, key=lambda key: sheets[key]))
    shown = hidden.model_copy(
        update={
            "respondents": tuple(
                voices[key].model_copy(update={"name": f"{voice.t('Respondent')} {number}"})
                for number, key in enumerate(respondents, 1)
            ),
            "nominations": nominations,
            "answers": answers,
            "invitations": (),
            "parked": tuple(item for item in hidden.parked if item.respondent is None),
        }
    )
    names = {"people.id": people, "respondents.id": respondents, "respondent": respondents}
    whole = _renamed(_plain(shown), {**names, **dict.fromkeys(PARTIES, people)})
    for field, keys in ORDER.items():
        whole[field] = sorted(
            whole.get(field, ()), key=lambda entry: [str(entry.get(key, "")) for key in keys]
        )
    return Engagement.model_validate(whole)


def _counted(word: str, keys: Iterable[str]) -> dict[str, str]:
    return {key: f"{word}-{number}" for number, key in enumerate(keys, 1)}


def _sheets(
    voices: Mapping[str, Respondent],
    entries: Iterable[Nomination | Answer],
    people: Mapping[str, str],
) -> dict[str, list[str]]:
    """What each respondent says, in an order and in words that do not depend on who they are."""
    sheets = {key: [repr(r.model_copy(update={"id": "-"}))] for key, r in voices.items()}
    for entry in entries:
        if entry.respondent in sheets:
            own = {"respondent": {entry.respondent: ""}, **dict.fromkeys(PARTIES, people)}
            sheets[entry.respondent].append(repr(_renamed(_plain(entry), own)))
    return {key: sorted(sheet) for key, sheet in sheets.items()}


def _unlinked(respondent: Respondent) -> Respondent:
    return Respondent(id=respondent.id, areas=respondent.areas, withdrawn=respondent.withdrawn)


def _undated(entry: Entry) -> Entry:
    """An answer without its day, which tells who gave it to whoever saw people answer."""
    return entry.model_copy(update={"on": None}) if entry.respondent else entry


def excused(entry: Entry, voice: Voice) -> Entry:
    """That something does not apply has to have a reason, though not one that is shown."""
    if entry.state is not State.NOT_APPLICABLE:
        return entry
    return entry.model_copy(update={"reason": voice.t("reason not shown")})


def _latest(nominations: Iterable[Nomination]) -> Iterator[Nomination]:
    """Of several days on which somebody spoke of the same accountable, the last."""
    days: dict[tuple[str, str], dt.date] = {}
    listed = tuple(nominations)
    for n in listed:
        if n.role is Role.ACCOUNTABLE:
            key = (n.respondent, n.focal_point)
            days[key] = max(days.get(key, dt.date.min), n.on or dt.date.min)
    for n in listed:
        day = days.get((n.respondent, n.focal_point), dt.date.min)
        if n.role is not Role.ACCOUNTABLE or (n.on or dt.date.min) == day:
            yield n


def _plain(value: Value) -> Json:
    return value.model_dump(mode="json", exclude_defaults=True)


def _renamed(value: Json, names: Mapping[str, Mapping[str, str]], field: str = "") -> Json:
    """A value with the ids in fields of these names replaced."""
    if isinstance(value, dict):
        return {
            key: _renamed(inner, names, f"{field}.id" if key == "id" else key)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_renamed(inner, names, field) for inner in value]
    return names.get(field, {}).get(value, value) if isinstance(value, str) else value


def _anonymous(person: Person, name: str, voice: Voice) -> Person:
    reason = {"reason": voice.t("reason not shown")}
    accepted = tuple(title.model_copy(update=reason) for title in person.accepted_titles)
    return person.model_copy(update={"name": name, "email": None, "accepted_titles": accepted})


def _role(person: Person, voice: Voice) -> str:
    return person.title or person.unit or voice.t("Somebody")


def _numbered(roles: Mapping[str, str], voice: Voice) -> dict[str, str]:
    """Roles by id, those of several people with a number each."""
    held, seen, names = Counter(roles.values()), Counter[str](), dict[str, str]()
    for key, role in roles.items():
        seen[role] += 1
        names[key] = f"{role} {voice.number(seen[role])}" if held[role] > 1 else role
    return names


def _wordless(entries: Iterable[T]) -> tuple[T, ...]:
    """Entries without what somebody wrote; what an answer needs to count stays."""
    return tuple(
        entry.model_copy(update={field: None for field in WORDS if getattr(entry, field, None)})
        for entry in entries
    )
