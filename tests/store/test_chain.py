"""The chain of events: whoever changes, removes or reorders one of them is found out."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from tests.store.conftest import START
from workbook.cli.main import app
from workbook.errors import WorkbookError
from workbook.store import Change, Damage, DamageKind, Event, EventKind, Store
from workbook.store.tables import events
from workbook.workspace import Session

LAST = 12
COLUMNS = [c.name for c in events.columns if c.name not in {"engagement", "seq"}]
NUMBERS = st.integers(1, LAST)


def event(n: int, **facts: object) -> Event:
    """One event of many: somebody new says something of their own."""
    usual = {
        "id": f"e{n}",
        "engagement": "acme",
        "actor": f"Marie {n}",
        "kind": EventKind.SET,
        "subject": ("person", f"p{n}"),
        "value": {"name": f"Name {n}", "title": f"Title {n}"},
        "time": START,
        "step": f"s{n}",
    }
    return Event(**{**usual, **facts})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A store of twelve events, as a file's content."""
    file = tmp_path_factory.mktemp("sound") / "workbook.db"
    store = Store(file)
    for n in range(1, LAST + 1):
        store.append([event(n)], create=n == 1)
    return file.read_bytes()


@pytest.fixture(scope="module")
def tampered(sound: bytes, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Store]:
    """The store after somebody's SQL, who had the guards out of the way."""
    file = tmp_path_factory.mktemp("tampered") / "workbook.db"

    def tampered(*statements: str) -> Store:
        file.write_bytes(sound)
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            for name in ("update", "delete", "unchained"):
                connection.execute(f"DROP TRIGGER events_refuse_{name}")
            for statement in statements:
                assert connection.execute(statement).rowcount, statement
            connection.commit()
        return Store(file)

    return tampered


def test_a_chain_that_nobody_touched_holds(tampered):
    verification = tampered().verify("acme")
    assert verification.damages == ()
    assert len(verification.heads) == LAST
    assert verification.head == verification.heads[-1]


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM chains",
        f"UPDATE chains SET seq = {LAST - 1}",  # noqa: S608
        "UPDATE chains SET head = 'forged'",
    ],
)
def test_an_end_that_was_changed_or_taken_away_is_found(tampered, change):
    store = tampered(change)
    assert store.verify("acme").damages == (Damage(LAST, DamageKind.END),)


def test_what_is_missing_at_the_end_hides_nothing_before_it(tampered):
    store = tampered(
        f"DELETE FROM events WHERE seq = {LAST}",  # noqa: S608
        f"UPDATE events SET actor = 'x' WHERE seq = {LAST - 2}",  # noqa: S608
    )
    changed, missing = Damage(LAST - 2, DamageKind.CHANGED), Damage(LAST, DamageKind.MISSING)
    assert store.verify("acme").damages == (changed, missing)


def test_an_engagement_of_which_only_the_end_is_left_misses_its_first_event(tampered):
    store = tampered("DELETE FROM events")
    verification = store.verify("acme")
    assert verification.damages == (Damage(1, DamageKind.MISSING),)
    assert (verification.head, verification.place("")) == ("", 0)


def test_an_index_that_lies_is_damage_of_the_file_and_of_no_event(tampered):
    store = tampered(
        "CREATE TABLE other AS SELECT 1 AS id",
        "CREATE INDEX others ON other (id)",
        "CREATE INDEX own ON events (time)",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE "
        "name = 'others') WHERE name = 'own'",
    )
    assert Damage(0, DamageKind.FILE) in store.verify("acme").damages


@given(seq=NUMBERS, column=st.sampled_from(COLUMNS), text=st.text("abc019{}", max_size=8))
def test_every_change_of_a_row_is_found_and_its_event_is_named(tampered, seq, column, text):
    changed = f"UPDATE events SET {column} = '{text}x' WHERE seq = {seq}"  # noqa: S608
    assert tampered(changed).verify("acme").damages[0].seq == seq


@given(seq=NUMBERS)
def test_every_event_that_was_removed_is_missed(tampered, seq):
    store = tampered(f"DELETE FROM events WHERE seq = {seq}")  # noqa: S608
    assert store.verify("acme").damages == (Damage(seq, DamageKind.MISSING),)


@given(seqs=st.lists(NUMBERS, min_size=2, max_size=2, unique=True))
def test_two_events_that_changed_places_are_found_from_the_first_on(tampered, seqs):
    one, other = seqs
    moves = ((one, -1), (other, one), (-1, other))
    store = tampered(*(f"UPDATE events SET seq = {b} WHERE seq = {a}" for a, b in moves))  # noqa: S608
    assert store.verify("acme").damages[0] == Damage(min(seqs), DamageKind.CHANGED)


@given(seq=NUMBERS, change=st.sampled_from(("text = 'x'", "holder = 'x'", "salt = 'x'")))
def test_a_private_text_that_was_changed_is_found(tampered, seq, change):
    store = tampered(f"UPDATE details SET {change} WHERE key LIKE 'e{seq}-1'")  # noqa: S608
    assert store.verify("acme").damages == (Damage(seq, DamageKind.PRIVATE),)


@given(seq=NUMBERS)
def test_a_key_that_was_given_to_somebody_else_is_found(tampered, seq):
    store = tampered(f"UPDATE identities SET name = 'Eve' WHERE name = 'p{seq}'")  # noqa: S608
    assert store.verify("acme").damages == (Damage(seq, DamageKind.PRIVATE),)


@given(seq=NUMBERS)
def test_a_text_that_was_taken_away_without_an_erasure_is_missed(tampered, seq):
    store = tampered(f"DELETE FROM details WHERE key = 'e{seq}-0'")  # noqa: S608
    assert store.verify("acme").damages == (Damage(seq, DamageKind.PRIVATE),)


def test_a_head_that_was_changed_follows_from_nothing_and_nothing_follows_from_it(tampered):
    store = tampered("UPDATE events SET head = 'forged' WHERE seq = 5")
    assert store.verify("acme").damages == tuple(Damage(seq, DamageKind.CHANGED) for seq in (5, 6))


def test_events_cut_off_together_with_the_end_are_found_by_a_head_kept_elsewhere(tampered):
    kept = tampered().verify("acme").head
    before = tampered().verify("acme").heads[-2]
    store = tampered(
        f"DELETE FROM events WHERE seq = {LAST}",  # noqa: S608
        f"UPDATE chains SET seq = {LAST - 1}, head = '{before}'",  # noqa: S608
    )
    verification = store.verify("acme")
    assert verification.damages == ()
    assert verification.place(kept) == 0
    assert verification.place(before) == LAST - 1


def test_the_log_goes_on_after_a_cut_and_the_gap_stays(tampered):
    store = tampered(f"DELETE FROM events WHERE seq = {LAST}")  # noqa: S608
    store.append([event(20)])
    assert store.verify("acme").damages == (Damage(LAST, DamageKind.MISSING),)


@pytest.mark.parametrize("whom", ["p3", "everybody"])
def test_erasing_leaves_the_chain_whole(tampered, whom):
    store = tampered()
    heads = store.verify("acme").heads
    if whom == "everybody":
        store.forget("acme", at=START)
    else:
        store.erase("acme", whom, by="Marie 1", at=START)
    verification = store.verify("acme")
    assert verification.damages == ()
    assert verification.heads[:-1] == heads
    store.append([event(30)])
    assert store.verify("acme").damages == ()


def test_words_that_old_stores_and_programs_hold_stay_as_they_are(tampered):
    """A seal of everything stands in every store of a forgotten engagement, a kind in `--json`."""
    store = tampered()
    store.forget("acme", at=START)
    with closing(sqlite3.connect(store.place)) as connection:
        (last,) = connection.execute("SELECT seals FROM events ORDER BY seq DESC").fetchone()
    assert json.loads(last) == {**json.loads(last), "*": None}
    assert list(map(str, DamageKind)) == ["changed", "missing", "private", "end", "file"]


def test_what_was_erased_cannot_be_put_back_under_its_key(tampered):
    store = tampered()
    store.erase("acme", "p3", by="Marie 1", at=START)
    with closing(sqlite3.connect(store.place)) as connection:
        words = ("acme", "e3-0", "x", "Somebody else", "0" * 32)
        connection.execute("INSERT INTO details VALUES (?, ?, ?, ?, ?)", words)
        connection.commit()
    assert store.verify("acme").damages[0] == Damage(3, DamageKind.PRIVATE)


def test_a_seal_tells_nothing_about_who_was_erased(tampered):
    """The same name has another seal in each event and each store."""
    store = tampered()
    store.append([event(20, value={"name": "Same"}), event(21, value={"name": "Same"})])
    with closing(sqlite3.connect(store.place)) as connection:
        rows = connection.execute("SELECT seals FROM events WHERE id IN ('e20', 'e21')").fetchall()
    first, second = (json.loads(row[0]) for row in rows)
    assert first["e20-0"] != second["e21-0"]


def test_two_people_who_write_in_turn_make_one_chain(
    marie: Session, paul: Session, file: Path
) -> None:
    for n in range(5):
        marie.record(Change(("person", f"m{n}"), {"name": f"M {n}"}))
        paul.record(Change(("person", f"p{n}"), {"name": f"P {n}"}))
    assert Store(file).verify(marie.key).damages == ()


def test_writers_at_the_same_time_make_one_chain(tampered):
    path = Path(tampered().place)

    def write(name: str) -> None:
        store = Store(path)
        for n in range(10):
            store.append([event(100 + n, id=f"{name}{n}")])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, "abcd"))
    verification = Store(path).verify("acme")
    assert verification.damages == ()
    assert len(verification.heads) == LAST + 40


def verify(store: Store, *words: str) -> Result:
    folder = str(Path(store.place).parent)
    return CliRunner().invoke(app, ["history", "acme", "--verify", *words, "--workspace", folder])


def test_the_command_names_what_is_damaged_and_fails(tampered):
    held = verify(tampered())
    assert (held.exit_code, "12 events" in held.output) == (0, True)
    broken = verify(tampered("UPDATE events SET value = '1' WHERE seq = 7"))
    assert (broken.exit_code, "event 7 was changed" in broken.output) == (1, True)
    assert json.loads(verify(tampered(), "--json").output)["ok"] is True


def test_the_command_looks_for_a_head_kept_elsewhere(tampered):
    head = tampered().verify("acme").heads[4]
    assert verify(tampered(), "--head", head[:16]).exit_code == 0
    lost = verify(tampered(), "--head", "0" * 16)
    assert (lost.exit_code, "cut off or rewritten" in lost.output) == (1, True)


def test_the_command_knows_no_other_engagement(tampered):
    folder = str(Path(tampered().place).parent)
    words = ["history", "acne", "--verify", "--workspace", folder]
    refused = CliRunner().invoke(app, words)
    assert (refused.exit_code, "did you mean “acme”" in refused.output) == (2, True)


@pytest.mark.slow
def test_whatever_bit_flips_in_the_file_no_reader_is_told_anything_else_unseen(sound, tmp_path):
    """An index may lie where the chain does not: the database's own check sees that."""
    file = tmp_path / "workbook.db"
    file.write_bytes(sound)
    before = Store(file).events("acme")
    chance, unseen, seen = random.Random(7), [], 0  # noqa: S311 - the same places each time
    for _ in range(120):
        place = chance.randrange(len(sound))
        flipped = bytearray(sound)
        flipped[place] ^= 1 << chance.randrange(8)
        file.write_bytes(flipped)
        try:
            damaged = bool(Store(file).verify("acme").damages)
            same = Store(file).events("acme") == before
        except WorkbookError:
            damaged, same = True, False
        unseen += [] if same or damaged else [place]
        seen += damaged
    assert unseen == []
    assert seen > 10
