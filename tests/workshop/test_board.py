"""The board: what people say is on it at its next look, in whichever program it is open."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.workshop.conftest import ASKED, START, TODAY, nominate, silent
from tests.workshop.hosting import Host, say, whole
from workbook.store import Change
from workbook.widgets.conversation import Conversation
from workbook.widgets.gathering import gathering
from workbook.workshop import close_round, open_round
from workbook.workspace import Session, Workspace


@pytest.fixture
def host(workspace: Workspace, session: Session):  # noqa: ARG001 - the engagement that it serves
    host = Host(workspace)
    yield host
    host.stop()


def votes(view) -> dict[str, int]:
    return {row["key"]: sum(s["votes"] for s in row["shares"]) for row in view["outcomes"]}


def board(workspace: Workspace) -> Conversation:
    """The review as a notebook in Lab or Voila shows it: a kernel with a session of its own."""
    other = Workspace.at(workspace.path, clock=workspace.now)
    opened = other.open("lorient", "notebook")
    return Conversation(other, opened, as_of=TODAY, step="review", tab="workshop", language="en")


def test_what_a_respondent_says_is_on_the_board_of_the_host_at_its_next_look(host: Host):
    facilitator = host.enter("")
    line = facilitator.line()
    assert votes(whole(line)["page"]["content"]) == {}
    say(host.enter("paul-ney").line(), do="nominate", focal_point="promotions",
        set={"party": "claire-aubry"})  # fmt: skip
    assert say(line, do="poll")["kind"] == "patch"
    assert votes(whole(facilitator.line())["page"]["content"]) == {"promotions": 1}


def test_what_a_respondent_says_is_on_a_notebook_in_another_process_at_its_next_look(
    host: Host, workspace: Workspace
):
    notebook = board(workspace)
    shown = notebook.view()
    say(host.enter("paul-ney").line(), do="nominate", focal_point="promotions",
        set={"party": "claire-aubry"})  # fmt: skip
    shown = notebook.reply({"do": "poll"}, shown)
    assert votes(shown["page"]["content"]) == {"promotions": 1}
    assert shown["page"]["content"]["answered"].startswith("1 of ")


def test_a_round_that_a_notebook_closes_is_closed_for_everybody_at_the_next_look(
    host: Host, workspace: Workspace
):
    paul = host.enter("paul-ney").line()
    whole(paul)
    notebook = board(workspace)
    notebook.hear({"do": "close_round"})
    notebook.session.flush()
    host.room.session.refresh()
    say(paul, do="nominate", focal_point="promotions", set={"party": "claire-aubry"})
    assert workspace.open("lorient").value(("nomination", "paul-ney", "promotions")) is None


# The time of the room


def test_the_time_is_shared_by_all_boards_and_counts_from_the_press(
    session: Session, workspace: Workspace
):
    for who in ASKED:
        nominate(session, who, "promotions", "paul-ney")
    first, second = board(workspace), board(workspace)
    first.hear({"do": "timetable", "minutes": 60, "begun": True})
    first.session.flush()
    second.hear({"do": "poll"})
    time = second.view()["page"]["content"]["time"]
    assert (time["minutes"], time["ends"] is not None) == (60, True)
    first.hear({"do": "timetable", "minutes": 30})
    first.session.flush()
    second.hear({"do": "poll"})
    later = second.view()["page"]["content"]["time"]
    begun, moved = (dt.datetime.fromisoformat(t["ends"]) for t in (time, later))
    assert begun - moved == dt.timedelta(minutes=30), "the clock goes on from where it began"


def test_what_does_not_fit_in_the_time_is_said(session: Session, workspace: Workspace):
    for subject in ("promotions", "product_assortment", "inventory_visibility"):
        for who, party in zip(ASKED, ("paul-ney", "paul-ney", "claire-aubry"), strict=True):
            nominate(session, who, subject, party)
    screen = board(workspace)
    screen.hear({"do": "timetable", "minutes": 5})
    content = screen.view()["page"]["content"]
    assert content["agenda"] == ("3 subjects, about 12 minutes. The first 2 fit in 5 minutes.")
    assert [row["time"] for row in content["outcomes"]] == [
        "3 min",
        "2 min",
        "Does not fit in the time",
    ]


# How stable answers are


def second_round(session: Session, *names: str, before: str, after: str):
    """Two rounds in which these people name somebody, and somebody else the second time."""
    for who in names:
        nominate(session, who, "promotions", before)
    session.record(close_round(session.engagement, START))
    session.record(open_round(session.rules, session.engagement, (), START))
    for who in names:
        nominate(session, who, "promotions", after)
    session.record(close_round(session.engagement, START))


def test_the_share_of_answers_that_changed_is_told_by_subject(session: Session):
    second_round(session, *ASKED, before="paul-ney", after="claire-aubry")
    assert gathering(session, None, START).changed == {"promotions": 1.0}


def test_the_board_tells_beside_a_subject_how_many_changed_their_answer(session, workspace):
    second_round(session, *ASKED, before="paul-ney", after="claire-aubry")
    (outcome,) = [
        row
        for row in board(workspace).view()["page"]["content"]["outcomes"]
        if row["key"] == "promotions"
    ]
    assert "100% of the answers changed since the round before." in outcome["notes"]


def test_without_names_the_board_does_not_say_who_disagrees(workspace):
    session = workspace.new(silent(workspace, anonymous=True))
    session.record(open_round(session.rules, session.engagement, (), START))
    for respondent in session.engagement.respondents[:8]:
        nominate(session, respondent.id, "promotions", "paul-ney")
    session.record(close_round(session.engagement, START))
    rows = board(workspace).view()["page"]["content"]["outcomes"]
    (outcome,) = [row for row in rows if row["key"] == "promotions"]
    assert outcome["shares"][0]["votes"] == 8
    assert outcome["shares"][0]["voters"] == []


def test_without_names_a_change_of_few_is_told_of_nobody(workspace: Workspace):
    session = workspace.new(silent(workspace, anonymous=True))
    session.record(open_round(session.rules, session.engagement, (), START))
    second_round(session, *ASKED, before="paul-ney", after="claire-aubry")
    assert gathering(session, None, START).changed == {}


def test_without_names_the_closing_writes_no_change_of_few_into_the_log(workspace: Workspace):
    session = workspace.new(silent(workspace, anonymous=True))
    session.record(open_round(session.rules, session.engagement, (), START))
    second_round(session, *ASKED, before="paul-ney", after="claire-aubry")
    session.record(open_round(session.rules, session.engagement, (), START))
    for who in ASKED:
        nominate(session, who, "promotions", "paul-ney")
    screen = board(workspace)
    screen.hear({"do": "close_round"})
    assert screen.session.engagement.rounds[-1].changed is None


def test_a_round_that_two_facilitators_open_or_close_at_once_is_opened_and_closed_once(
    workspace: Workspace,
):
    workspace.new(silent(workspace))
    screens = board(workspace), board(workspace)
    for press in ({"do": "open_round", "about": "all"}, {"do": "close_round"}):
        for screen in screens:
            screen.hear(press)
            screen.session.flush()
        for screen in screens:
            screen.hear({"do": "poll"})
            assert screen.view()["conflicts"] == []
    (asked,) = workspace.open("lorient").engagement.rounds
    assert asked.closed


def test_two_facilitators_who_open_different_rounds_at_once_choose_between_what_they_ask(
    workspace: Workspace,
):
    workspace.new(silent(workspace))
    first, second = board(workspace), board(workspace)
    for screen, about in ((first, "all"), (second, "open")):
        screen.hear({"do": "open_round", "about": about})
        screen.session.flush()
    first.hear({"do": "poll"})
    (conflict,) = first.view()["conflicts"]
    assert (conflict["title"], conflict["word"]) == ("Round 1", "Conflict")
    choices = {conflict[side].partition(": ")[2] for side in ("mine", "theirs")}
    assert choices == {"every subject", "27 subjects that are open"}


def test_what_somebody_says_alone_is_no_conflict_for_the_board(
    session: Session, workspace: Workspace
):
    # The same person on two pages, neither of which had seen the other.
    other = workspace.open(session.key)
    for page, party in ((other, "paul-ney"), (session, "claire-aubry")):
        page.record(Change(("nomination", "paul-ney", "promotions"), [{"party": party}]))
    screen = board(workspace)
    assert len(screen.session.conflicts) == 1
    assert screen.view()["conflicts"] == []


def test_the_agenda_to_print_fits_the_same_time(session: Session, workspace: Workspace):
    for who in ASKED:
        nominate(session, who, "promotions", "paul-ney")
    screen = board(workspace)
    screen.hear({"do": "timetable", "minutes": 12})
    screen.hear({"do": "tab", "tab": "agenda"})
    assert "in 12 minutes" in screen.view()["page"]["content"]["lead"]


# Who is asked, and how


def test_whoever_is_asked_no_more_stays_withdrawn_and_may_be_asked_again(
    session: Session, workspace: Workspace
):
    nominate(session, "paul-ney", "promotions", "claire-aubry")
    screen = board(workspace)

    def standing(person: str, *, asked: bool) -> bool | None:
        screen.hear({"do": "ask", "people": [person], "asked": asked})
        people = {each.person: each.withdrawn for each in screen.session.engagement.respondents}
        return people.get(person)

    assert standing("paul-ney", asked=False) is True
    assert standing("paul-ney", asked=False) is True
    assert standing("paul-ney", asked=True) is False
    assert [n.party for n in screen.session.engagement.nominations] == ["claire-aubry"]
    answering = {each.person for each in screen.session.engagement.respondents}
    other = next(p.id for p in screen.session.engagement.people if p.id not in answering)
    assert standing(other, asked=False) is None
    assert standing(other, asked=True) is False


def test_whether_names_are_shown_is_fixed_once_people_have_been_asked(workspace: Workspace):
    workspace.new(silent(workspace))
    screen = board(workspace)
    screen.hear({"do": "names", "shown": False})
    assert screen.session.engagement.anonymous
    screen.hear({"do": "open_round", "about": "all"})
    screen.hear({"do": "names", "shown": True})
    assert screen.session.engagement.anonymous
    assert "People have been told already" in screen.view()["notice"]["text"]


def test_no_round_is_opened_about_nothing(workspace: Workspace):
    """None of its subjects would mean all of them."""
    workspace.new(silent(workspace))
    screen = board(workspace)
    for focal_point in screen.session.rules.places():
        screen.hear({"do": "decide", "focal_point": focal_point, "set": {"owner": "paul-ney"}})
    screen.hear({"do": "open_round", "about": "open"})
    assert screen.session.engagement.rounds == ()
    assert screen.view()["notice"]["text"].startswith("Nothing is open any more")


def test_nobody_is_asked_by_a_round_without_respondents(workspace: Workspace):
    workspace.new(silent(workspace, respondents=()))
    screen = board(workspace)
    screen.hear({"do": "open_round", "about": "all"})
    assert screen.session.engagement.rounds == ()
    assert "nobody is asked yet" in screen.view()["notice"]["text"].lower()


def test_what_waits_for_later_is_struck_off_and_put_back(session: Session, workspace: Workspace):  # noqa: ARG001 - it begins the engagement
    screen = board(workspace)

    def later():
        return [(item.text, item.settled) for item in screen.session.engagement.parked]

    screen.hear({"do": "park", "id": "p1", "text": " Who pays? ", "focal_point": "promotions"})
    screen.hear({"do": "park", "id": "p2", "text": "Returns"})
    screen.hear({"do": "settle_parked", "id": "p1", "settled": True})
    screen.hear({"do": "settle_parked", "id": "gone", "settled": True})
    assert later() == [("Who pays?", True), ("Returns", False)]
    screen.hear({"do": "settle_parked", "id": "p1", "settled": False})
    assert later() == [("Who pays?", False), ("Returns", False)]


# The minutes


@pytest.mark.parametrize(
    ("anonymous", "how"),
    [
        (True, "Everybody answered alone, without names."),
        (False, "Everybody answered alone; their names were shown."),
    ],
)
def test_the_minutes_tell_how_people_were_asked(workspace: Workspace, anonymous, how):
    session = workspace.new(silent(workspace, anonymous=anonymous))
    session.record(open_round(session.rules, session.engagement, (), START))
    for who in ASKED:
        nominate(session, who, "promotions", "paul-ney")
    session.record(close_round(session.engagement, START))
    screen = board(workspace)
    screen.hear({"do": "take", "kind": "minutes_text", "language": "en"})
    text = screen.hand_over().text
    for line in (how, "A subject counted as agreed from", "3 of 25 have answered"):
        assert line in text
