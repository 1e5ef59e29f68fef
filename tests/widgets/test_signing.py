"""Signing off, person by person; the closing, and what people take along."""

from __future__ import annotations

import base64
import datetime as dt
import html
import io
import re
import zipfile
from dataclasses import replace

import pypdf
import pytest
from typer.testing import CliRunner

from tests.widgets.conftest import AS_OF
from workbook.cli.main import app
from workbook.content import load_engagement
from workbook.content.sources import BRAND_NAMED
from workbook.i18n import languages
from workbook.office import RENDERERS
from workbook.report import build
from workbook.widgets.conversation import Conversation

PARTIES = ("Ana", "Bo")
SUBJECTS = ("promotions", "oms", "shipment_tracking")


@pytest.fixture
def signing(fresh):
    """Ana owns two subjects and Bo one; the review's last tab is open."""
    for name in PARTIES:
        fresh.hear({"do": "add_party", "party": {"kind": "person", "name": name}})
    for subject, owner in zip(SUBJECTS, ("ana", "ana", "bo"), strict=True):
        fresh.hear({"do": "decide", "focal_point": subject, "set": {"owner": owner}})
    fresh.hear({"do": "go", "step": "review"})
    fresh.hear({"do": "tab", "tab": "signoff"})
    return fresh


def content(screen):
    return screen.view()["page"]["content"]


def acceptances(screen):
    decisions = screen.session.engagement.standing_decisions()
    return [decisions[key].acceptance and decisions[key].acceptance.state for key in SUBJECTS]


def test_each_owner_accepts_all_with_one_command_and_one_undo(signing):
    people = content(signing)["people"]
    assert [(p["name"], p["count"], p["open"]) for p in people] == [
        ("Ana", "2 subjects", 2),
        ("Bo", "one subject", 1),
    ]
    signing.hear({"do": "accept_all", "party": "ana"})
    assert acceptances(signing) == ["accepted", "accepted", None]
    assert content(signing)["people"][0]["chip"]["text"] == "Accepted"
    signing.hear({"do": "undo"})
    assert acceptances(signing) == [None, None, None]


def test_accepting_all_leaves_what_was_declined(signing):
    signing.hear({"do": "accept", "focal_point": "oms", "state": "declined"})
    signing.hear({"do": "accept_all", "party": "ana"})
    assert acceptances(signing) == ["accepted", "declined", None]
    assert content(signing)["people"][0]["chip"]["text"] == "One declined"


def test_the_closing_tells_before_and_after_until_something_changes(signing):
    assert content(signing)["closing"] is None
    signing.hear({"do": "baseline", "name": "Workshop"})
    closing = content(signing)["closing"]
    assert closing["title"] == "Workshop"
    assert {item["key"] for item in closing["agreed"]} == set(SUBJECTS)
    assert closing["lead"].startswith("3 subjects were agreed.")
    assert closing["before"]["low"] < closing["after"]["low"]
    signing.hear({"do": "decide", "focal_point": "oms", "set": {"owner": "bo"}})
    assert content(signing)["closing"] is None
    assert content(signing)["parcels"]
    signing.hear({"do": "baseline", "name": "Later"})
    closing = content(signing)["closing"]
    assert [item["text"] for item in closing["agreed"]] == ["Bo"]


def taken(screen, what, language="en"):
    screen.hear({"do": "take", "kind": what, "language": language})
    parcel = screen.hand_over()
    assert screen.hand_over() is None
    return parcel


def test_the_document_that_is_taken_along_is_the_engagement(signing, tmp_path):
    parcel = taken(signing, "document")
    (tmp_path / parcel.name).write_text(parcel.text, "utf-8")
    assert load_engagement(tmp_path / parcel.name).engagement == signing.session.engagement


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_office_documents_are_those_of_the_report(signing, language):
    session = signing.session
    made_from = session.rules, session.engagement, session.evaluate(signing.as_of), language
    page = taken(signing, "report", language).text
    origin = re.search(r"workbook-report/1;[^\"]+", page)[0]
    report = replace(build(*made_from), provenance=origin, changed=session.saved_at)
    for kind, render in RENDERERS.items():
        parcel = taken(signing, kind, language)
        ending = "csv.zip" if kind == "csv" else kind
        assert parcel.name.endswith(f"-report.{language}.{ending}")
        assert base64.b64decode(parcel.text, validate=True) == render(report)


@pytest.mark.parametrize(
    ("what", "language", "sentence"),
    [
        ("report", "en", "Do this first"),
        ("report", "fr", "À faire en premier"),
        ("map", "fr", "un responsable unique"),
        ("minutes", "en", "Who takes what on"),
        ("minutes", "fr", "Qui prend quoi en charge"),
    ],
)
def test_what_is_taken_along_needs_no_network_and_speaks_its_language(
    signing, what, language, sentence
):
    parcel = taken(signing, what, language)
    assert parcel.name.endswith(f"-{what}.{language}.html")
    assert sentence in parcel.text
    assert f'<html lang="{language}"' in parcel.text
    # Sources are named with their addresses, which a reader may follow; nothing is loaded.
    loaded = re.findall(r"""(?:\bsrc|<link[^>]*href)=["']?http|url\(["']?http""", parcel.text)
    assert not loaded
    assert signing.state.language == "en"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["owner", "handover"])
def test_one_owners_sheet_is_taken_along_alone(signing, kind):
    signing.hear({"do": "take", "kind": kind, "language": "", "person": "bo"})
    parcel = signing.hand_over()
    assert parcel.name.endswith(f"-{kind}-bo.en.pdf")
    (page,) = pypdf.PdfReader(io.BytesIO(base64.b64decode(parcel.text))).pages
    assert "Bo" in page.extract_text()
    assert "Ana" not in page.extract_text()


PURPLE = 'colours: {accent: "#7A1FA2"}\n'


@pytest.mark.parametrize("what", ["report", "map", "minutes"])
def test_what_is_taken_along_has_the_brand_of_the_workspace(signing, what):
    assert "#7A1FA2" not in taken(signing, what).text
    (signing.workspace.path / "brand.yaml").write_text(PURPLE, "utf-8")
    assert "--accent:light-dark(#7A1FA2," in taken(signing, what).text


def test_a_brand_that_is_named_goes_before_that_of_the_workspace(signing, tmp_path, monkeypatch):
    (signing.workspace.path / "brand.yaml").write_text(PURPLE, "utf-8")
    named = tmp_path / "other.yaml"
    named.write_text('colours: {accent: "#0A5C36"}\n', "utf-8")
    monkeypatch.setenv(BRAND_NAMED, str(named))
    assert "light-dark(#0A5C36," in taken(signing, "report").text


def test_a_brand_that_is_wrong_is_said_and_nothing_is_handed_out(signing):
    (signing.workspace.path / "brand.yaml").write_text('colours: {accent: "#FFCC00"}\n', "utf-8")
    assert taken(signing, "report") is None
    assert "contrast" in str(signing.view()["notice"])


@pytest.mark.slow
def test_a_batch_of_the_workspace_and_its_session_put_the_same_brand_on(signing, tmp_path):
    (signing.workspace.path / "brand.yaml").write_text(PURPLE, "utf-8")
    signing.hear({"do": "baseline", "name": "Workshop"})
    words = ["batch", str(signing.workspace.path), "--out", str(tmp_path / "out"), "--lang", "en"]
    words += ["--format", "docx", "--as-of", signing.as_of.isoformat()]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    (made,) = (tmp_path / "out").rglob("*.docx")
    parcel = io.BytesIO(base64.b64decode(taken(signing, "docx").text))
    with zipfile.ZipFile(made) as of_batch, zipfile.ZipFile(parcel) as of_session:
        for part in ("word/styles.xml", "word/document.xml"):
            assert of_batch.read(part) == of_session.read(part)
        assert b"7A1FA2" in of_batch.read("word/styles.xml")


def test_minutes_are_text_too_with_everything_that_the_page_says(signing):
    page, text = (taken(signing, kind, "fr") for kind in ("minutes", "minutes_text"))
    assert (text.name.rpartition("-")[2], text.media) == ("minutes.fr.md", "text/markdown")
    assert text.text.startswith("# Compte rendu · ")
    body = page.text.partition("<article")[2].partition(">")[2].partition("</article>")[0]
    told = [html.unescape(part) for part in re.split(r"<[^>]+>", body)]
    bare = text.text.replace("\\", "")
    assert [part for part in told if part.strip() and part.strip() not in bare] == [
        "Les responsables et leurs sujets"  # the caption, which a heading has said
    ]


def test_minutes_are_offered_in_the_language_of_each_reader(signing):
    signing.hear({"do": "baseline", "name": "Kick-off"})
    parcels = signing.view()["page"]["content"]["parcels"]
    kinds = {(p["kind"], p["language"]) for p in parcels if p["kind"].startswith("minutes")}
    forms = ("minutes", "minutes_pdf", "minutes_docx", "minutes_text")
    assert kinds == {(form, lang) for form in forms for lang in languages()}


@pytest.mark.parametrize("kind", ["minutes_pdf", "minutes_docx", "sponsor", "owner", "poster"])
def test_each_readers_document_is_a_file_of_its_own(signing, kind):
    parcel = taken(signing, kind, "fr")
    name, ending = kind.removesuffix("_docx").removesuffix("_pdf"), kind.rpartition("_")[2]
    ending = "docx" if ending == "docx" else "pdf"
    assert parcel.name == f"{signing.session.key}-{name}.fr.{ending}"
    opening = {"pdf": b"%PDF", "docx": b"PK"}[ending]
    assert base64.b64decode(parcel.text, validate=True).startswith(opening)


def test_what_is_only_tried_is_not_taken_along(signing):
    kinds = ("document", "minutes", "report")
    recorded = [taken(signing, what).text for what in kinds]
    signing.hear({"do": "try"})
    signing.hear({"do": "decide", "focal_point": "shipment_tracking", "set": {"owner": "ana"}})
    assert [taken(signing, what).text for what in kinds] == recorded
    assert signing.state.trial is not None


def test_what_changed_since_the_moment_before_is_told_by_subject(signing):
    assert content(signing)["since"] is None
    signing.hear({"do": "baseline", "name": "Kick-off"})
    assert content(signing)["since"] is None, "nothing came before it"
    signing.hear({"do": "decide", "focal_point": "oms", "set": {"owner": "bo"}})
    signing.hear({"do": "decide", "focal_point": "order_updates", "set": {"owner": "ana"}})
    signing.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "nobody"}})
    since = content(signing)["since"]
    assert (since["title"], since["lead"]) == (
        "Since “Kick-off”",
        "1 subject improved, 1 regressed.",
    )
    words = {row["key"].rstrip("/"): row["chip"]["text"] for row in since["rows"]}
    assert words == {
        "promotions": "Regressed",
        "order_updates": "Improved",
        "oms": "Another owner",
    }
    signing.hear({"do": "baseline", "name": "After"})
    assert content(signing)["since"]["title"] == "Since “Kick-off”", "the signed one is now"


@pytest.mark.parametrize("shown", [True, False])
def test_a_report_taken_along_tells_what_was_done_since_the_moment_before(
    signing, workspace, shown
):
    signing.hear({"do": "baseline", "name": "Kick-off"})
    signing.hear({"do": "decide", "focal_point": "oms", "set": {"owner": "bo"}})
    signing.session.flush()
    assert "What was to be done" not in taken(signing, "report").text, "the day is the same"
    session = workspace.open(signing.session.key)
    later = Conversation(workspace, session, as_of=AS_OF + dt.timedelta(days=7), step="review")
    later.hear({"do": "show_names", "shown": shown})
    report = taken(later, "report").text
    assert "What was to be done" in report
    assert ("Ana" in report) is shown
