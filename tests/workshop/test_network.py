"""The host in a network of two machines: who reaches it, and a network that goes and comes."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.workshop import network
from tests.workshop.running import ROOT, prepared
from workbook.workshop import Pass, Passes
from workbook.workspace import Workspace

pytestmark = pytest.mark.slow
APART = ["unshare", "-rn"]
ALLOWED = subprocess.run([*APART, "ip", "link"], check=False, capture_output=True).returncode == 0
"""Whether this machine lets a test make networks; macOS and some containers do not."""


@pytest.mark.parametrize("apart", [APART] if ALLOWED else [])
def test_another_machine_answers_over_tls_and_again_after_the_network_was_away(
    tmp_path: Path, apart: list[str]
):
    session = prepared(tmp_path, 1)
    until = (dt.datetime.now().astimezone() + dt.timedelta(days=1)).date()
    passes = Passes.of(Workspace.at(tmp_path).store)
    link = f"/in/{passes.write(Pass('lorient', 'asked-0', until))}"
    command = [*apart, sys.executable, "-m", "tests.workshop.network", str(tmp_path), link]
    ended = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    seen = json.loads(ended.stdout)
    port = seen["port"]
    assert seen["alone"] == [f"127.0.0.1:{port}"], "without --lan nobody else is listened to"
    both = sorted([f"127.0.0.1:{port}", f"{network.HOST}:{port}"])
    assert seen["room"] == both, "with it, on one address more and no other"
    assert seen["board"] == [f"127.0.0.1:{port}", 200], "the board needs no network"
    assert seen["origin"] == f"https://{network.HOST}:{port}"
    assert (seen["before"], seen["during"], seen["after"], seen["ended"]) == (
        "patch",
        None,
        "patch",
        0,
    )
    session.refresh()
    notes = [event.value[0]["note"] for event in session.history() if event.actor == "asked-0"]
    assert notes == ["first", "second"]
