"""A conversation between one person's screen and a session: commands in, view model out.

Knows nothing of widgets, so that it is tested without a kernel. Every command that says something
records it, the evaluation is made anew at once, and the next view tells it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from workbook.errors import BadInput, Problem
from workbook.i18n import speaks, voice
from workbook.scoring import Evaluator
from workbook.scoring.titles import recogniser
from workbook.store import StoreAway
from workbook.widgets import commands
from workbook.widgets.commands import Command
from workbook.widgets.notices import caution, contradictions, losses, ownerless, refusal
from workbook.widgets.people import people_changes, read_people
from workbook.widgets.planner import Planner, read_aim
from workbook.widgets.trial import Trial, tried
from workbook.widgets.views import frame, page
from workbook.widgets.views.conflicts import sides
from workbook.widgets.views.review import TABS
from workbook.widgets.views.saving import saved_view
from workbook.widgets.views.scene import Scene, View, ViewCache

if TYPE_CHECKING:
    from workbook.model.engagement import Engagement
    from workbook.model.evaluation import Evaluation
    from workbook.widgets.people import Pasted
    from workbook.workspace import Change, Conflict, Session, Workspace

FACILITATOR = "facilitator"
QUICK = frozenset({"decide", "answer", "map", "accept"})
"""Commands after which the score is shown at once, findings and actions a moment later."""
Recording = Callable[[], "tuple[Change, ...]"]


class Conversation:
    """One screen. `session` is None until an engagement is chosen."""

    def __init__(
        self,
        workspace: Workspace,
        session: Session | None,
        *,
        as_of: dt.date,
        step: str = frame.START,
        language: str | None = None,
    ) -> None:
        self.workspace = workspace
        self.session = session
        self.as_of = as_of
        self.step = step
        self.language = language or (session.engagement.language if session else "en")
        self.why: str | None = None
        self.notice: View | None = None
        self.refused = 0
        self.actor = FACILITATOR
        self.tab = TABS[0]
        self.leaver: str | None = None
        self.planner = Planner()
        self.trial: Trial | None = None
        self._begun: Command | None = None
        self.pasted: Pasted | None = None
        self._pasted_text = ""
        self._before: Evaluation | None = None
        self._was: Engagement | None = None
        self._shown: tuple[Engagement, tuple[Conflict, ...]] | None = None
        self._soon = False
        self._trials = Evaluator()
        self.views = ViewCache()

    @property
    def scene(self) -> Scene | None:
        """The moment to show; None while no engagement is open."""
        if self.session is None:
            return None
        return Scene(
            framework=self.session.rules,
            voice=voice(self.language),
            engagement=self.engagement,
            evaluation=self._evaluate(),
            before=self._before,
            lost=bool(self._before and self._was and ownerless(self._was, self.engagement)),
            reading=self._evaluator.read(self.session.rules, self.engagement),
            cache=self.views,
        )

    @property
    def engagement(self) -> Engagement:
        """What the screen shows: as recorded, or with what is being tried."""
        recorded = self._session.engagement
        return tried(recorded, self.trial.changes) if self.trial else recorded

    def _evaluate(self) -> Evaluation:
        session = self._session
        if self.trial is None or not self.trial.steps:
            return session.evaluate(self.as_of, soon=self._soon)
        return self._evaluator.evaluate(session.rules, self.engagement, self.as_of)

    @property
    def _evaluator(self) -> Evaluator:
        """The session's, or one of its own for what is only tried."""
        return self._trials if self.trial and self.trial.steps else self._session.evaluator

    def hear(self, command: Command) -> None:
        """Do what a command says. What cannot be done becomes a notice on the screen."""
        handler = getattr(self, f"_on_{command.get('do')}", None)
        if handler is None:
            return
        try:
            if command["do"] not in ("poll", "resend", "hello"):
                self.notice = None
            handler(command)
        except BadInput as bad:
            self._refuse(*bad.problems)
        except StoreAway:
            text = voice(self.language).t(
                "The store is away: this has to wait until it is back. Nothing else is held up."
            )
            self._refuse(Problem(text))

    def _refuse(self, *problems: Problem) -> None:
        self.notice = refusal(problems)
        self.refused += 1

    def view(self) -> View:
        """Everything that the screen shows now."""
        self._shown = self._moment()
        return page.whole(self)

    def _moment(self) -> tuple[Engagement, tuple[Conflict, ...]] | None:
        session = self.session
        return (session.engagement, session.conflicts) if session else None

    def reply(self, command: Command, shown: View) -> View:
        """What to show after a command, given what is shown now.

        A look at the store comes every second, and soon after each change; one that finds nothing
        new costs next to nothing. After a keystroke the findings and actions follow with the first
        look that comes while nobody is typing.
        """
        waited, typing = self._soon, command.get("typing", False)
        self._soon = (command.get("do") in QUICK and not self._tells_actions()) or (
            waited and typing
        )
        self.hear(command)
        if command.get("do") != "poll":
            return self.view()
        if self.session is None:
            return shown
        if (typing or not waited) and self._is_shown():
            return {**shown, "saved": saved_view(self.session, voice(self.language))}
        return self.view()

    def _is_shown(self) -> bool:
        """Whether what is recorded is what the last whole view told."""
        now, before = self._moment(), self._shown
        return bool(now and before and now[0] is before[0] and now[1] == before[1])

    def _tells_actions(self) -> bool:
        """Whether the page is about findings or actions: they must be those of this moment."""
        return self.why is not None or (self.step == frame.REVIEW and self.tab != TABS[0])

    def tabs(self) -> dict[str, View]:
        """The content of every tab of the review, for a page that prints all of them; else none."""
        scene = self.scene
        if scene is None or self.step != frame.REVIEW:
            return {}
        return {tab: page.review_tab(self, scene, tab) for tab in TABS}

    # Looking around

    def _on_poll(self, _: Command) -> None:
        if self.session is None:
            return
        before = self.session.evaluate(self.as_of, soon=True)
        if self.session.refresh():
            self._before = before

    def _on_hello(self, command: Command) -> None:
        query = command.get("query", {})
        self.actor = query.get("actor") or command.get("actor") or self.actor
        if (name := query.get("engagement")) and (self.session is None or self.session.key != name):
            session = self.workspace.open(name, self.actor)
            self._end_trial(self.session)
            self.session, self.language = session, session.engagement.language
        if self.session:
            self.session.actor = self.actor
        if speaks(query.get("lang") or ""):
            self.language = query["lang"]
        scene = self.scene
        if scene and query.get("step") in frame.steps(scene):
            self.step = query["step"]
        if query.get("tab") in TABS:
            self.tab = query["tab"]

    def _end_trial(self, session: Session | None) -> None:
        """End what is tried on this engagement, because the address asks for another one."""
        if session and self.trial and self.trial.steps:
            name = session.engagement.organisation.name
            text = voice(self.language).t(
                "What you tried for {name} was dropped: nothing of it is recorded.", name=name
            )
            self.notice = caution(text)
        self.trial = None

    def _leave_trial(self) -> None:
        """End a trial in which nothing was tried; BadInput asks what to do with what was."""
        if self.trial and self.trial.steps:
            t = voice(self.language).t
            what = t("Something is being tried, and nothing of it is recorded")
            raise BadInput(Problem(what, t("keep it or drop it first")))
        self.trial = None

    def _on_open(self, command: Command) -> None:
        self._leave_trial()
        self.session = self.workspace.open(command["engagement"], self.actor)
        self.step, self._before, self.pasted = frame.START, None, None

    def _on_leave(self, _: Command) -> None:
        self._leave_trial()
        self.session, self.step, self._begun = None, frame.START, None
        self.leaver, self.planner = None, Planner()

    def _on_new(self, command: Command) -> None:
        if self.session and command == self._begun:
            return  # the second press of a double click
        self._leave_trial()
        speaks = voice(self.language)
        engagement = commands.begin(
            command, speaks, frozenset(one.key for one in self.workspace.engagements())
        )
        self.session, self._begun = self.workspace.new(engagement, self.actor), command
        self.notice = caution(*contradictions(engagement.programme, self.as_of, speaks))

    def _on_actor(self, command: Command) -> None:
        self.actor = command["name"].strip() or self.actor
        if self.session:
            self.session.actor = self.actor

    def _on_go(self, command: Command) -> None:
        scene = self.scene
        if scene and command["step"] in frame.steps(scene):
            self.step, self._before = command["step"], None

    def _on_speak(self, command: Command) -> None:
        if speaks(command["language"]):
            self.language = command["language"]

    def _on_why(self, command: Command) -> None:
        self.why = command["of"]

    def _on_close(self, _: Command) -> None:
        self.why = None

    # Saying something

    def _on_decide(self, command: Command) -> None:
        self._record(lambda: commands.decide(self.engagement, command, self.as_of))

    def _on_answer(self, command: Command) -> None:
        asked = self._session.rules.questions().get(command["question"])
        kind, speaks = asked[1].kind if asked else "", voice(self.language)
        self._record(lambda: commands.answer(self.engagement, command, self.as_of, kind, speaks))

    def _on_person(self, command: Command) -> None:
        held = command["set"] is None and commands.places_of(self.engagement, command["id"])
        if held:
            text = voice(self.language).n(
                "{name} is named in one place: put somebody else there first.",
                "{name} is named in {count} places: put somebody else there first.",
                held,
                name=self.engagement.parties()[command["id"]].name,
            )
            raise BadInput(Problem(text))
        self._record(lambda: commands.change_party(self.engagement, command))

    def _on_facts(self, command: Command) -> None:
        speaks = voice(self.language)
        self._record(lambda: commands.facts(self.engagement, command, speaks))
        if command["about"] == "programme":
            dates = contradictions(self.engagement.programme, self.as_of, speaks)
            self.notice = caution(*dates)

    def _on_add_party(self, command: Command) -> None:
        self._record(lambda: commands.create(self.engagement, command["party"])[0])

    def _on_paste(self, command: Command) -> None:
        self._pasted_text = command["text"]
        self.pasted = self._read_people() if self._pasted_text.strip() else None

    def _on_add_people(self, _: Command) -> None:
        pasted, self.pasted = self._read_people(), None
        self._record(lambda: people_changes(pasted, self.engagement))

    def _read_people(self) -> Pasted:
        session = self._session
        return read_people(self._pasted_text, self.engagement, recogniser(session.rules))

    def _on_map(self, command: Command) -> None:
        before = self.engagement
        self._record(lambda: commands.set_roles(self.engagement, command, self.as_of))
        # A front end that says what whole cells hold says itself who lost a letter.
        if "set" not in command and (scene := self.scene):
            self.notice = caution(*losses(before, scene))

    def _on_accept(self, command: Command) -> None:
        self._record(lambda: commands.accept(self.engagement, command, self.as_of))

    def _on_baseline(self, command: Command) -> None:
        name = command["name"].strip()
        self._leave_trial()
        if self._session.is_at(name):
            return  # the second press of a double click
        if name in {one.name for one in self._session.baselines}:
            text = voice(self.language).t(
                "There is a moment “{name}” already: choose another name.", name=name
            )
            raise BadInput(Problem(text))
        self._session.baseline(name)

    def _on_tab(self, command: Command) -> None:
        if command["tab"] in TABS:
            self.tab = command["tab"]

    def _on_plan(self, command: Command) -> None:
        self.planner.aim = read_aim(command.get("target"), command.get("budget"))

    def _on_leaves(self, command: Command) -> None:
        self.leaver = command["person"]

    def _on_undo(self, _: Command) -> None:
        self._remember()
        if self.trial is None:
            self._session.undo()
        else:
            self.trial = self.trial.undo()

    def _on_redo(self, _: Command) -> None:
        self._remember()
        if self.trial is None:
            self._session.redo()
        else:
            self.trial = self.trial.redo()

    def _on_settle(self, command: Command) -> None:
        for conflict in self._session.conflicts:
            if "/".join(conflict.subject) == command["key"]:
                (_, first), (_, second) = sides(conflict, self._session.actor)
                kept = first if command["keep"] == "mine" else second
                self._session.resolve(conflict.subject, kept)

    @property
    def _session(self) -> Session:
        if self.session is None:
            raise LookupError("a command came before an engagement was open")
        return self.session

    def _record(self, recording: Recording) -> None:
        self._remember()
        changes = recording()
        if self.trial is not None:
            tried(self.engagement, changes)
            self.trial = self.trial.step(changes)
        elif changes:
            self._session.record(*changes, later=True)

    def _remember(self) -> None:
        self._was = self.engagement
        self._before = self._session.evaluate(self.as_of) if self.trial else self._evaluate()

    # Trying

    def _on_try(self, _: Command) -> None:
        if self.trial is None:
            self.trial = Trial()
        else:
            self._leave_trial()

    def _on_drop(self, _: Command) -> None:
        self.trial = None

    def _on_keep(self, _: Command) -> None:
        if self.trial is not None and self.trial.steps:
            self._remember()
            self._session.record(*self.trial.changes, later=True)
        self.trial = None
