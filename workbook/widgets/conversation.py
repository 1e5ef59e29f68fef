"""A conversation between one person's screen and a session: commands in, view model out.

Knows nothing of widgets: a notebook's widget and a workshop's line carry the same conversation.
Commands say what is to happen (`registry`), the conversation lets it happen, and views tell the
moment after it.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from workbook.content import organisation_name
from workbook.errors import BadInput, Problem
from workbook.i18n import voice
from workbook.scoring import Evaluator
from workbook.store import StoreAway
from workbook.widgets import (  # noqa: F401 - register commands
    commands,
    hosting,
    importing,
    looking,
    saying,
    trying,
)
from workbook.widgets.closing import Closer, Signing
from workbook.widgets.door import RoomAddress, announced
from workbook.widgets.gathering import Gathering, closing, gathering
from workbook.widgets.incoming import Importer, Intake
from workbook.widgets.moment import Moment, Shelf, saving_of
from workbook.widgets.notices import caution, contradictions, ownerless, refusal, taken_over
from workbook.widgets.planner import Planner
from workbook.widgets.registry import BadMessage, Command, Message, entry_of
from workbook.widgets.state import (
    FACILITATOR,
    Before,
    Begin,
    Close,
    Context,
    Effect,
    Look,
    Open,
    Outcome,
    Redo,
    ScreenState,
    Settle,
    SignOff,
    Take,
    TakeIn,
    Undo,
)
from workbook.widgets.trial import tried
from workbook.widgets.veil import Veil
from workbook.widgets.views import frame, page
from workbook.widgets.views.review import TABS, tab_content
from workbook.widgets.views.saving import saved_view
from workbook.widgets.views.scene import Scene, View, ViewCache
from workbook.workshop import Passes
from workbook.workspace.inheriting import GroupWatch

if TYPE_CHECKING:
    from workbook.model.engagement import Engagement
    from workbook.model.evaluation import Evaluation
    from workbook.widgets.parcels import Parcel
    from workbook.workspace import Conflict, Session, Workspace

QUICK = frozenset({"decide", "answer", "map", "accept"})
"""Commands after which the score is shown at once, findings and actions a moment later."""
RECENT = 8
"""Engagements that the first page offers to resume."""
_TOLD = ("workshop", "signoff")
"""Tabs that tell of the rounds: the board, and the minutes that the sign-off hands out."""
REMEMBERED = 32
"""Commands with a token that are remembered, so that a retry does nothing."""


class Conversation:
    """One screen. `session` is None until an engagement is chosen."""

    def __init__(
        self,
        workspace: Workspace,
        session: Session | None,
        *,
        as_of: dt.date,
        step: str = frame.START,
        tab: str = TABS[0],
        language: str | None = None,
        door: RoomAddress | None = None,
    ) -> None:
        language = language or (session.engagement.language if session else "en")
        self.workspace = workspace
        self.session = session
        self.as_of = as_of
        actor = session.actor if session else FACILITATOR
        self.state = ScreenState(step=step, tab=tab, language=language, actor=actor)
        self._door = door
        self._planner = Planner()
        self._closer = Closer()
        self._importer = Importer(partial(Passes.of, workspace.store))
        self._parcel: Parcel | None = None
        self._shown: tuple[Engagement, tuple[Conflict, ...]] | None = None
        self._soon = False
        self._greeting: Message | None = None
        self._trials = Evaluator()
        self._watch = GroupWatch(workspace)
        self._veil = Veil()
        self._views = ViewCache()

    # The moment

    @property
    def scene(self) -> Scene | None:
        """What there is to show; None while no engagement is open."""
        if self.session is None:
            return None
        before, rules, speaks = self.state.before, self.session.rules, voice(self.state.language)
        engagement, evaluation = self.engagement, self._evaluate()
        reading = None if self.state.nameless else self._evaluator.read(rules, engagement)
        if self.state.nameless:
            engagement, evaluation = self._veil.veiled(rules, engagement, self.as_of, speaks)
        return Scene(
            rules=rules,
            voice=speaks,
            engagement=engagement,
            evaluation=evaluation,
            before=before.evaluation if before else None,
            lost=bool(before and ownerless(before.engagement, self.engagement)),
            session_reading=reading,
            cache=self._views,
        )

    @property
    def engagement(self) -> Engagement:
        """What the screen shows: as recorded, or with what is being tried."""
        recorded, trial = self._open_session().engagement, self.state.trial
        return tried(recorded, trial.changes) if trial else recorded

    def _evaluate(self) -> Evaluation:
        session, trial = self._open_session(), self.state.trial
        if trial is None or not trial.steps:
            return session.evaluate(self.as_of, soon=self._soon)
        return self._evaluator.evaluate(session.rules, self.engagement, self.as_of)

    @property
    def _evaluator(self) -> Evaluator:
        """The session's, or one of its own for what is only tried."""
        trial = self.state.trial
        return self._trials if trial and trial.steps else self._open_session().evaluator

    def moment(self, *, tab: str | None = None) -> Moment:
        """Everything that a view may read now; with `tab`, as if that tab were open."""
        session, scene = self.session, self.scene
        state = replace(self.state, tab=tab) if tab else self.state
        if session is None or scene is None:
            return Moment(state=state, cache=self._views, shelf=self._shelf())
        tab = state.tab if state.step == frame.REVIEW else None
        return Moment(
            state=state,
            cache=self._views,
            key=session.key,
            scene=scene,
            recorded=session.evaluate(self.as_of).score if state.trial else None,
            saving=saving_of(session),
            conflicts=() if state.nameless else session.conflicts,  # they tell names, and wait
            merges=session.merges,
            can_undo=session.can_undo,
            can_redo=session.can_redo,
            signing=self._closer.signing(session, self.as_of, compares=not state.nameless)
            if tab == "signoff"
            else Signing(),
            plan=self._planner.plan(state.aim, scene) if tab == "actions" else None,
            intake=self._intake(session),
            gathering=gathering(session, self._room(session), self.workspace.now())
            if tab in _TOLD
            else Gathering(),
            group=self._watch.moved_on(session),
        )

    def _room(self, session: Session) -> RoomAddress | None:
        return self._door or announced(self.workspace.path, session.key)

    def _intake(self, session: Session) -> Intake | None:
        usual = self.workspace.mapping
        return self._importer.intake(self.state.incoming, session, self.as_of, usual)

    def _shelf(self) -> Shelf:
        paths = self.workspace.examples().items()
        examples = tuple((key, organisation_name(path)) for key, path in paths)
        try:
            return Shelf(self.workspace.standings(self.as_of, RECENT), examples)
        except StoreAway:
            return Shelf((), examples, away=True)

    def view(self) -> View:
        """Everything that the screen shows now."""
        self._shown = self._recorded()
        return page.whole(self.moment())

    def tabs(self) -> dict[str, View]:
        """The content of every tab of the review, for a page that prints all of them; else none."""
        scene = self.scene
        if scene is None or self.state.step != frame.REVIEW:
            return {}
        return {tab: tab_content(scene, tab, self.moment(tab=tab)) for tab in TABS}

    # Commands

    def hear(self, message: Message) -> None:
        """Do what a message says. What cannot be done becomes a notice; BadMessage if it is none.

        A message with a token, `once`, is done once however often it is sent, also on a new line.
        """
        entry = entry_of(message)
        fields = entry.read(message)
        token, edit = message.get("once"), message.get("edit")
        if token is not None and token in self.state.done:
            return
        state = self.state if entry.quiet else replace(self.state, notice=None)
        try:
            outcome: Outcome = entry.handler(state, self._context(entry, edit), **fields)
            self._perform(outcome, edit, token)
        except BadInput as bad:
            self._refuse(bad.problems)
            return
        except StoreAway:
            if message["do"] == "hello":
                self._greeting = message
                return
            text = voice(self.state.language).t(
                "We cannot save now: this has to wait. Nothing else is held up."
            )
            self._refuse([Problem(text)])
            return
        if token is not None:
            self.state = replace(self.state, done=(*self.state.done, token)[-REMEMBERED:])

    def _refuse(self, problems: tuple[Problem, ...] | list[Problem]) -> None:
        count = self.state.refused + 1
        notice = refusal(problems, voice(self.state.language))
        self.state = replace(self.state, notice=notice, refused=count)

    def _context(self, entry: Command, edit: str | None) -> Context | None:
        session = self.session if entry.anywhere else self._open_session()
        if session is None:
            return None
        return Context(
            as_of=self.as_of,
            now=self.workspace.now(),
            voice=voice(self.state.language),
            key=session.key,
            engagement=self.engagement,
            evaluate=self._evaluate,
            closing=lambda: closing(session),
            rules=session.rules,
            conflicts=session.conflicts,
            merges=session.merges,
            edit=edit,
        )

    def _open_session(self) -> Session:
        if self.session is None:
            raise BadMessage("a command came before an engagement was open")
        return self.session

    def _perform(self, outcome: Outcome, edit: str | None, once: str | None) -> None:
        state = outcome.state
        if outcome.compare:
            state = replace(state, before=self._before())
        if outcome.changes:
            self._open_session().record(*outcome.changes, later=True, step=edit, once=once)
        if outcome.effect:
            state = self._effect(outcome.effect, state)
        self.state = state
        if self.session:
            self.session.actor = state.actor
            if state.step not in frame.steps(self.session.rules):
                self.state = replace(state, step=frame.START)

    def _before(self) -> Before:
        if self.state.trial:
            return Before(self.engagement, self._open_session().evaluate(self.as_of))
        return Before(self.engagement, self._evaluate())

    def _effect(self, effect: Effect, state: ScreenState) -> ScreenState:
        match effect:
            case Look():
                return self._look(state)
            case Open(name, speak):
                self.session = self.workspace.open(name, state.actor)
                language = self.session.engagement.language if speak else state.language
                return replace(state, language=language, before=None)
            case Begin():
                return self._begin(effect, state)
            case Close():
                self.session = None
            case Undo() | Redo():
                session = self._open_session()
                (session.undo if isinstance(effect, Undo) else session.redo)()
            case SignOff(name):
                self._sign_off(name)
            case Take():
                self._parcel = self._packed(effect)
            case TakeIn():
                return self._take_in(state)
            case Settle(subject, value):
                self._open_session().resolve(subject, value)
        return state

    def _packed(self, take: Take) -> Parcel:
        from workbook.widgets.parcels import parcel

        session, shown = self._open_session(), self.state
        self.state = replace(shown, trial=None, language=take.language, step=frame.REVIEW)
        try:
            return parcel(take, session, self.moment(tab="signoff"), self.workspace.path)
        finally:
            self.state = shown

    def hand_over(self) -> Parcel | None:
        """The file that the last command asked for, once."""
        parcel, self._parcel = self._parcel, None
        return parcel

    def _look(self, state: ScreenState) -> ScreenState:
        session = self.session
        if session is None:
            return state
        before = Before(session.engagement, session.evaluate(self.as_of, soon=True))
        return replace(state, before=before) if session.refresh() else state

    def _begin(self, facts: Begin, state: ScreenState) -> ScreenState:
        speaks = voice(state.language)
        taken = frozenset(summary.key for summary in self.workspace.engagements())
        self.session = self.workspace.new(commands.begin(facts, speaks, taken), state.actor)
        crossed = contradictions(self.session.engagement.programme, self.as_of, speaks)
        return replace(state, notice=caution(*crossed))

    def _take_in(self, state: ScreenState) -> ScreenState:
        session = self._open_session()
        intake = self._intake(session)
        if intake is None or intake.plan is None:
            return state
        session.take_in(intake.plan.changes, intake.plan.kind.value, later=True)
        with suppress(StoreAway):  # the changes wait, and what words mean can be chosen again
            self.workspace.keep_mapping(session.key, intake.plan.remembered)
        return replace(state, incoming=None, notice=taken_over(voice(state.language)))

    def _sign_off(self, name: str) -> None:
        session = self._open_session()
        if session.is_at(name):
            return  # the second press of a double click
        if name in {baseline.name for baseline in session.baselines}:
            text = voice(self.state.language).t(
                "There is a moment “{name}” already: choose another name.", name=name
            )
            raise BadInput(Problem(text))
        session.baseline(name)

    # Answers

    def reply(self, message: Message, shown: View) -> View:
        """What to show after a message, given what is shown now.

        A look at the store comes every second, and soon after each change; one that finds nothing
        new costs next to nothing. After a keystroke the findings and actions follow with the first
        look that comes while nobody is typing. A page that came up while the store was away opens
        with the first look that reaches it.
        """
        if self._greeting and message.get("do") == "poll":
            message, self._greeting = self._greeting, None
        waited, typing = self._soon, message.get("typing", False)
        self._soon = (message.get("do") in QUICK and not self._tells_actions()) or (
            waited and typing
        )
        self.hear(message)
        if message.get("do") != "poll":
            return self.view()
        if self.session and (typing or not waited) and self._is_shown():
            saved = saved_view(saving_of(self.session), voice(self.state.language))
            return {**shown, "saved": saved}
        return self.view()

    def _recorded(self) -> tuple[Engagement, tuple[Conflict, ...]] | None:
        session = self.session
        return (session.engagement, session.conflicts) if session else None

    def _is_shown(self) -> bool:
        """Whether what is recorded is what the last whole view told."""
        now, before = self._recorded(), self._shown
        return bool(now and before and now[0] is before[0] and now[1] == before[1])

    def _tells_actions(self) -> bool:
        """Whether the page is about findings or actions: they must be those of this moment."""
        state = self.state
        return state.why is not None or (state.step == frame.REVIEW and state.tab != TABS[0])
