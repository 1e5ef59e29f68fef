"""A framework of one's own: found beside the document or in the workspace, before those shipped."""

from __future__ import annotations

import shutil

import pytest
from typer.testing import CliRunner

from tests.content.documents import GOOD
from tests.content.frameworks import copied
from workbook.cli.main import app
from workbook.content import known_keys, load_engagement, load_framework
from workbook.errors import BadInput

DOCUMENT = GOOD.replace("key: commerce-stakeholders", "key: ours")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with nothing but the one that commands are called from."""
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.delenv("WORKBOOK_HOME", raising=False)
    return tmp_path


def own(home, key="ours", version="2.5.0"):
    """A framework of one's own: the commerce framework under another name and version."""
    home.mkdir(exist_ok=True)
    (home / "frameworks").mkdir(exist_ok=True)
    framework = shutil.move(copied(home), home / "frameworks" / key)
    rename(framework, f"key: {key}\nversion: {version}")
    return framework


def rename(framework, to):
    """Give a framework another key and version."""
    root = framework / "framework.yaml"
    text = root.read_text("utf-8")
    start = text.index("key: ")
    end = text.index("languages:")
    root.write_text(text[:start] + to + "\n" + text[end:], "utf-8")


def document(folder, version="2.5.0", text=DOCUMENT):
    """The good document, made for a version of a framework."""
    path = folder / "acme.yaml"
    path.write_text(text.replace("version: 1.0.0", f"version: {version}"), "utf-8")
    return path


def refused(call):
    """What is said of a call that must be refused: place and what is wrong."""
    with pytest.raises(BadInput) as found:
        call()
    return [(problem.path, problem.message) for problem in found.value.problems]


def test_it_is_found_beside_the_document(place):
    own(place)
    assert load_engagement(document(place)).rules.version == "2.5.0"


def test_it_is_found_in_the_workspace(place, monkeypatch):
    own(place / "home")
    monkeypatch.setenv("WORKBOOK_HOME", str(place / "home"))
    assert load_engagement(document(place)).rules.key == "ours"
    assert known_keys() == ("commerce-stakeholders", "data-platform", "ours")


def test_it_comes_before_the_shipped_one_of_the_same_key_and_beside_before_the_workspace(
    place, monkeypatch
):
    own(place, "commerce-stakeholders", "1.1.0")
    own(place / "home", "commerce-stakeholders", "1.2.0")
    monkeypatch.setenv("WORKBOOK_HOME", str(place / "home"))
    assert load_framework("commerce-stakeholders", near=place).version == "1.1.0"
    assert load_framework("commerce-stakeholders").version == "1.2.0"
    wanted = [("framework.version", "there is no version “1.0.0” of the framework")]
    said = refused(lambda: load_engagement(document(place, "1.0.0", GOOD)))
    assert [(path, what[:44]) for path, what in said] == [(p, w[:44]) for p, w in wanted]


def test_a_change_of_it_is_seen_at_once(place):
    framework = own(place)
    path = document(place)
    assert load_engagement(path).rules.version == "2.5.0"
    rename(framework, "key: ours\nversion: 2.5.1")
    assert refused(lambda: load_engagement(path)) == [
        ("framework.version", "there is no version “2.5.0” of the framework “ours”")
    ]


def test_what_is_wrong_with_it_is_said_with_what_is_wrong_with_the_document(place):
    framework = own(place)
    titles = framework / "titles.yaml"
    titles.write_text(titles.read_text("utf-8").replace("seniority: 3", "seniority: 9", 1), "utf-8")
    path = document(place, text=DOCUMENT.replace("go_live: 2027-03-31", "go_live: soon"))
    said = refused(lambda: load_engagement(path))
    assert said == [
        ("titles[2].seniority", "“9” is out of range"),
        ("programme.go_live", "“soon” is not a date"),
    ]


def test_its_folder_has_its_name(place):
    framework = own(place)
    rename(framework, "key: theirs\nversion: 2.5.0")
    said = refused(lambda: load_engagement(document(place)))
    assert said == [("key", "the folder “ours” holds the framework “theirs”")]


def test_a_key_never_leads_out_of_the_folder(place):
    own(place)
    assert refused(lambda: load_framework("../ours", near=place / "frameworks")) == [
        ("", "there is no framework “../ours”")
    ]


def test_an_engagement_is_begun_with_the_workspaces_own_framework_and_exported(place):
    home = place / "home"
    own(home)
    run = CliRunner().invoke
    facts = ["--profile", "large", "--business-model", "b2b", "--go-live", "2027-03-31"]
    said = ["new", "acme", "--name", "Acme", "--framework", "ours", "--workspace", str(home)]
    assert run(app, [*said, *facts]).exit_code == 0
    exported = run(app, ["export", "acme", "--workspace", str(home)])
    assert "framework: {key: ours, version: 2.5.0}" in exported.stdout
    assert run(app, ["framework", "check", "ours"]).exit_code == 2, "not from elsewhere"


def test_an_engagement_whose_framework_the_workspace_lacks_does_not_enter_it(place):
    own(place)
    path = document(place)
    said = CliRunner().invoke(app, ["new", "--from", str(path), "--workspace", str(place / "home")])
    assert said.exit_code == 2
    assert "the framework “ours” is not in this workspace" in said.stderr
    assert str(place / "home" / "frameworks" / "ours") in said.stderr
    assert not (place / "home").exists()


def test_efforts_in_hours_load_as_minutes(place):
    file = own(place) / "actions.yaml"
    text = file.read_text("utf-8")
    assert "effort_minutes: 15\n" in text
    file.write_text(text.replace("effort_minutes: 15\n", "effort_hours: 0.25\n"), "utf-8")
    actions = load_engagement(document(place)).rules.actions
    assert (actions["reconfirm"].effort_minutes, actions["reconfirm"].effort_hours) == (15, 0.25)
