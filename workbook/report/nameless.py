"""An engagement without names: people go by their titles, and nobody's words are quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

from workbook.i18n import Voice
from workbook.model.base import Value
from workbook.model.engagement import Engagement, Person

T = TypeVar("T", bound=Value)
WORDS = ("note", "evidence", "reason")
"""Fields in which people write freely, of others too."""


def without_names(engagement: Engagement, voice: Voice) -> Engagement:
    """The same engagement, to be shown to readers who are not to know who is who.

    A title that several people have is numbered. Teams and outside organisations keep their names.
    """
    names = _numbered({p.id: _role(p, voice) for p in engagement.people}, voice)
    # Who decided may be written as a name rather than as an id.
    by_name = {person.name: person.id for person in engagement.people}
    people = (p.model_copy(update={"name": names[p.id], "email": None}) for p in engagement.people)
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
