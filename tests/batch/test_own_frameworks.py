"""A batch knows the frameworks that stand beside documents, as every other command does."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from tests.batch.trial import ABOUT, Heard, batch, order, tiny
from workbook import resources
from workbook.batch.local import local_runner
from workbook.batch.running import run

EXAMPLE = resources.templates() / "engagements" / "atelier-belval.yaml"
SHIPPED = resources.templates() / "frameworks" / "commerce-stakeholders"


def client(folder, key, title="Who owns what at ours"):
    """A document whose framework `ours` stands beside it, under a title of its own."""
    framework = shutil.copytree(SHIPPED, folder / "frameworks" / "ours")
    root = framework / "framework.yaml"
    text = root.read_text("utf-8").replace("key: commerce-stakeholders", "key: ours")
    root.write_text(text.replace("Who owns the commerce programme", title), "utf-8")
    text = EXAMPLE.read_text("utf-8").replace("commerce-stakeholders", "ours")
    document = folder / f"{key}.yaml"
    document.write_text(text.replace("key: atelier-belval", f"key: {key}"), "utf-8")
    return document


@pytest.fixture
def made(tmp_path):
    """Which reports a run makes of the documents in `clients`; nothing is really run."""
    notebook = tiny(tmp_path / "n.ipynb", ABOUT)

    def go(**asked):
        hear = Heard()
        batch(tmp_path / "clients", out=tmp_path / "out", hear=hear, notebook=notebook, **asked)
        return sorted(hear.names)

    return go


@pytest.mark.notebooks
def test_a_report_finds_the_framework_beside_its_document(tmp_path):
    """Two clients may even give two frameworks the same key."""
    for name in ("one", "two"):
        client(tmp_path / "clients" / name, name, f"As {name} sees it")
    body = (
        "from workbook.content import load_engagement\n"
        "print(engagement, load_engagement(engagement).rules.framework.title['en'])"
    )
    notebook = tiny(tmp_path / "n.ipynb", ABOUT, body)
    asked = order(
        tmp_path / "clients",
        out=tmp_path / "out",
        notebook=notebook,
        lang="en",
        formats=("html", "ipynb", "json"),
    )
    done = run(asked, local_runner(2), Heard())
    assert done.counts()["made"] == 2
    shown = [(tmp_path / f"out/{name}.en.ipynb").read_text("utf-8") for name in ("one", "two")]
    assert [re.findall(r"[\w.]+ As \w+ sees it", text)[0] for text in shown] == [
        "one.en.yaml As one sees it",
        "two.en.yaml As two sees it",
    ]
    assert "score" in json.loads((tmp_path / "out/one.en.json").read_text("utf-8"))


def test_a_changed_framework_beside_documents_makes_their_reports_again(tmp_path, made):
    client(tmp_path / "clients" / "one", "one")
    client(tmp_path / "clients" / "two", "two")
    assert made() == ["one.fr", "two.fr"]
    assert made() == []
    root = tmp_path / "clients/one/frameworks/ours/framework.yaml"
    root.write_text(root.read_text("utf-8") + "\n# looked at again\n", "utf-8")
    assert made() == ["one.fr"]


def test_a_document_is_checked_again_when_its_framework_changes(tmp_path, made):
    document = client(tmp_path / "clients" / "one", "one")
    client(tmp_path / "clients" / "two", "two")
    made()
    root = document.parent / "frameworks/ours/framework.yaml"
    text = root.read_text("utf-8")
    root.write_text(re.sub(r"(?m)^version: .*$", "version: 9.9.9", text, count=1), "utf-8")
    done = batch(
        tmp_path / "clients", out=tmp_path / "out", notebook=tiny(tmp_path / "n.ipynb", ABOUT)
    )
    (refused,) = done.plan.refused
    assert "there is no version" in refused.reason
