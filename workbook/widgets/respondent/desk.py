"""What the pages of all respondents of one engagement share: its facts, kept until they change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from workbook.errors import WorkbookError
from workbook.i18n import Voice
from workbook.model.engagement import Decision, Engagement, Respondent
from workbook.scoring.identity_cache import IdentityCache, IdentityCaches
from workbook.widgets.respondent.words import words
from workbook.widgets.views.frame import parties_index
from workbook.widgets.views.scene import View
from workbook.workshop import current_round, subjects_of

if TYPE_CHECKING:
    from workbook.model.framework import Area, FocalPoint
    from workbook.model.rules import Rules
    from workbook.model.workshop import Round
    from workbook.workspace import Session

_FIELDS = (
    "language",
    "framework",
    "overlay",
    "organisation",
    "programme",
    "scope",
    "people",
    "teams",
    "externals",
    "respondents",
    "rounds",
    "anonymous",
)
"""What a respondent's page tells of the engagement; nobody's answers are among it."""


class UnknownRespondent(WorkbookError):
    """Somebody asks who is not, or no longer, among the respondents."""


@dataclass(frozen=True)
class Facts:
    """The engagement as respondents may know it: without a voice or a decision."""

    engagement: Engagement
    rules: Rules

    @cached_property
    def round(self) -> Round | None:
        """The round that is open, else the last one; None before the first."""
        return current_round(self.engagement)

    @cached_property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.round is not None and self.round.closed is None

    @cached_property
    def respondents(self) -> Mapping[str, Respondent]:
        """Who is asked, by key; whoever has withdrawn is not."""
        return {r.id: r for r in reversed(self.engagement.respondents) if not r.withdrawn}

    @cached_property
    def _asked(self) -> dict[str, list[tuple[Area, FocalPoint]]]:
        return {}

    def asked(self, respondent: Respondent) -> list[tuple[Area, FocalPoint]]:
        """What the round asks of a respondent, in the framework's order."""
        if respondent.id not in self._asked:
            subjects = subjects_of(self.rules, self.engagement, respondent)
            self._asked[respondent.id] = subjects
        return self._asked[respondent.id]


class Desk:
    """One engagement, as the host keeps it for everybody who answers."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._facts: IdentityCache[Facts] = IdentityCache()
        self._latest: tuple[int, Facts] | None = None
        self._parties: IdentityCaches[View] = IdentityCaches()
        self._words: IdentityCaches[View] = IdentityCaches()
        self._standing: IdentityCache[Mapping[str, Decision]] = IdentityCache()

    @property
    def facts(self) -> Facts:
        """The facts now; the very same while nothing in them changes."""
        revision = self.session.revision
        if self._latest is None or self._latest[0] != revision:
            self._latest = (revision, self._read())
        return self._latest[1]

    def _read(self) -> Facts:
        parts = {field: self.session.part(field) for field in _FIELDS}
        rules = self.session.rules
        return self._facts.get(
            (*parts.values(), rules),
            lambda: Facts(Engagement.model_construct(key=self.session.key, **parts), rules),
        )

    def parties(self, voice: Voice) -> View:
        """Everybody who may be named, made once for all pages of a language."""
        facts = self.facts
        e = facts.engagement
        parts = (e.people, e.teams, e.externals)
        return self._parties.get(voice.language, parts, lambda: parties_index(e, voice))

    @property
    def decisions(self) -> Mapping[str, Decision]:
        """The standing decision of each focal point."""
        decisions = self.session.part("decisions")
        return self._standing.get(
            (decisions,),
            lambda: Engagement.model_construct(decisions=decisions).standing_decisions(),
        )

    def owned(self, respondent: Respondent) -> tuple[Decision, ...]:
        """What was decided for the person who answers: they alone accept or decline it."""
        everything = self.decisions.values()
        return tuple(d for d in everything if d.owner and d.owner == respondent.person)

    def words(self, voice: Voice) -> View:
        """The fixed words of a language, made once for all pages."""
        return self._words.get(voice.language, (), lambda: words(voice))

    def respondent(self, key: str) -> Respondent:
        """Who answers; UnknownRespondent if nobody of that key does."""
        if respondent := self.facts.respondents.get(key):
            return respondent
        raise UnknownRespondent(f"nobody called “{key}” is asked in “{self.session.key}”")
