"""A group answers once; its sites show it as inherited, and have not answered."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.small import AS_OF, engagement, framework, person
from workbook.content.engagement_check import check_engagement
from workbook.errors import BadInput
from workbook.i18n import voice
from workbook.model.ownership import OwnershipState
from workbook.report.ownership import inherited_note
from workbook.scoring import evaluate
from workbook.store import Change
from workbook.wording.ownership import ownership_note, ownership_word
from workbook.wording.phrases import Phrases
from workbook.workspace import Session, Workspace
from workbook.workspace.inheriting import GroupWatch, inheritance

SILENT = {"respondents": [], "nominations": [], "answers": [], "decisions": []}
GROUP = engagement(
    key="group",
    organisation={"name": "Group SA", "profile": "large", "business_models": ["b2c"]},
    people=[person("ana", "tx"), person("bo")],
    **{**SILENT, "decisions": [{"focal_point": "f1", "owner": "ana", "deputy": "bo"}],
       "answers": [{"question": "q1", "value": "full"}]},
)  # fmt: skip
SITE = engagement(key="site", people=[person("cy")], **SILENT)


def handed_on(session: Session, group=GROUP) -> None:
    session.record(*inheritance(group, session.engagement, session.rules))


@pytest.fixture
def site(workspace: Workspace) -> Session:
    session = workspace.new(SITE)
    handed_on(session)
    return session


def phrases(session: Session) -> Phrases:
    evaluation = session.evaluate(AS_OF)
    return Phrases(session.rules, voice("en"), session.engagement, evaluation)


def test_what_is_inherited_is_shown_with_its_group(site: Session):
    words = phrases(site)
    assert ownership_word(words, "f1").text == "Ana, inherited from Group SA"
    assert ownership_note(words, "f1") == "Ana, inherited from Group SA"


def test_the_report_says_what_is_inherited_below_its_map(site: Session):
    (note,) = inherited_note(phrases(site))
    assert note.text == "1 subject is inherited from Group SA. It counts as not answered."
    site.record(Change(("decision", "f1"), {"owner": "cy"}))
    assert inherited_note(phrases(site)) == ()


def test_what_is_inherited_never_counts_as_answered(site: Session):
    bare = evaluate(site.rules, SITE, AS_OF)
    now = site.evaluate(AS_OF)
    assert (now.score, now.items, now.progress) == (bare.score, bare.items, bare.progress)
    assert now.owned("f1").state is OwnershipState.OPEN


def test_a_site_that_decides_itself_overrides_its_group(site: Session):
    site.record(Change(("decision", "f1"), {"owner": "cy"}))
    assert ownership_word(phrases(site), "f1").text == "Cy · decided"
    assert site.evaluate(AS_OF).owned("f1").owner == "cy"
    site.undo()
    assert ownership_word(phrases(site), "f1").text == "Ana, inherited from Group SA"


def test_a_group_that_changes_its_mind_changes_what_its_sites_inherit(site: Session):
    other = GROUP.model_copy(update={"decisions": (), "people": GROUP.people})
    handed_on(site, other)
    assert [one.subject for one in site.engagement.inherited] == ["q1"]
    assert ownership_word(phrases(site), "f1").text == "Not yet owned"


def test_handing_on_twice_changes_nothing(site: Session):
    again = inheritance(GROUP, site.engagement, site.rules)
    assert [c for c in again if site.value(c.subject) != c.value] == []


def test_a_party_of_the_same_name_is_the_same_one_and_a_taken_key_is_another(workspace: Workspace):
    people = [{**person("ana"), "name": "Anatol"}, {**person("b2"), "name": "Bo"}]
    session = workspace.new(engagement(key="site", people=people, **SILENT))
    handed_on(session)
    (owner,) = (one for one in session.engagement.inherited if one.owner)
    assert (owner.owner, owner.deputy) == ("group-ana", "b2")
    assert session.engagement.party_name("group-ana") == "Ana"


def test_whoever_came_along_can_be_erased_at_the_site(site: Session, workspace: Workspace):
    site.erase("ana")
    assert "Ana" not in workspace.open("site").engagement.model_dump_json()
    assert b"Ana" not in (workspace.path / "workbook.db").read_bytes()


@pytest.mark.parametrize(
    ("group", "said"),
    [
        (GROUP.model_copy(update={"key": "site"}), "inherits nothing of itself"),
        (
            GROUP.model_copy(
                update={"framework": GROUP.framework.model_copy(update={"key": "other"})}
            ),
            "another framework, other",
        ),
    ],
)
def test_what_cannot_go_together_is_refused(site: Session, group, said: str):
    with pytest.raises(BadInput, match=said):
        handed_on(site, group)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"subject": "f9", "owner": "cy"}, "f9"),
        ({"subject": "f1", "owner": "nobody-here"}, "nobody-here"),
        ({"subject": "f1"}, "either an owner or an answer"),
        ({"subject": "f1", "owner": "cy", "value": "full"}, "either an owner or an answer"),
    ],
)
def test_a_document_is_checked_for_what_it_inherits(entry, said: str):
    document = engagement(people=[person("cy")], inherited=[{"group": "G", **entry}], **SILENT)
    problems = check_engagement(document, framework())
    assert any(said in problem.message for problem in problems), problems


def test_that_nobody_owns_a_subject_is_handed_on_without_a_party(workspace: Workspace):
    session = workspace.new(SITE)
    nobody = [{"focal_point": "f1", "owner": "nobody"}]
    handed_on(session, engagement(**{**SILENT, "key": "group", "decisions": nobody}))
    (entry,) = session.engagement.inherited
    assert (entry.owner, [p.id for p in session.engagement.people]) == ("nobody", ["cy"])


def test_a_group_that_cannot_be_read_says_nothing_to_its_sites(workspace: Workspace):
    workspace.new(GROUP)
    site = workspace.new(SITE)
    handed_on(site)
    workspace.open("group").record(Change(("decision", "f1"), {"owner": "bo"}))
    assert GroupWatch(workspace).moved_on(site).key == "group"
    with closing(sqlite3.connect(workspace.path / "workbook.db")) as store:
        store.execute("DROP TRIGGER events_refuse_update")
        store.execute("UPDATE events SET time = 'x' WHERE engagement = 'group'")
        store.commit()
    assert GroupWatch(workspace).moved_on(site) is None
