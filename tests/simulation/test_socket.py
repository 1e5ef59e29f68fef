"""The page's own script, in Node with a socket of the test: what it says again, and when."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from workbook import widgets

STATIC = Path(widgets.__file__).parent / "static"
NODE = Path(sys.executable).with_name("node")
STAGE = """
const sent = [];
let line;
globalThis.window = { location: { href: "" } };
globalThis.sessionStorage = { getItem: () => null };
globalThis.WebSocket = class {
  constructor() { line = this; }
  send(text) { sent.push(JSON.parse(text).once); }
};
globalThis.setTimeout = (open) => { globalThis.reopen = open; };
const signal = (value) => ({ get: () => value, set: (next) => { value = next; } });
const view = (state) => ({ version: 0, saved: { state } });
const hear = (message) => line.onmessage({ data: JSON.stringify(message) });
const whole = (state) => hear({ kind: "whole", view: view(state) });
const answer = (kind = "still") => hear({ kind });
const comes_back = (state) => {
  line.onclose({ code: 1006 });
  reopen();
  line.onopen();
  whole(state);
};
"""
SCRIPT = (STATIC / "socket.js").read_text("utf-8")


def played(act: str) -> list[str]:
    """What the page sends, in order, by its tokens."""
    begin = 'const heard = [];\nconst model = socketModel(view("nothing"), "ws://room");\n'
    follow = (
        'model.on("msg:custom", (message) => heard.push(message.repeated?.once ?? message.kind));\n'
    )
    end = "process.stdout.write(JSON.stringify({ sent, heard }));\n"
    program = f"{STAGE}{SCRIPT}\n{begin}{follow}line.onopen();\n{act}\n{end}"
    ran = subprocess.run([NODE, "-e", program], check=True, capture_output=True, text=True)
    return json.loads(ran.stdout)


pytestmark = pytest.mark.slow


def test_what_a_host_could_not_save_is_said_again_to_the_next_one():
    seen = played(
        'model.send({ once: "a" }); model.send({ once: "b" }); whole("away"); answer(); answer();'
        'comes_back("saved"); answer(); answer();'
    )
    assert seen["sent"] == ["a", "b", "a", "b"]
    assert seen["heard"] == ["still", "still", "a", "b"]


def test_what_is_saved_is_not_said_again():
    assert played('model.send({ once: "a" }); whole("saved"); answer(); comes_back("saved");')[
        "sent"
    ] == ["a"]


def test_what_was_refused_is_not_said_again():
    act = 'model.send({ once: "a" }); whole("away"); answer("failed"); comes_back("saved");'
    assert played(act)["sent"] == ["a"]


def test_what_comes_back_twice_before_an_answer_stays_in_order():
    seen = played(
        'model.send({ once: "a" }); whole("away"); answer(); model.send({ once: "b" });'
        'comes_back("away"); comes_back("saved"); answer(); answer();'
    )
    assert seen["sent"] == ["a", "b", "a", "b", "a", "b"]
    assert seen["heard"] == ["still", "a", "still"]
