"""What a browser does with a page full of payloads: what runs, is asked for, or becomes an element.

A page is opened as it is served, and once more without its policy, which is the last wall: nothing
may run there either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.injection.detect import MARKER
from tests.injection.hostile import TODAY, hostile, screens
from tests.injection.payloads import Payload
from workbook import report
from workbook.scoring import evaluate
from workbook.workspace import Workspace

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

HOST = "http://127.0.0.1:9"
META = re.compile(r"<meta http-equiv=\"?Content-Security-Policy[^>]*>", re.IGNORECASE)
LISTEN = "window.ran = []; window.alert = (said) => window.ran.push(`ran: ${said}`)"
ELEMENTS = """() => [...document.querySelectorAll('*')].flatMap((element) =>
  [...element.attributes].filter(({name, value}) => /zq[0-9]{3}q/.test(name) ||
    (/zq[0-9]{3}q/.test(value) && (name.startsWith('on') || /^\\s*javascript:/i.test(value))))
  .map(({name, value}) => `<${element.localName} ${name}=${value.slice(0, 60)}>`))"""
Served = tuple[str, str, str]
"""What a page is called, its text, and the policy that it is served with."""


def served(payloads: Sequence[Payload]) -> Iterator[Served]:
    """The report and every screen of an engagement in which these stand everywhere."""
    made = hostile(payloads)
    evaluation = evaluate(made.rules, made.engagement, TODAY)
    whole = report.build(made.rules, made.engagement, evaluation, "fr")
    yield "report", report.page(whole), ""
    with TemporaryDirectory() as folder:
        workspace = Workspace.at(folder)
        for name, make in screens(workspace, workspace.new(made.engagement)):
            yield name, *make()


def without_policy(page: Served) -> Served:
    """The same page where nothing but its escaping protects whoever opens it."""
    name, text, _ = page
    return f"{name} without policy", META.sub("", text), ""


def found(browser: Browser, text: str, policy: str = "") -> list[str]:
    """What a browser runs, asks for, follows or makes an element of."""
    context = browser.new_context()
    try:
        return list(_looked_at(context.new_page(), text, policy))
    finally:
        context.close()


def _looked_at(page: Page, text: str, policy: str) -> Iterator[str]:
    seen: list[str] = []

    def asks(request: Request) -> None:
        if request.url != f"{HOST}/" and MARKER.search(request.url):
            seen.append(f"asks for {request.url}")

    page.on("request", asks)
    page.on("pageerror", lambda error: seen.extend(_told(f"ran: {error.message}")))
    page.add_init_script(LISTEN)
    headers = {"Content-Type": "text/html; charset=utf-8"}
    if policy:
        headers["Content-Security-Policy"] = policy
    page.route("**/*", lambda route: route.abort())
    page.route(f"{HOST}/", lambda route: route.fulfill(body=text, headers=headers))
    page.goto(f"{HOST}/")
    page.evaluate("() => new Promise((done) => setTimeout(done, 30))")
    if page.url.partition("?")[0] == f"{HOST}/":
        yield from page.evaluate("window.ran || []")
        yield from page.evaluate(ELEMENTS)
    else:
        yield f"goes to {page.url}"
    yield from seen


def _told(message: str) -> list[str]:
    return [message] if MARKER.search(message) else []
