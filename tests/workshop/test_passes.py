"""A pass: what is written is read, and nothing that anybody altered or made elsewhere is."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
from pathlib import Path

import pytest

from workbook.store import Store
from workbook.workshop.passes import Pass, Passes, UnreadablePass

SECRET = bytes(range(32))
PASSES = Passes(SECRET)
DAY = dt.date(2026, 12, 4)
ANA = Pass("acme", "ana", DAY, serial=3)
QUESTIONNAIRE = Pass("acme", "ana", DAY, serial=3, round="2")


def signed(body: object) -> str:
    """A text that our own secret signs, whatever stands in it."""
    plain = body if isinstance(body, bytes) else json.dumps(body, separators=(",", ":")).encode()
    signature = hmac.digest(SECRET, b"pass\0" + plain, hashlib.sha256)[:16]
    return ".".join(
        base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in (plain, signature)
    )


def test_a_link_that_was_sent_opens_for_ever_on():
    """Its form stands in letters that are out: no release may make another one of it."""
    assert PASSES.write(ANA) == signed(["acme", "ana", "2026-12-04", 3])
    assert PASSES.write(Pass("acme", "ana", DAY)) == signed(["acme", "ana", "2026-12-04", 1])


@pytest.mark.parametrize("held", [ANA, QUESTIONNAIRE, Pass("é", "", DAY)])
def test_what_is_written_is_read_where_it_belongs_and_nowhere_else(held):
    asks = bool(held.round)
    assert PASSES.read(PASSES.write(held), questionnaire=asks) == held
    with pytest.raises(UnreadablePass):
        PASSES.read(PASSES.write(held), questionnaire=not asks)
    with pytest.raises(UnreadablePass):
        Passes(SECRET[::-1]).read(PASSES.write(held), questionnaire=asks)


def test_no_other_spelling_of_a_pass_is_one():
    text = PASSES.write(ANA)
    body, _, signature = text.partition(".")
    spellings = {text[:n] + sign + text[n + 1 :] for n in range(len(text)) for sign in "A_.é="}
    spellings |= {text + "=", text + "\n", f"{body}=.{signature}", f"{body}.", body, "", "."}
    for spelling in spellings - {text}:
        with pytest.raises(UnreadablePass):
            PASSES.read(spelling)


@pytest.mark.parametrize(
    "body",
    [
        b"no json",
        1,
        [],
        ["acme", "ana", "2026-12-04"],
        ["acme", "ana", "soon", 1],
        ["a", "b", 1, 1],
    ],
)
def test_what_is_signed_and_still_no_pass_is_refused(body):
    with pytest.raises(UnreadablePass):
        PASSES.read(signed(body))


def test_a_pass_is_short_or_none():
    """No page has to sign a megabyte that somebody sends."""
    most = Pass("acme", "a" * 330, DAY)
    assert PASSES.read(PASSES.write(most)) == most
    with pytest.raises(UnreadablePass):
        PASSES.read(PASSES.write(Pass("acme", "a" * 360, DAY)))


def test_a_workspace_keeps_its_secret_so_that_links_outlive_the_host(tmp_path: Path):
    store = Store(tmp_path / "workbook.db")
    store.set("language", "en")
    first = Passes.of(store).write(ANA)
    assert Passes.of(store).read(first) == ANA
    assert len(bytes.fromhex(store.setting("workshop-secret") or "")) == 32


def test_a_tag_tells_addresses_apart_and_nothing_else():
    tags = {PASSES.tag(*parts) for parts in (("answer", "ana"), ("answer", "bo"), ("answerana",))}
    assert len(tags) == 3
    assert {len(tag) for tag in tags} == {16}
    assert PASSES.tag("answer", "ana") in tags
    assert Passes(SECRET[::-1]).tag("answer", "ana") not in tags
