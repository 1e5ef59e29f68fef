"""Finding an engagement: by name, by document, by example, or where one left off."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.small import AS_OF, engagement
from workbook import content, resources
from workbook.errors import BadInput
from workbook.store import Change, Store
from workbook.workspace import Session, Workspace, key_for, start
from workbook.workspace.notebooks import bring_notebooks

EXAMPLE = "northgate-home"
OWNER = ("decision", "promotions")


def listing(path: Path) -> set[str]:
    return {str(one.relative_to(path)) for one in path.rglob("*")}


@pytest.fixture
def document(tmp_path: Path, project: Path) -> Path:
    """A document of one's own, beside the workspace's folder."""
    copy = tmp_path / "mine.yaml"
    shutil.copyfile(project / "templates" / "engagements" / f"{EXAMPLE}.yaml", copy)
    return copy


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    return Workspace.at(tmp_path / "work")


# The folder


def test_the_folder_is_the_argument_else_the_environment_else_the_current_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "notebooks").mkdir()
    monkeypatch.delenv("WORKBOOK_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    assert resources.home() == tmp_path
    monkeypatch.chdir(tmp_path / "notebooks")
    assert resources.home() == tmp_path, "a kernel runs in its notebook's folder"
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "home"))
    assert resources.home() == tmp_path / "home"
    assert resources.home(tmp_path / "given") == tmp_path / "given"


def test_reading_creates_nothing(empty: Workspace, document: Path):
    assert empty.engagements() == ()
    assert empty.language == "en"
    for name in (EXAMPLE, document, None):
        session = empty.open(name)
        assert session.evaluate(AS_OF).engagement == session.key
        assert not session.refresh()
        assert session.history()
    with pytest.raises(BadInput):
        empty.open("nobody-knows")
    assert not empty.path.exists()


# Which engagement


@pytest.mark.parametrize(
    ("name", "mend"),
    [("workd", "did you mean “worked”"), ("nortgate-home", "did you mean “northgate-home”")],
)
@pytest.mark.usefixtures("marie")
def test_a_mistyped_name_is_answered_with_the_nearest(workspace: Workspace, name: str, mend: str):
    with pytest.raises(BadInput, match=mend):
        workspace.open(name)


def test_a_document_that_is_not_there_is_said_to_be_missing(workspace: Workspace):
    with pytest.raises(BadInput, match=r"nowhere\.yaml"):
        workspace.open("nowhere.yaml")


def test_without_a_name_the_one_opened_last_is_opened(workspace: Workspace, marie: Session):
    workspace.new(engagement(key="other"))
    assert workspace.open().key == "other"
    workspace.open(marie.key)
    assert workspace.open().key == marie.key


def test_the_environment_names_the_engagement(
    workspace: Workspace, marie: Session, monkeypatch: pytest.MonkeyPatch
):
    workspace.new(engagement(key="other"))
    monkeypatch.setenv("WORKBOOK_ENGAGEMENT", marie.key)
    assert workspace.open().key == marie.key
    assert workspace.open("other").key == "other", "what is asked for comes first"


def test_in_an_empty_workspace_there_is_an_example_to_try(empty: Workspace):
    assert empty.open().key in empty.examples()


# Scratch copies


def test_a_scratch_copy_enters_the_store_with_its_first_change(empty: Workspace):
    session = empty.open(EXAMPLE)
    assert session.saved_at is None
    session.record(Change(OWNER, {"owner": "george-tan"}))
    assert session.saved_at is not None
    assert [one.key for one in empty.engagements()] == [EXAMPLE]
    assert empty.open().engagement == session.engagement, "and is the last one opened"


def test_two_screens_on_the_same_example_work_on_the_same_copy(empty: Workspace):
    first, second = empty.open(EXAMPLE, "Marie"), empty.open(EXAMPLE, "Paul")
    first.record(Change(OWNER, {"owner": "george-tan"}))
    assert second.refresh()
    second.record(Change(("decision", "erp"), {"owner": "yuki-sato"}))
    first.refresh()
    assert first.engagement == second.engagement
    assert empty.store.engagements() == (EXAMPLE,)


def test_two_screens_on_the_same_example_may_both_begin_before_they_look(empty: Workspace):
    first, second = empty.open(EXAMPLE, "Marie"), empty.open(EXAMPLE, "Paul")
    first.record(Change(OWNER, {"owner": "george-tan"}))
    second.record(Change(OWNER, {"owner": "hanna-weiss"}))
    assert len(second.conflicts) == 1
    assert empty.store.engagements() == (EXAMPLE,)


def test_opening_a_document_again_resumes_what_was_said_about_it(empty: Workspace, document: Path):
    empty.open(document).record(Change(OWNER, {"owner": "hanna-weiss"}))
    again = empty.open(document)
    assert again.engagement.standing_decisions()["promotions"].owner == "hanna-weiss"


def test_a_document_that_changed_is_another_engagement(empty: Workspace, document: Path):
    empty.open(document).record(Change(OWNER, {"owner": "hanna-weiss"}))
    document.write_text(document.read_text().replace("Northgate Home", "Northgate House"))
    again = empty.open(document)
    assert again.key == f"{EXAMPLE}-2"
    assert again.engagement.organisation.name == "Northgate House"


def test_a_key_taken_while_a_scratch_copy_was_open_costs_no_answer(
    empty: Workspace, document: Path
):
    first = empty.open(document)
    document.write_text(document.read_text().replace("Northgate Home", "Northgate House"))
    second = empty.open(document)
    first.record(Change(OWNER, {"owner": "hanna-weiss"}))
    second.record(Change(OWNER, {"owner": "george-tan"}))
    second.undo()
    second.redo()
    assert (first.key, second.key) == (EXAMPLE, f"{EXAMPLE}-2")
    assert (first.pending, second.pending) == ((), ())
    owners = {
        key: empty.open(key).engagement.standing_decisions()["promotions"].owner
        for key in empty.store.engagements()
    }
    assert owners == {EXAMPLE: "hanna-weiss", f"{EXAMPLE}-2": "george-tan"}


@pytest.mark.parametrize("example", ["northgate-home", "atelier-belval", "maison-lorient"])
def test_answers_in_the_store_are_evaluated_like_the_document(empty: Workspace, example: str):
    loaded = content.load_engagement(empty.examples()[example])
    stored = empty.new(loaded.engagement)
    from workbook.scoring import evaluate

    assert stored.engagement == loaded.engagement
    assert stored.evaluate(AS_OF) == evaluate(loaded.rules, loaded.engagement, AS_OF)


# Starting, notebooks


def test_a_new_engagement_has_in_scope_what_the_framework_begins_with(empty: Workspace):
    framework = content.load_framework("commerce-stakeholders")
    facts = {"name": "Étoile", "profile": "large", "business_models": ("b2b",)}
    said = start(framework, "etoile", facts, AS_OF, systems=["pim"])
    assert set(said.scope["systems"]) == {"oms", "customer_service_platform", "erp", "pim"}
    session = empty.new(said)
    assert session.evaluate(AS_OF).score.point is None, "nobody has said anything yet"


def test_everything_wrong_with_a_new_engagement_is_said_at_once():
    framework = content.load_framework("commerce-stakeholders")
    facts = {"name": "Étoile", "profile": "lage", "business_models": ("b2b", "b3b")}
    with pytest.raises(BadInput) as refused:
        start(framework, "etoile", facts, AS_OF, systems=["pin"])
    assert [problem.fix for problem in refused.value.problems] == [
        "did you mean “large”?",
        "did you mean “b2b”?",
        "did you mean “pim”?",
    ]


@pytest.mark.parametrize(
    ("name", "key"),
    [("Société Étoile & Cie", "societe-etoile-cie"), ("  A.B.C.  ", "a-b-c"), ("x" * 80, "x" * 64)],
)
def test_a_key_is_made_of_the_name(name: str, key: str):
    assert key_for(name) == key


def test_notebooks_are_copied_once_and_a_changed_one_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from workbook import resources

    shipped = tmp_path / "shipped"
    shipped.mkdir()
    for name in ("00_start", "01_experience"):
        (shipped / f"{name}.ipynb").write_text(f'{{"release": 1, "name": "{name}"}}')
    monkeypatch.setattr(resources, "notebooks", lambda: shipped)
    copies = bring_notebooks(tmp_path / "work")
    assert [copy.name for copy in copies] == ["00_start.ipynb", "01_experience.ipynb"]

    copies[0].write_text("my own")
    for source in shipped.iterdir():
        source.write_text(source.read_text().replace("1", "2"))
    bring_notebooks(tmp_path / "work")
    assert copies[0].read_text() == "my own"
    assert '"release": 2' in copies[1].read_text(), "an untouched copy follows the release"


def test_a_workspace_in_the_checkout_uses_the_notebooks_that_are_there(project: Path):
    before = listing(project / "notebooks")
    assert all(path.parent == project / "notebooks" for path in bring_notebooks(project))
    assert listing(project / "notebooks") == before


def test_the_store_may_be_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WORKBOOK_STORE", f"sqlite:///{tmp_path / 'elsewhere.db'}")
    Workspace.at(tmp_path / "work").new(engagement())
    assert (tmp_path / "elsewhere.db").exists()
    assert Store(tmp_path / "elsewhere.db").engagements() == ("worked",)
