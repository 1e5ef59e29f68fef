"""Files that nobody would write on purpose: read, or refused with a reason, and never more.

A failure says its `Case(seed, reader, category)`: the same seed makes the same file.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.badinput.command_lines import ENOUGH_FOR_REPORTS, lay_out, try_line, try_lines
from tests.badinput.damage import CATEGORIES, CODE_OF_YAML
from tests.badinput.readers import KEY, TODAY, Reader, readers
from tests.badinput.trying import Case, Tally, attempt, bounded, cases, tried
from workbook.batch.tables import columns
from workbook.cli.main import app
from workbook.content import load_engagement
from workbook.content.reading import parse
from workbook.errors import BadInput, WorkbookError
from workbook.exchange.tables.reading import read_grids
from workbook.store import Change, EventKind
from workbook.widgets.respondent import Desk, RespondentConversation
from workbook.workshop import open_round
from workbook.workspace import Workspace

CORPUS = 3_000
LINES = 120
FEW = 300
PARTS = 3


@pytest.fixture(scope="module")
def every():
    with readers() as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_three_thousand_damaged_files_are_read_or_refused(every, part):
    each = CORPUS // PARTS
    tally = tried(every, cases(every, part, PARTS), each)
    assert tally.wrong == []
    assert tally.tried == each
    # Where nothing is refused, or nothing read, the damage is not what it should be.
    assert tally.refused > each // 4
    assert tally.read > each // 10


def test_each_reader_meets_each_kind_of_damage(every):
    met = {
        (case.reader, case.category) for case, _ in zip(cases(every, 0), range(FEW), strict=False)
    }
    assert len(CATEGORIES) == 12
    assert met == {(reader, category) for reader in every for category in CATEGORIES}


def test_undamaged_files_are_read(every, tmp_path):
    """Else a reader that refuses everything would look safe."""
    refused = [
        name
        for name, reader in every.items()
        if not any(reads(reader, suffix, raw, tmp_path) for suffix, raw in reader.files)
    ]
    assert refused == []


def reads(reader, suffix, raw, folder):
    path = folder / f"good{suffix}"
    path.write_bytes(raw)
    try:
        reader.read(path)
    except WorkbookError:
        return False
    return True


def broken(_):
    raise IndexError("list index out of range")


def endless(_):
    while True:
        pass


def greedy(_):
    return len(bytearray(2**30))


@pytest.mark.slow
@pytest.mark.parametrize("fault", [broken, endless, greedy])
def test_a_reader_that_breaks_hangs_or_swallows_memory_is_noticed(fault, tmp_path, monkeypatch):
    monkeypatch.setattr("tests.badinput.trying.SECONDS", 0.2)
    tally = Tally()
    with bounded():
        attempt(Case(1, "x", "cut"), Reader(fault, ((".x", b"abc"),)), tmp_path, tally)
    assert len(tally.wrong) == 1


@pytest.mark.parametrize("trick", CODE_OF_YAML)
def test_a_tag_of_yaml_makes_nothing(trick, tmp_path):
    with pytest.raises(BadInput) as caught:
        parse(f"a: {trick.format(path=tmp_path / 'made')}", "a.yaml")
    assert caught.value.problems[0].file == "a.yaml"
    assert not (tmp_path / "made").exists()


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(tmp_path_factory, raw):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(raw)
    try:
        read_grids(path)
    except BadInput as error:
        assert str(path) in str(error)  # noqa: PT017 - either way is right


NAMES = ("engagement.yaml", "list.csv", "matrix.xlsx", "list.ods", "table.md", "page.html")
COMMANDS = (
    ("check", "{file}"),
    ("evaluate", "{file}"),
    ("raci", "{file}"),
    ("import", "{file}", "--engagement", KEY),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
@pytest.mark.parametrize("name", NAMES)
def test_a_pipe_a_loop_and_a_device_are_refused_at_once(tmp_path, monkeypatch, command, name):
    """A pipe would be waited for without end, a device read without end."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pipe").mkdir()
    os.mkfifo(tmp_path / "pipe" / name)
    (tmp_path / "loop").mkdir()
    (tmp_path / "loop" / name).symlink_to(name)
    (tmp_path / "device").mkdir()
    (tmp_path / "device" / name).symlink_to("/dev/zero")
    for kind in ("pipe", "loop", "device"):
        words = [word.format(file=tmp_path / kind / name) for word in command]
        with bounded():
            ran = CliRunner().invoke(app, words)
        assert ran.exit_code == 2, (kind, ran.output, ran.exception)
        assert name in ran.output


@pytest.mark.slow
def test_no_command_line_ends_in_a_traceback():
    """Each command several times, with words for its arguments and options that fit badly."""
    tally = try_lines(iter(range(LINES)))
    assert tally.wrong == []
    assert tally.refused > LINES // 2
    assert tally.read > LINES // 50


@pytest.mark.parametrize(
    "line",
    [
        ("batch", "good.yaml", "--notebook", "/dev/full"),
        ("restore", "/dev/full"),
        ("verify", "/dev/full"),
        ("template", "new", "good.yaml"),
        ("actions", "import", "--workspace", "loop", "good.yaml", KEY),
        ("history", "--verify", "\udcff"),
    ],
)
def test_a_word_that_fits_badly_is_refused(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lay_out(tmp_path)
    tally = Tally()
    with bounded(ENOUGH_FOR_REPORTS):
        try_line(0, list(line), tally)
    assert (tally.wrong, tally.refused) == ([], 1)


def test_a_refused_list_leaves_the_engagement_as_it_was(tmp_path):
    """Its first change could be made: the last one spoils them all, also in the store."""
    workspace = Workspace.at(tmp_path)
    session = workspace.new(workspace.open(KEY).engagement.model_copy(update={"key": "acme"}))
    before, written = session.engagement, workspace.store.last("acme")
    good = Change(("person", "zoe"), {"name": "Zoé Marchand"})
    for subject in (("person", "max"), ("nomination", "paul-ney", "promotions")):
        with pytest.raises(BadInput):
            session.take_in([good, Change(subject, [{"party": ["Max"]}])], "people")
        assert (session.engagement, workspace.store.last("acme")) == (before, written)
    session.take_in([good], "people")
    assert session.engagement != before
    assert workspace.store.last("acme") > written


def test_a_row_of_a_batch_with_an_impossible_name_spoils_itself_alone(every, tmp_path):
    rows = tmp_path / "rows.csv"
    rows.write_text(f"engagement,x\n{'a' * 5000},1\n{KEY},2\n", "utf-8")
    bad, good = every["rows of a batch"].read(rows)
    assert "there is no document" in str(bad.problems[0])
    assert good.document is not None


def test_a_table_without_the_end_of_its_first_cell_is_refused(tmp_path):
    (tmp_path / "rows.csv").write_text('"engagement;x\n', "utf-8")
    with pytest.raises(BadInput, match="is no CSV"):
        columns(tmp_path / "rows.csv", {})


@pytest.mark.parametrize("text", ["\ud83d", "\udc00x", "a\x00b"])
def test_half_a_character_of_one_holds_up_nobody(tmp_path, text):
    """No database takes it: what waits behind it, of everybody, would never be written."""
    workspace = Workspace.at(tmp_path)
    session = workspace.open(KEY)
    session.record(open_round(session.rules, session.engagement, (), workspace.now()))
    desk, (one, other, *_) = Desk(session), session.engagement.respondents
    for respondent, note in ((one, text), (other, "heard")):
        page = RespondentConversation(desk, respondent.id, lambda: TODAY)
        subject = desk.facts.asked(desk.respondent(respondent.id))[0][1].key
        page.hear({"do": "nominate", "focal_point": subject, "set": {"note": note}})
    session.flush()
    said = [event for event in session.history() if event.kind is EventKind.SET]
    notes = [event.value[0]["note"] for event in said if event.subject[0] == "nomination"]
    assert notes == ["heard"]


def test_half_a_character_in_a_document_is_refused(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{"key": "acme", "organisation": {"name": "\\ud83d"}}', "utf-8")
    with pytest.raises(BadInput, match="half a character"):
        load_engagement(path)
