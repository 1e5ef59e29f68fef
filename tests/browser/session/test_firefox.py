"""The whole journey in Firefox, over WebDriver BiDi: from the five questions to the sign-off."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import time
from contextlib import ExitStack

import pytest
import websocket

from tests.browser.session.conftest import leaves
from workbook.serve import free_port
from workbook.workspace import Workspace

PATIENCE = 60
ENTER, TAB = "\ue007", "\ue004"
PEOPLE = (
    "Amelia Frost\tVP of Ecommerce",
    "Bruno Keller\tCTO",
    "Chloe Nash\tCustomer Service Manager",
)
PARTIES = ("amelia-frost", "bruno-keller", "chloe-nash")
DECIDED = (("promotions", "am", "br"), ("customer_complaints", "ch", "am"))
SELECTED = "css => document.querySelector(css)"
NAMED = """name => {
  const text = (node) => node.textContent.trim().replace(/\\s+/g, " ");
  const names = (node) => [
    node.getAttribute("aria-label"), text(node), ...[...(node.labels ?? [])].map(text),
  ];
  return [...document.querySelectorAll("button, input, textarea")]
    .find((node) => names(node).includes(name));
}"""
IN_REACH = """async node => {
  const frame = () => new Promise(requestAnimationFrame);
  const place = () => node.getBoundingClientRect();
  node.scrollIntoView({ block: "center", behavior: "instant" });
  await frame();
  const before = place();
  await frame();
  const { left, top, width, height } = place();
  const found = document.elementFromPoint(left + width / 2, top + height / 2);
  const still = left === before.left && top === before.top;
  return still && width > 0 && !node.disabled
    && (node.contains(found) || Boolean(found?.contains(node)));
}"""


class Firefox:
    """One page of Firefox. It waits for what it presses or reads, as a person does."""

    def __init__(self, socket):
        self._socket, self._numbers = socket, itertools.count(1)
        self.requests, self.errors = [], []
        self.do("session.new", capabilities={})
        self._page = self.do("browsingContext.getTree")["contexts"][0]["context"]
        self.do("session.subscribe", events=["network.beforeRequestSent", "log.entryAdded"])

    def do(self, method, **params):
        """Send a command; events that come before its answer are kept."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("id") == number:
                assert message["type"] == "success", message
                return message["result"]
            match message.get("method"), message.get("params"):
                case "network.beforeRequestSent", params:
                    self.requests.append(params["request"]["url"])
                case "log.entryAdded", {"type": "javascript", "level": "error", "text": text}:
                    self.errors.append(text)

    def open(self, url):
        self.do("browsingContext.navigate", context=self._page, url=url, wait="interactive")

    def call(self, function, *arguments):
        """What a JavaScript function returns, as the protocol writes it."""
        answer = self.do(
            "script.callFunction",
            functionDeclaration=function,
            arguments=arguments,
            target={"context": self._page},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer
        return answer["result"]

    def find(self, css="", name=""):
        """The first node with this CSS or name, once it is still and in reach."""
        text = {"type": "string", "value": name or css}
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            node = self.call(NAMED if name else SELECTED, text)
            if node["type"] == "node" and self.call(IN_REACH, node)["value"]:
                return node["sharedId"]
            time.sleep(0.1)
        shown = self.call("() => document.body.innerText")["value"]
        pytest.fail(f"Firefox shows no “{name or css}” to press, but {shown[:2000]} {self.errors}")

    def press(self, css="", name=""):
        """Press with the mouse."""
        origin = {"type": "element", "element": {"sharedId": self.find(css, name)}}
        button = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        self._act("pointer", {"type": "pointerMove", "x": 0, "y": 0, "origin": origin}, *button)

    def type(self, text):
        """Type into whatever has the focus."""
        kinds = ("keyDown", "keyUp")
        self._act("key", *({"type": kind, "value": sign} for sign in text for kind in kinds))

    def paste(self, text):
        """Put a text in as a paste does: at once, with one event."""
        insert = "text => document.execCommand('insertText', false, text)"
        self.call(insert, {"type": "string", "value": text})

    def _act(self, device, *actions):
        source = {"type": device, "id": device, "actions": actions}
        self.do("input.performActions", context=self._page, actions=[source])

    def see(self, text, css="body"):
        """Wait until what CSS selects shows a text."""
        deadline = time.monotonic() + PATIENCE
        shown = ""
        while time.monotonic() < deadline:
            shown = self.call(f"() => document.querySelector({css!r})?.innerText ?? ''")["value"]
            if re.search(text, shown):
                return
            time.sleep(0.1)
        pytest.fail(f"Firefox does not show “{text}” in {css}: {shown[:2000]}")


@pytest.fixture
def firefox(tmp_path, firefox_path):
    port = free_port()
    command = [firefox_path, "--headless", f"--remote-debugging-port={port}"]
    with ExitStack() as stack:
        process = subprocess.Popen(
            [*command, "--profile", str(tmp_path), "--no-remote", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        stack.callback(process.wait, 20)
        stack.callback(process.terminate)
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                socket = websocket.create_connection(
                    f"ws://127.0.0.1:{port}/session", timeout=PATIENCE, suppress_origin=True
                )
                break
            except OSError:
                assert time.monotonic() < deadline, "Firefox does not answer"
                time.sleep(0.2)
        stack.callback(socket.close)
        yield Firefox(socket)


def begin(firefox):
    """The five questions, as somebody clicks and types, and a pasted list of people."""
    firefox.press(name="Organisation")
    firefox.type("Harrow")
    firefox.press(css=".options-large label:nth-of-type(2)")
    firefox.press(name="B2C (consumers)")
    firefox.press(name="Go-live")
    firefox.type("30.9.27" + TAB)
    firefox.press(name="Begin")
    firefox.see("Harrow", ".who")
    firefox.press(name="Import a list…")
    firefox.press(name="Or paste it here")
    firefox.paste("\n".join(PEOPLE))
    firefox.press(name=f"Take over {len(PEOPLE)} people")
    firefox.see("Chloe Nash", "table.people")


def decide(firefox, key, owner, deputy):
    """The first letters of two names, Tab and Enter."""
    firefox.press(css=f"[data-key={key}] [data-marker=owner] input")
    firefox.type(owner + TAB + deputy + ENTER)
    firefox.see("decided", f"[data-key={key}] header")


def test_firefox_goes_from_the_first_question_to_the_sign_off(firefox, voila):
    firefox.open(voila.url(lang="en", actor="Marie"))
    begin(firefox)
    firefox.press(css=".steps li:nth-child(2) button")
    firefox.see("Who owns the experience", "h1")
    for key, owner, deputy in DECIDED:
        firefox.press(css=f"[data-key={key}]:not(.now) .card-toggle, .now[data-key={key}] header")
        decide(firefox, key, owner, deputy)
    firefox.press(css=".question .seg label")
    firefox.see("Saved", "[data-saved]")
    firefox.press(css=".steps li:nth-child(5) button")
    firefox.press(css="tr[data-row=order_updates] td[data-party=chloe-nash]")
    firefox.see("A", "tr[data-row=order_updates] td[data-party=chloe-nash]")
    firefox.press(name="What if?")
    firefox.see("Nothing is recorded", ".trial")
    firefox.press(css=".trial .btn:not(.primary)")
    firefox.see("^$", ".trial")  # Without the banner everything below it moves up.
    firefox.press(css="[data-tab=signoff]")
    firefox.press(css=".owner .btn.primary")
    firefox.see("Accepted", ".owner")
    firefox.press(name="Sign off")
    firefox.see("Signed off", ".closing")
    session = Workspace.at(voila.home).open("harrow")
    owners = {key: made.owner for key, made in session.engagement.standing_decisions().items()}
    assert owners == {"order_updates": "chloe-nash"} | {
        key: next(p for p in PARTIES if p.startswith(owner)) for key, owner, _ in DECIDED
    }
    assert len(session.baselines) == 1
    assert firefox.requests
    assert not list(filter(leaves, firefox.requests))
    assert not firefox.errors
