"""The simulation finds what it is for: each sabotage breaks a promise, and its seed is told."""

from __future__ import annotations

import itertools

import pytest

from tests.simulation import adversary, network, oracle
from tests.simulation.workshop import Broken, Size, simulate
from workbook.model.engagement import Engagement
from workbook.serve.host.room import Room
from workbook.store import (
    Change,
    Event,
    Fold,
    RoundLogs,
    Steps,
    StoreAway,
    handfuls,
    rounds,
    undoing,
)
from workbook.store.topics import parsed
from workbook.widgets.moment import Saving
from workbook.widgets.respondent import RespondentConversation
from workbook.workspace import journal, session

BUSY = Size(6, 60)
SEEDS = 60


def acknowledge_before_the_commit(patch):
    async def at_once(_: Room) -> None:
        return

    patch.setattr(Room, "saved", at_once)
    patch.setattr(RespondentConversation, "_saving", lambda _: Saving())


def forget_what_came_twice(patch):
    numbers = itertools.count()
    patch.setattr(session, "_id_of", lambda *_: f"made-{next(numbers)}")


def undo_the_last_step_of_anybody(patch):
    honest = Steps.undo

    def undo(self: Steps, _: str, fold: Fold) -> tuple[undoing.Reversal, ...]:
        last = next(reversed(self._stacks), "")
        return honest(self, last, fold)

    patch.setattr(Steps, "undo", undo)


def show_what_an_open_round_brings(patch):
    patch.setattr(RoundLogs, "public", lambda _, engagement: engagement)


def count_unknown_as_an_answer(patch):
    patch.setattr(rounds, "is_answer", lambda _: True)


def drop_what_waits_when_the_store_is_away(patch):
    honest = journal.Journal._write

    def write(self: journal.Journal) -> None:
        try:
            honest(self)
        except StoreAway:
            self.pending.clear()
            raise

    patch.setattr(journal.Journal, "_write", write)


def let_the_first_of_two_changes_count(patch):
    honest = Fold.add

    def add(self: Fold, event: Event) -> None:
        honest(self, event)
        first, *others = self.heads(event.subject) or (event,)
        if others and event.subject[0] == "decision":
            self._held["decision"][event.subject] = parsed(Change(first.subject, first.value))

    patch.setattr(Fold, "add", add)


def say_nothing_again_to_a_new_host(patch):
    patch.setattr(network, "to_say_again", lambda _: [])


def tell_answers_outside_rounds_as_they_come(patch):
    patch.setattr(handfuls, "SMALL_GROUP", 1)
    patch.setattr(oracle, "FEW", 1)


def leave_out_whoever_withdrew(patch):
    gone = lambda self: frozenset(r.id for r in self.respondents if r.withdrawn)  # noqa: E731
    patch.setattr(Engagement, "withdrawn", gone)


def export_what_each_has_said(patch):
    patch.setattr(adversary, "unattributed", lambda _, engagement: engagement)


def show_each_what_the_first_has_said(patch):
    honest = session.Session.value

    def value(self: session.Session, subject: tuple[str, ...]) -> object:
        if subject[0] == "nomination":
            subject = (subject[0], "r0", subject[2])
        return honest(self, subject)

    patch.setattr(session.Session, "value", value)


SABOTAGES = [
    acknowledge_before_the_commit,
    forget_what_came_twice,
    undo_the_last_step_of_anybody,
    show_what_an_open_round_brings,
    count_unknown_as_an_answer,
    drop_what_waits_when_the_store_is_away,
    let_the_first_of_two_changes_count,
    say_nothing_again_to_a_new_host,
    tell_answers_outside_rounds_as_they_come,
    leave_out_whoever_withdrew,
    export_what_each_has_said,
    show_each_what_the_first_has_said,
]


def keeps_every_promise(seed, disk):
    try:
        simulate(seed, disk, BUSY)
    except Broken:
        return False
    return True


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("sabotage", SABOTAGES)
def test_a_sabotage_is_found_and_its_seed_is_told(sabotage, disk, monkeypatch):
    sabotage(monkeypatch)
    seed = next((seed for seed in range(SEEDS) if not keeps_every_promise(seed, disk)), None)
    assert seed is not None, f"{SEEDS} workshops have not noticed it"
    with pytest.raises(Broken, match=f"^SEED={seed}: "):
        simulate(seed, disk, BUSY)
