"""One person with a name that stands nowhere else, through the whole product, and then erased."""

from __future__ import annotations

import html
import io
import re
import tempfile
import zipfile
from collections.abc import Collection, Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pypdf
import pytest
from pypdf.errors import PdfReadError
from pypdf.generic import StreamObject
from typer.testing import CliRunner, Result

from workbook.cli.main import app
from workbook.i18n import languages
from workbook.resources import templates
from workbook.store import Change
from workbook.workshop import open_round
from workbook.workspace import Workspace

pytestmark = pytest.mark.slow
CANARIES = ("Zorblattine", "Quixbérec", "zorblattine", "quixberec", "Krümelmonster")
"""First and last name, as an id has them, and a word that only a text of theirs has."""
NAME, ID, WORD = "Zorblattine Quixbérec", "zorblattine-quixberec", "Krümelmonster"
FORMATS = ("html", "pdf", "docx", "pptx", "xlsx", "csv", "ics", "json", "ipynb")
READERS = {
    "team": ",".join(FORMATS),
    "sponsor": "html,pdf,docx",
    "owner": "html,pdf,docx",
    "handover": "html,pdf,docx",
    "poster": "html,pdf",
}
"""For whom a report is, in which formats."""
ESCAPED = re.compile(r"\\u([0-9a-f]{4})")
DAY = "2026-11-23"


def run(home: Path, *words: object, code: int = 0) -> Result:
    done = CliRunner().invoke(app, [*map(str, words), "--workspace", str(home)])
    assert done.exit_code == code, (words, done.output)
    return done


def texts(content: bytes) -> Iterator[str]:
    """Everything that can be read in a file, whatever it is."""
    for coding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
        text = content.decode(coding, "ignore")
        yield text
        yield html.unescape(text)
    yield ESCAPED.sub(lambda match: chr(int(match[1], 16)), content.decode("latin-1"))
    if content.startswith(b"%PDF"):
        document = pypdf.PdfReader(io.BytesIO(content))
        yield from (page.extract_text() for page in document.pages)
        yield str(document.metadata)
        yield str(document.outline)
        yield from pieces(document)
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from texts(archive.read(name))


def pieces(document: pypdf.PdfReader) -> Iterator[str]:
    """Every object of a PDF, unpacked: alternative texts, notes and bookmarks are among them."""
    for number in range(1, len(document.xref_objStm) + sum(map(len, document.xref.values())) + 1):
        try:
            piece = document.get_object(number)
        except PdfReadError:
            continue
        yield str(piece)
        if isinstance(piece, StreamObject):
            yield piece.get_data().decode("latin-1")


def mail(content: bytes) -> Iterator[str]:
    message = message_from_bytes(content, policy=policy.default)
    yield str(message["to"])
    yield from (
        part.get_content() for part in message.walk() if part.get_content_type() == "text/plain"
    )


def found(folder: Path, words: Collection[str] = CANARIES) -> set[str]:
    """The files of a folder that have a canary, or one of these, in name, text or metadata."""
    there = set()
    for path in folder.rglob("*"):
        if path.is_file():
            readable = [str(path.relative_to(folder)), *texts(path.read_bytes())]
            readable += mail(path.read_bytes()) if path.suffix == ".eml" else ()
            if any(canary in text for canary in words for text in readable):
                there.add(str(path.relative_to(folder)))
    return there


def record(home: Path) -> None:
    """The canary is imported, answers, owns, is talked about, and gets a link."""
    people = home / "people.csv"
    people.write_text(f"Name,Job title,E-mail\n{NAME},CTO,{ID}@acme.example\n", "utf-8")
    run(home, "new", "acme", "--from", templates() / "engagements" / "fernhill-supply.yaml")
    run(home, "import", people, "--engagement", "acme")
    workspace = Workspace.at(home)
    session = workspace.open("acme", NAME)
    assert ID in session.engagement.parties()
    session.record(Change(("respondent", ID), {"person": ID}))
    session.record(open_round(session.rules, session.engagement, (), workspace.now()))
    for nomination in session.engagement.nominations[:3]:
        subject = ("nomination", ID, nomination.focal_point)
        session.record(Change(subject, [{"party": ID, "note": f"{WORD} said so"}]))
        session.record(Change(("decision", nomination.focal_point), {"owner": ID, "note": WORD}))
    session.undo()
    session.redo()
    session.baseline("Kick-off")
    session.record(Change(("invitation", ID), {"until": "2027-01-01"}))


def hand_out(home: Path) -> None:
    """Everything that can be written of an engagement, in the workspace."""
    run(home, "invite", "acme", "--until", "2027-01-01")
    run(home, "questionnaire", "acme", "--until", "2027-01-01")
    run(home, "export", "acme", "-o", home / "acme.yaml")
    run(home, "holds", "acme", ID, "-o", home / "held.html")
    run(home, "backup", home / "backup.zip")
    words = ["--as-of", DAY, "--format", ",".join(FORMATS), "--out"]
    for line in (
        ["report", str(home / "acme.yaml"), *words, str(home / "reports")],
        ["report", str(home / "acme.yaml"), "--reader", "owner", "--as-of", DAY,
         "--format", "pdf,docx,html", "--out", str(home / "reports" / "owners")],
        ["batch", str(home), "--as-of", DAY, "--out", str(home / "reports" / "batch")],
    ):  # fmt: skip
        done = CliRunner().invoke(app, line)
        assert done.exit_code == 0, done.output


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace, and a folder of temporary files of its own."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    home = tmp_path / "home"
    home.mkdir()
    return home


def test_after_an_erasure_no_byte_of_the_workspace_has_the_canary(home: Path):
    record(home)
    hand_out(home)
    before = found(home.parent)
    expected = {f"home/reports/acme.en.{form}" for form in FORMATS if form not in ("csv", "ipynb")}
    expected |= {f"home/{name}" for name in ("workbook.db", "acme.yaml", "held.html", "people.csv")}
    expected |= {"home/backup.zip", "home/reports/acme.en.csv.zip"}
    assert expected <= before, "the positive control: each of them had it"
    assert any(name.startswith("home/invitations/acme/") for name in before)
    assert any(name.startswith("home/questionnaires/acme/") for name in before)
    assert any(name.startswith("home/reports/owners/") for name in before)
    assert any(name.startswith("home/reports/batch/") for name in before)
    erased = run(home, "erase", "acme", ID, "--yes")
    left = found(home.parent)
    assert left == {f"home/{n}" for n in ("acme.yaml", "held.html", "people.csv", "backup.zip")}
    for name in left:
        named = Path(name).name
        assert f"{named} still names them" in erased.output, erased.output
        (home / named).unlink()
    assert found(home.parent) == set()
    assert Workspace.at(home).store.verify("acme").damages == ()


def test_outputs_without_names_have_nobody_in_text_or_metadata(home: Path):
    """Nobody's name, id, address or note, in alternative texts or embedded workbooks either."""
    record(home)
    run(home, "export", "acme", "-o", home / "acme.yaml")
    whole = Workspace.at(home).open("acme").engagement
    private = {text for p in whole.people for text in (p.name, p.id, p.email) if text}
    private |= {n.note for n in (*whole.nominations, *whole.answers, *whole.decisions) if n.note}
    document, words = str(home / "acme.yaml"), ["--lang", ",".join(languages()), "--as-of", DAY]
    for names, readers in (("on", ["team"]), ("off", READERS)):
        for reader in readers:
            whom = ["--reader", reader] if reader != "team" else []
            out = ["--format", READERS[reader], "--out", str(home / names / reader)]
            told = ["report", document, *words, *whom, *out, "--names", names]
            done = CliRunner().invoke(app, told)
            assert done.exit_code == 0, done.output
    for lang in languages():
        assert len([*(home / "off").rglob(f"*.{lang}.*")]) > len(FORMATS)
        assert len([*filter(re.compile(rf"\.{lang}\.").search, found(home / "on", private))]) >= 7
    assert found(home / "off", private | set(CANARIES)) == set()
