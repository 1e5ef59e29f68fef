"""One moment of a screen: everything that a view may read, and nothing that it could change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbook.i18n import Voice, voice
from workbook.model.evaluation import Score
from workbook.widgets.closing import Signing
from workbook.widgets.gathering import Gathering
from workbook.widgets.state import ScreenState
from workbook.widgets.views.scene import Scene, ViewCache

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.model.engagement import Engagement
    from workbook.scoring.plan import Plan
    from workbook.store import Conflict
    from workbook.store.events import Json, Subject
    from workbook.widgets.incoming import Intake
    from workbook.workspace import Session, Standing


@dataclass(frozen=True, slots=True)
class Saving:
    """How safe what was said is: changes that wait, whether the store is away, the last write."""

    waiting: int = 0
    away: bool = False
    saved_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The engagements to choose from: the last changed ones, and examples (key, name).

    `away`: the store cannot be reached now, so that nobody knows what it holds.
    """

    recent: tuple[Standing, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    away: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The state of a screen with what it shows of its engagement.

    `scene` and `recorded` (the score without what is tried) are None while none is open; `shelf`
    is filled only then, `plan` and `signing` only where the page tells them. `intake` is a list
    that came in, and that nothing is recorded of; `group` has changed since this site inherited.
    """

    state: ScreenState
    cache: ViewCache
    key: str | None = None
    scene: Scene | None = None
    recorded: Score | None = None
    saving: Saving = Saving()
    conflicts: tuple[Conflict, ...] = ()
    merges: Mapping[Subject, Json] = field(default_factory=dict)
    can_undo: bool = False
    can_redo: bool = False
    signing: Signing = field(default_factory=Signing)
    plan: Plan | None = None
    intake: Intake | None = None
    gathering: Gathering = field(default_factory=Gathering)
    shelf: Shelf = Shelf()
    group: Engagement | None = None

    @property
    def voice(self) -> Voice:
        """The voice of the screen."""
        return voice(self.state.language)


def saving_of(session: Session | None) -> Saving:
    """How safe a session's words are."""
    if session is None:
        return Saving()
    return Saving(len(session.pending), session.trouble is not None, session.saved_at)
