"""Six hundred payloads in every field and output, for `make harden`."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence

from playwright.sync_api import Browser, sync_playwright

from tests.browser.window import chromium
from tests.conftest import browser_program
from tests.harden import WORKERS, Outcome
from tests.injection import browsing
from tests.injection.hostile import hostile, outputs
from tests.injection.payloads import WANTED, Payload, payloads

AT_ONCE = 10


def attempt(worker: int, seconds: float) -> Outcome:
    """Ten payloads after ten, until the time is over or all are done."""
    os.environ["WORKBOOK_AS_OF"] = "2026-11-23"
    outcome, until = Outcome(), time.monotonic() + seconds
    with sync_playwright() as player:
        browser = chromium(player, browser_program("chromium"))
        for part in range(worker, WANTED // AT_ONCE, WORKERS):
            if time.monotonic() > until:
                break
            told = list(found_of(payloads()[part :: WANTED // AT_ONCE], browser, outcome))
            outcome.failures += [f"payloads {part}: {what}"[:300] for what in told]
            outcome.tried["tried"] += AT_ONCE
        browser.close()
    return outcome


def found_of(chosen: Sequence[Payload], browser: Browser, outcome: Outcome) -> Iterator[str]:
    """What payloads do in every output, and in a browser, under a page’s policy and without."""
    for name, make, look in outputs(hostile(chosen)):
        for what in looked_at(make, look, outcome):
            yield f"{name}: {what}"
    for page in browsing.served(chosen):
        for name, text, policy in (page, browsing.without_policy(page)):
            outcome.tried["pages"] += 1
            for what in browsing.found(browser, text, policy):
                yield f"{name} in a browser: {what}"


def looked_at(make, look, outcome: Outcome) -> list[str]:
    """What is found in one output; a payload that stops it is found, too."""
    outcome.tried["outputs"] += 1
    try:
        return look(make())
    except Exception as error:  # noqa: BLE001 - it is told
        return [f"{type(error).__name__}: {error}"]
