"""Whom a text of a respondent means: somebody known, nobody, a team, somebody new."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from workbook.exchange.people.columns import is_email
from workbook.exchange.tables.words import fold, word_set
from workbook.model.engagement import NOBODY, VACANT, Engagement, State
from workbook.scoring.titles import Recogniser
from workbook.store import Change
from workbook.workspace import new_id

_ABSENT = {
    NOBODY: "nobody;no one;noone;none;personne;aucun;aucune;niemand",
    VACANT: "vacant;vacante;post vacant;poste vacant;the post is vacant;le poste est vacant",
}
ABSENT = {text: key for key, texts in _ABSENT.items() for text in texts.split(";")}
_STATES = {
    State.UNKNOWN: "i don't know;don't know;dont know;i do not know;unknown;not sure;no idea;?;nsp;"
    "je ne sais pas;ne sais pas;aucune idee;inconnu;weiss nicht",
    State.NOT_APPLICABLE: "does not apply;not applicable;n/a;na;sans objet;non applicable;"
    "ne s'applique pas;entfallt",
}
STATES = {text: state for state, texts in _STATES.items() for text in texts.split(";")}
_MYSELF = frozenset({"me", "myself", "i", "i do", "moi", "moi-meme", "c'est moi", "ich"})
_NO_PERSON = word_set(
    "team equipe service department departement direction agency agence group groupe division pole "
    "unit cellule bureau office partner prestataire comite committee board head director manager "
    "chief lead officer owner directeur directrice responsable chef cheffe"
)
PERSON = range(2, 5)
"""Words that the name of a person has."""
_SURE = re.compile(r"[;\n]")
_LIKELY = re.compile(r"\s*(?:,|/|\+|&|\band\b|\bet\b|\bund\b)\s*")


class NamedParties:
    """The people and teams of an engagement by every name that a respondent may use.

    `changes` are those whom the answers named first; `remarks` say so. `described` are newcomers
    by name, as whoever named them described them.
    """

    def __init__(
        self,
        engagement: Engagement,
        recogniser: Recogniser,
        chosen: Mapping[str, str],
        described: Mapping[str, Change] = MappingProxyType({}),
    ) -> None:
        self._described = described
        self._engagement, self._recogniser = engagement, recogniser
        self._chosen = {fold(text): key for text, key in chosen.items()}
        self._keys = {fold(party.name): key for key, party in engagement.parties().items()}
        self._keys |= {fold(p.email): p.id for p in engagement.people if p.email}
        words: dict[str, set[str]] = {}
        titled: dict[str, set[str]] = {}
        for person in engagement.people:
            for word in re.findall(r"\w{2,}", fold(person.name)):
                words.setdefault(word, set()).add(person.id)
            title = person.title_key or recogniser.recognise(person.title or "").title
            if title and person.inside is not False:
                titled.setdefault(title, set()).add(person.id)
        self._words, self._titled = words, titled
        self._people = {person.id for person in engagement.people}
        self.changes: list[Change] = []
        self.remarks: dict[str, str] = {}

    def named(self, text: str, person: str | None) -> tuple[str, ...] | None:
        """Everybody whom a cell names, `person` being who wrote it; None for "me" of nobody."""
        parties: list[str] = []
        for piece in filter(None, (piece.strip() for piece in _SURE.split(text))):
            is_one = fold(piece) in self._described or self._known(piece)
            pieces = [piece] if is_one else _LIKELY.split(piece)
            several = all(map(self._known, pieces)) or all(map(self._is_person, pieces))
            whole = len(pieces) == 1 or not several
            for name in [piece] if whole else pieces:
                if fold(name) in _MYSELF and person is None:
                    return None
                party = person if fold(name) in _MYSELF else self._party(name)
                parties += [party] if party else []
        return tuple(dict.fromkeys(parties))

    def person(self, name: str, email: str) -> str | None:
        """The id of a person who is known by address or name."""
        keys = (self._keys.get(fold(text)) for text in (email, name) if text)
        return next((key for key in keys if key in self._people), None)

    def newcomer(self, name: str, email: str = "") -> str:
        """A person who was not known, taken in; from then on a first name may mean them."""
        key = self._taken_in("person", name, {"name": name, **({"email": email} if email else {})})
        self._people.add(key)
        for word in re.findall(r"\w{2,}", fold(name)):
            self._words.setdefault(word, set()).add(key)
        return key

    def _party(self, text: str) -> str:
        newcomer = self._described.get(fold(text))
        if newcomer and fold(text) not in self._keys:
            lead = newcomer.value.get("lead")
            unknown = {"lead"} if lead not in self._people else set()
            value = {k: v for k, v in newcomer.value.items() if k not in unknown}
            return self._taken_in(newcomer.subject[0], text, value)
        key = self._known(text)
        if key is not None:
            if key and fold(text) not in {*self._keys, *self._chosen, *ABSENT}:
                meant = self._engagement.party_name(key)
                self.remarks[fold(text)] = f"“{text}” was taken for {meant}"
            return key
        name = re.sub(r"\s*\([^()]*\)", "", text).strip() or text
        if self._is_person(name):
            return self.newcomer(name)
        return self._taken_in("team", name, {"name": name})

    def _is_person(self, name: str) -> bool:
        """Whether a text is like the name of a person, and no team's or title's."""
        group = set(re.findall(r"\w+", fold(name))) & _NO_PERSON
        return len(name.split()) in PERSON and not group and not self._title(name)

    def _known(self, text: str) -> str | None:
        """The id of whom a text means; blank where --map leaves it out, None for somebody new."""
        name = fold(text)
        if name in self._chosen:
            return self._chosen[name]
        if name in ABSENT:
            return ABSENT[name]
        bare = re.sub(r"\s*\([^()]*\)", "", name)
        address = next(filter(is_email, re.split(r"[\s<>()]+", name)), "")
        for known in (name, bare, address):
            if known in self._keys:
                return self._keys[known]
        holders = self._titled.get(self._title(text) or "", set()) or self._words.get(bare, set())
        return next(iter(holders)) if len(holders) == 1 else None

    def _title(self, text: str) -> str | None:
        return self._recogniser.recognise(text).title

    def _taken_in(self, topic: str, name: str, value: Mapping[str, str]) -> str:
        taken = frozenset(change.subject[1] for change in self.changes)
        key = new_id(self._engagement, name, taken)
        self._keys[fold(name)] = key
        self.changes.append(Change((topic, key), dict(value)))
        self.remarks[fold(name)] = f"“{name}” is new here: taken in as a {topic}"
        return key
