"""A screen without names: nothing on it, nor in a file taken from it, tells who is who."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from typing import get_args

import pytest

from tests.workshop.conftest import TODAY
from tests.workshop.hosting import Host, say, whole
from workbook.content import load_engagement
from workbook.i18n import voice
from workbook.report.nameless import without_names
from workbook.widgets.conversation import Conversation
from workbook.widgets.state import ParcelKind
from workbook.widgets.views.frame import steps
from workbook.widgets.views.review import TABS
from workbook.workspace import Workspace

pytestmark = pytest.mark.slow


@pytest.fixture
def screen(workspace: Workspace) -> Conversation:
    """A screen without names on an example whose people have spoken."""
    example = load_engagement(workspace.examples()["maison-lorient"]).engagement
    session = workspace.new(example.model_copy(update={"key": "spoken", "language": "en"}))
    talk = Conversation(workspace, session, as_of=TODAY, language="en")
    talk.hear({"do": "show_names", "shown": False})
    return talk


def names(screen: Conversation) -> set[str]:
    return {person.name for person in screen.session.engagement.people}


def written(screen: Conversation) -> set[str]:
    """What people wrote freely, of others too."""
    engagement = screen.session.engagement
    entries = (*engagement.nominations, *engagement.decisions, *engagement.answers)
    texts = (getattr(entry, "note", None) for entry in entries)
    return {text for text in texts if text and len(text) > 20}


def pages(screen: Conversation):
    for step in steps(screen.session.rules):
        screen.hear({"do": "go", "step": step})
        yield screen.view()
    for tab in TABS:
        screen.hear({"do": "tab", "tab": tab})
        yield screen.view()


def test_no_page_tells_a_name_or_quotes_anybody(screen: Conversation):
    assert names(screen)
    assert written(screen)
    for view in pages(screen):
        # The fixed words have an invented name as an example of one.
        text = json.dumps({**view, "words": None}, ensure_ascii=False)
        assert {name for name in names(screen) | written(screen) if name in text} == set()


def test_people_go_by_the_pseudonyms_of_reports_and_exports(screen: Conversation):
    hidden = without_names(screen.session.engagement, voice("en"))
    shown = screen.view()["parties"]["by"]
    assert {p.id: p.name for p in hidden.people} == {
        p.id: shown[p.id]["name"] for p in hidden.people
    }


def test_no_file_taken_from_the_screen_tells_a_name(screen: Conversation):
    screen.session.baseline("Before")
    for kind in get_args(ParcelKind):
        screen.hear({"do": "take", "kind": kind, "language": "en"})
        parcel = screen.hand_over()
        text = parcel.text
        if parcel.packed:
            data = base64.b64decode(text)
            text = data.decode("utf-8", "ignore")
            if zipfile.is_zipfile(io.BytesIO(data)):
                with zipfile.ZipFile(io.BytesIO(data)) as parts:
                    text = "".join(
                        parts.read(n).decode("utf-8", "ignore") for n in parts.namelist()
                    )
        assert {name for name in names(screen) if name in text} == set(), kind


def test_what_is_decided_without_names_is_recorded_of_the_person(screen: Conversation):
    who = screen.session.engagement.people[0].id
    screen.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": who}})
    assert screen.session.engagement.standing_decisions()["promotions"].owner == who
    screen.hear({"do": "show_names", "shown": True})
    assert names(screen) & {p["name"] for p in screen.view()["parties"]["by"].values()}


@pytest.mark.usefixtures("session")
def test_a_board_whose_line_comes_back_shows_no_name_for_a_moment(workspace: Workspace):
    host = Host(workspace)
    try:
        board = host.enter("")
        first = whole(board.line())
        assert "Paul Ney" in json.dumps(first)
        line = board.line(query="?names=off")
        assert "Paul Ney" not in json.dumps(whole(line))
        assert say(line, do="show_names", shown=True)["kind"] == "patch"
    finally:
        host.stop()
