"""A store as rows and rows as a store again: all of it, and no better than it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.test_chain import event
from workbook.errors import BadInput
from workbook.store import Store, copying
from workbook.store.chain import Verification
from workbook.store.copying import StoredRow


@pytest.fixture
def source(tmp_path: Path) -> Store:
    """A store of two engagements, in both of which several people have said something."""
    store = Store(tmp_path / "source.db")
    for engagement in ("acme", "worked"):
        said = [event(n, engagement=engagement, id=f"{engagement}-{n}") for n in range(1, 6)]
        store.append(said, create=True)
    store.set("secret", "keep")
    return store


@pytest.fixture
def other(tmp_path: Path) -> Store:
    return Store(tmp_path / "other.db")


def copied(store: Store) -> tuple[list[StoredRow], dict[str, Verification]]:
    with store.copied() as (rows, chains):
        return list(rows), chains


def refill(store: Store, rows: list[StoredRow], chains: dict[str, Verification], **how: bool):
    with store.refilled(rows, chains, force=how.get("force", False)):
        pass


@pytest.mark.parametrize("portion", [1, 2, 3, 500])
def test_every_row_comes_back_however_many_are_written_at_once(
    source: Store, other: Store, portion: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(copying, "_AT_ONCE", portion)
    rows, chains = copied(source)
    assert {name for name, _ in rows} == {"events", "identities", "details", "settings", "chains"}
    refill(other, rows, chains)
    assert copied(other) == (rows, chains)
    for engagement in ("acme", "worked"):
        assert other.events(engagement) == source.events(engagement)
        assert other.verify(engagement).damages == ()
    assert other.setting("secret") == "keep"


def test_the_chain_of_every_engagement_is_told_with_a_copy(source: Store):
    _, chains = copied(source)
    assert sorted(chains) == ["acme", "worked"]
    assert {len(chain.heads) for chain in chains.values()} == {5}


def test_what_was_missing_is_missing_from_a_copy(source: Store, other: Store, tmp_path: Path):
    """Where the last event was taken away, the noted end of the chain still says so."""
    with closing(sqlite3.connect(tmp_path / "source.db")) as connection:
        connection.execute("DROP TRIGGER events_refuse_delete")
        connection.execute("DELETE FROM events WHERE engagement = 'acme' AND seq = 5")
        connection.commit()
    rows, chains = copied(source)
    damages = source.verify("acme").damages
    assert damages
    refill(other, rows, chains)
    assert other.verify("acme").damages == damages
    assert other.verify("worked").damages == ()


def test_a_store_that_holds_engagements_is_replaced_only_if_that_is_said(
    source: Store, other: Store
):
    other.append([event(1, engagement="mine")], create=True)
    rows, chains = copied(source)
    with pytest.raises(BadInput) as refused:
        refill(other, rows, chains)
    assert refused.value.problems[0].message == "there are engagements in this workspace already"
    assert len(other.events("mine")) == 1
    refill(other, rows, chains, force=True)
    assert other.events("mine") == ()
    assert copied(other) == (rows, chains)


def test_rows_that_do_not_give_the_chains_of_the_copy_change_nothing(source: Store, other: Store):
    rows, chains = copied(source)
    with pytest.raises(BadInput, match="chains"):
        refill(other, rows, chains | {"acme": chains["worked"]})
    assert not other.engagements()
