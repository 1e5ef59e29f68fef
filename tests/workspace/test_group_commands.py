"""`workbook inherit` and `workbook compare`: a group and its sites, a moment and today."""

from __future__ import annotations

import json

import pytest

from tests.small import AS_OF
from tests.workspace.test_commands import ACME, Run, acme, run
from workbook.store import Change
from workbook.widgets.conversation import Conversation
from workbook.workspace import Workspace

__all__ = ["acme", "run"]
SITE = ("new", "lyon", "--name", "Lyon", "--profile", "large", "--business-model", "b2b")


@pytest.fixture
def sites(acme: Workspace, run: Run) -> Workspace:
    """A group that has decided who owns the promotions, and a site that has said nothing."""
    assert run(*SITE, "--go-live", "2027-09-30").code == 0
    group = acme.open(ACME[1])
    group.record(Change(("person", "ana"), {"name": "Ana", "title": "CMO"}))
    group.record(Change(("decision", "promotions"), {"owner": "ana", "note": "private"}))
    return acme


def test_a_site_inherits_with_one_command_and_answers_nothing(sites: Workspace, run: Run):
    said = run("inherit", "acme", "lyon")
    assert (said.code, said.out) == (0, "lyon: 2 changes from Acme\n")
    site = sites.open("lyon").engagement
    assert [(one.subject, one.owner, one.group) for one in site.inherited] == [
        ("promotions", "ana", "Acme")
    ]
    assert (site.decisions, site.party_name("ana")) == ((), "Ana")
    assert "private" not in site.model_dump_json()


def test_handed_on_again_nothing_changes_and_a_dry_run_changes_nothing(sites: Workspace, run: Run):
    assert "2 changes" in run("inherit", "acme", "lyon", "--dry-run").out
    assert sites.open("lyon").engagement.inherited == ()
    run("inherit", "acme", "lyon")
    assert run("inherit", "acme", "lyon").out == "lyon: 0 changes from Acme\n"


def notice(home: Workspace, key: str) -> str:
    """What the screen of a site says as it opens."""
    screen = Conversation(home, home.open(key), as_of=AS_OF, step="review", language="en")
    return (screen.view()["notice"] or {}).get("text", "")


def test_a_site_says_when_its_group_has_changed_and_which_command_brings_it_up_to_date(
    sites: Workspace, run: Run
):
    run("inherit", "acme", "lyon")
    assert notice(sites, "lyon") == ""
    sites.open("acme").record(Change(("decision", "promotions"), None))
    assert notice(sites, "lyon").endswith("workbook inherit acme lyon")
    run("inherit", "acme", "lyon")
    assert notice(sites, "lyon") == ""
    sites.open("acme").record(Change(("decision", "promotions"), {"owner": "ana"}))
    assert notice(sites, "lyon").startswith("Acme has changed since.")


def test_an_open_screen_of_a_site_takes_the_notice_back_once_it_has_inherited_anew(
    sites: Workspace, run: Run
):
    run("inherit", "acme", "lyon")
    sites.open("acme").record(Change(("decision", "promotions"), None))
    screen = Conversation(sites, sites.open("lyon"), as_of=AS_OF, step="review", language="en")
    shown = screen.view()
    assert shown["notice"]
    run("inherit", "acme", "lyon")
    assert screen.reply({"do": "poll"}, shown)["notice"] is None


def test_one_site_that_is_wrong_stops_all_of_them(sites: Workspace, run: Run):
    said = run("inherit", "acme", "lyon", "lyn")
    assert (said.code, "lyon" in said.err) == (2, True)
    assert sites.open("lyon").engagement.inherited == ()


def test_what_improved_since_a_baseline_is_told_subject_by_subject(acme: Workspace, run: Run):
    acme.open("acme").record(Change(("person", "ana"), {"name": "Ana"}))
    run("baseline", "acme", "Kick-off")
    acme.open("acme").record(Change(("decision", "promotions"), {"owner": "ana"}))
    said = run("compare", "acme", "--as-of", "2026-11-23")
    assert said.code == 0
    first, last = said.out.splitlines()
    assert first.startswith("▲ Improved")
    assert first.endswith("nobody → Ana")
    assert last == "1 subject improved, 0 regressed."
    (change,) = json.loads(run("compare", "acme", "Kick-off", "--json").out)
    assert (change["subject"], change["turn"], change["owners"]) == (
        "promotions",
        "improved",
        [None, "ana"],
    )


def test_there_is_nothing_to_compare_with_before_the_first_baseline(acme: Workspace, run: Run):
    said = run("compare", "acme")
    assert acme.open("acme").baselines == ()
    assert (said.code, "no baseline yet" in said.err) == (2, True)
