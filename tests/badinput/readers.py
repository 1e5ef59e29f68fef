"""Every reader of the workbook, with real files of its kind to damage."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.content.documents import GOOD
from tests.exchange.sheets import ods_of
from workbook import resources
from workbook.batch import tables
from workbook.batch.parameters import Parameter
from workbook.content import load_engagement
from workbook.content.frameworks import framework_from
from workbook.exchange.intake import plan_import
from workbook.exchange.raci import read_matrix, review, to_text
from workbook.exchange.request import ImportRequest, recipient_of
from workbook.i18n import voice
from workbook.report.brand import load_brand
from workbook.report.build import SECTIONS
from workbook.serve.host.lines import _message, _unpacked
from workbook.store import Store, fold
from workbook.widgets.conversation import Conversation
from workbook.widgets.respondent import Desk, RespondentConversation
from workbook.workshop import Pass, Passes, open_round
from workbook.workspace import Workspace

TESTS = Path(__file__).parents[1]
TODAY = dt.date(2026, 11, 27)
KEY = "maison-lorient"
MESSAGES = (
    {"do": "nominate", "focal_point": "promotions", "set": {"party": "nobody", "note": "x"}},
    {"do": "park", "text": "Marketplace", "focal_point": "promotions", "once": "a"},
    {"do": "accept", "focal_point": "promotions", "state": "accepted"},
    {"do": "speak", "language": "fr"},
    {"do": "hello", "query": {"engagement": KEY}, "actor": "Chrome"},
    {"do": "poll", "typing": True},
    {
        "do": "nominate",
        "focal_point": "promotions",
        "set": {},
        "create": {"field": "party", "party": {"name": "Zoé", "title": "CTO", "kind": "person"}},
        "once": "b",
    },
    {"do": "decide", "focal_point": "promotions", "set": {"owner": "nobody"}},
    {"do": "go", "step": "review"},
    {"do": "import", "name": "a.csv", "data": "bmFtZSx0aXRsZQ=="},
)
OVERLAY = """\
overlay:
  off: [shipment_tracking]
  weights: {named: 30, clear: 20, fitting: 15, backed_up: 15, committed: 20}
  thresholds: {stale_days: 90, agreed_share: 0.8}
  areas: {experience: {weight: 1.5}}
  focal_points:
    - {key: sellers, area: experience, title: {en: Sellers}, spoken: {en: s}, help: {en: Who?}}
"""
OVERLAID = GOOD.replace("people:", f"{OVERLAY}people:", 1)
PARAMETERS = {
    name: Parameter(name, kind, None)
    for name, kind in (("engagement", "str"), ("x", "int"), ("lang", "str"), ("as_of", "str"))
}
ROWS = [["engagement", "x", "lang", "as_of", "name"], [KEY, "1", "en", "2026-11-27", "a"]]


class Reader(NamedTuple):
    """Who reads, and the real files that are damaged: the name's ending, and the bytes."""

    read: Callable[[Path], object]
    files: tuple[tuple[str, bytes], ...]


@contextmanager
def readers() -> Iterator[dict[str, Reader]]:
    """All readers, over a workspace of their own."""
    with TemporaryDirectory() as folder:
        yield dict(_readers(Path(folder)))


def files(*patterns: str) -> tuple[tuple[str, bytes], ...]:
    paths = chain.from_iterable(sorted(TESTS.glob(pattern)) for pattern in patterns)
    # Damaged on purpose already, and some of them at the limit of what is read at all.
    return tuple((p.suffix, p.read_bytes()) for p in paths if p.stat().st_size < 60_000)


def _readers(folder: Path) -> Iterator[tuple[str, Reader]]:
    workspace = Workspace.at(folder)
    session = workspace.open(KEY)
    session.record(open_round(session.rules, session.engagement, (), workspace.now()))
    recipient = recipient_of(session, TODAY, partial(Passes.of, workspace.store))
    request = ImportRequest(today=TODAY)
    templates = resources.templates()
    whole = load_engagement(templates / "engagements" / "fernhill-supply.yaml").engagement
    plain = json.dumps(whole.model_dump(mode="json", exclude_defaults=True)).encode()
    documents = (
        (".yaml", GOOD.encode()),
        (".yaml", OVERLAID.encode()),
        (".json", plain),
    )
    yield "engagement", Reader(load_engagement, documents)
    frameworks = templates / "frameworks" / "data-platform"
    shutil.copytree(frameworks, folder / "framework")
    parts = tuple((f".{part.stem}", part.read_bytes()) for part in sorted(frameworks.iterdir()))
    yield "framework", Reader(partial(_framework, folder / "framework"), parts)
    brand = b"colours: {accent: '#1f4e79'}\nfont: Arial\nsections: [map]\n"
    logo = b"logo: logo.svg\ncolours: {accent: '#1f4e79'}\n"
    brands = (("", brand), ("", logo), ("", (templates / "brand" / "brand.yaml").read_bytes()))
    yield "brand", Reader(partial(load_brand, sections=tuple(SECTIONS)), brands)
    lists = files("exchange/people/*", "exchange/systems/*", "exchange/company/*")
    lists += files("exchange/tasks/*", "exchange/brightmoor/*")
    lists += ((".ods", ods_of({"People": [["Name", "Title"], ["Zoé", "CTO"]]})),)
    take = partial(plan_import, recipient=recipient, request=request)
    yield "list", Reader(take, lists)
    yield "answers", Reader(take, files("exchange/answers/*"))
    yield "questionnaire", Reader(take, _questionnaires(workspace))
    matrices = files("exchange/matrices/*", "exchange/client_matrices/*")
    yield "matrix", Reader(_matrix, matrices)
    csv = "\n".join(map(",".join, ROWS)).encode()
    lines = json.dumps(dict(zip(*ROWS, strict=True))).encode()
    rows = ((".csv", csv), (".jsonl", lines))
    yield "rows of a batch", Reader(_rows, rows)
    texts = tuple(("", json.dumps(message).encode()) for message in MESSAGES)
    page = RespondentConversation(Desk(session), session.engagement.respondents[0].id, _today)
    board = Conversation(workspace, session, as_of=TODAY)
    yield "message of a page", Reader(partial(_hear, page), texts)
    yield "message of a board", Reader(partial(_hear, board), texts)
    passes = Passes(bytes(32))
    written = passes.write(Pass(KEY, "paul-ney", TODAY)).encode()
    yield "link", Reader(lambda path: _pass(passes, path), (("", written),))
    session.flush()
    yield "store", Reader(_store, ((".db", (folder / "workbook.db").read_bytes()),))
    yield "event", Reader(partial(_event, folder / "workbook.db"), tuple(_columns(folder)))


def _today() -> dt.date:
    return TODAY


def _framework(whole: Path, path: Path) -> object:
    """A framework of which one part is damaged."""
    part = whole / f"{path.suffix[1:]}.yaml"
    good = part.read_bytes()
    part.write_bytes(path.read_bytes())
    try:
        return framework_from(whole)
    finally:
        part.write_bytes(good)


def _pass(passes: Passes, path: Path) -> object:
    return passes.read(path.read_bytes().decode("latin-1"))


def _matrix(path: Path) -> object:
    return to_text(review(read_matrix(path)), voice("fr"))


def _hear(page: RespondentConversation | Conversation, path: Path) -> object:
    return page.hear(_unpacked(_message(path.read_bytes())))


def _rows(path: Path) -> object:
    tables.columns(path, PARAMETERS)
    return list(tables.rows(path, PARAMETERS, KEY))


def _store(path: Path) -> object:
    store = Store(path)
    return [fold(store.events(key)) for key in store.engagements()], store.described()


def _questionnaires(workspace: Workspace) -> tuple[tuple[str, bytes], ...]:
    from typer.testing import CliRunner

    from workbook.cli.main import app

    words = ["questionnaire", KEY, "--until", "2026-12-04", "--workspace", str(workspace.path)]
    ran = CliRunner().invoke(app, words)
    assert ran.exit_code == 0, ran.output
    made = sorted((workspace.path / "questionnaires" / KEY).glob("*.xlsx"))
    return tuple((path.suffix, path.read_bytes()) for path in made[:3])


COLUMNS = ("actor", "kind", "subject", "value", "schema", "time", "step", "supersedes")


def _columns(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The columns of one event: the file's ending says which."""
    with closing(sqlite3.connect(folder / "workbook.db")) as raw:
        for topic in ("organisation", "person", "nomination", "decision", "round"):
            where = "SELECT {} FROM events WHERE topic = ? LIMIT 1"
            for column in COLUMNS:
                found = raw.execute(where.format(column), (topic,)).fetchone()
                if found:
                    yield f".{topic}-{column}", str(found[0]).encode()


def _event(good: Path, path: Path) -> object:
    """A store of which one column of one event holds something else."""
    topic, column = path.suffix[1:].split("-")
    damaged = path.with_suffix(".db")
    shutil.copy(good, damaged)
    with closing(sqlite3.connect(damaged, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER events_refuse_update")
        where = f"rowid = (SELECT rowid FROM events WHERE topic = '{topic}' LIMIT 1)"  # noqa: S608
        text = path.read_bytes().decode("utf-8", "replace")
        raw.execute(f"UPDATE events SET {column} = ? WHERE {where}", (text,))  # noqa: S608
    return _store(damaged)
