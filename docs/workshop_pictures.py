"""The pictures of a workshop: the board, the stage, and a respondent's phone.

An example company answers a first round as its people said; then the room talks about it.
"""  # noqa: INP001 - a program of the documentation, not a package

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

from workbook.content import load_engagement
from workbook.store import Change
from workbook.workshop import Pass, Passes, close_round, open_round
from workbook.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

EXAMPLE, KEY, RESPONDENT = "maison-lorient", "lorient", "claire-aubry"
SETTLES = 700
"""Milliseconds until a page stands still."""
TALK = "text=/Talk about it|En parler/"
ROOM, PHONE = (1440, 900), (390, 844)
WORKBOOK = str(Path(sys.executable).with_name("workbook"))


class Picture(NamedTuple):
    """Who looks at what: a respondent, or the facilitator where there is none.

    `press` is clicked one after the other; `open` says whether the round is.
    """

    name: str
    respondent: str
    size: tuple[int, int]
    theme: str
    press: tuple[str, ...] = ()
    open: bool = True


PICTURES = (
    Picture("link", RESPONDENT, PHONE, "light"),
    Picture("phone", RESPONDENT, PHONE, "light", ("main .btn.primary",)),
    Picture("phone-dark", RESPONDENT, PHONE, "dark", ("main .btn.primary",)),
    Picture("board", "", ROOM, "light"),
    Picture("door", "", ROOM, "light", (".workshop .door .btn",)),
    Picture("outcomes", "", ROOM, "light", open=False),
    Picture("stage", "", ROOM, "light", (TALK,), open=False),
    Picture("stage-dark", "", ROOM, "dark", (TALK,), open=False),
)


def take_workshop(browser: Browser, pictures: Path, folder: Path) -> None:
    """Make the pictures in both languages, below `pictures`."""
    pictures.mkdir(parents=True, exist_ok=True)
    for lang in ("en", "fr"):
        for is_open in (True, False):
            home = folder / f"workshop-{lang}-{is_open}"
            workspace = _answered(home, lang, is_open=is_open)
            with _hosted(home) as board:
                for picture in (one for one in PICTURES if one.open == is_open):
                    address = _link(workspace, board, picture.respondent)
                    _take(browser, picture, address, pictures / f"{picture.name}-{lang}.png")


def _answered(home: Path, lang: str, *, is_open: bool) -> Workspace:
    """The example in a workspace of its own, whose people have answered one round."""
    workspace = Workspace.at(home)
    example = load_engagement(workspace.examples()[EXAMPLE]).engagement
    blank = {"nominations": (), "decisions": (), "answers": (), "key": KEY, "language": lang}
    session = workspace.new(example.model_copy(update=blank))
    session.record(open_round(session.rules, session.engagement, (), workspace.now()))
    words: dict[tuple[str, str], list[dict[str, object]]] = defaultdict(list)
    for nomination in example.nominations:
        if nomination.respondent != RESPONDENT:
            facts = nomination.model_dump(mode="json", exclude_defaults=True)
            place = facts.pop("respondent"), facts.pop("focal_point")
            words[place].append(facts)
    for (respondent, focal_point), said in words.items():
        session.record(Change(("nomination", respondent, focal_point), said), actor=respondent)
    if not is_open:
        spoke = len({respondent for respondent, _ in words})
        session.record(close_round(session.engagement, workspace.now(), spoke=spoke))
    session.flush()
    return workspace


@contextmanager
def _hosted(home: Path) -> Iterator[str]:
    """The board's address; the host is stopped afterwards."""
    command = [WORKBOOK, "workshop", KEY, "--no-browser", "--workspace", str(home)]
    host = subprocess.Popen(  # noqa: S603 - our own program
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1
    )
    try:
        assert host.stdout is not None  # noqa: S101 - a pipe was asked for
        address = host.stdout.readline().split()[-1]
        wait_for(address)
        yield address
    finally:
        host.send_signal(signal.SIGINT)
        host.wait(timeout=30)


def _link(workspace: Workspace, board: str, respondent: str) -> str:
    if not respondent:
        return board
    until = dt.datetime.now().astimezone().date() + dt.timedelta(days=1)
    held = Passes.of(workspace.store).write(Pass(KEY, respondent, until))
    return f"{board.partition('/in/')[0]}/in/{held}"


def _take(browser: Browser, picture: Picture, address: str, file: Path) -> None:
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if picture.size == PHONE else 1,
        color_scheme="dark" if picture.theme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    _enter(page, address, only_link=picture.name == "link")
    for selector in picture.press:
        page.locator(selector).first.click()
        page.wait_for_timeout(SETTLES)
    page.screenshot(path=file)
    context.close()


def _enter(page: Page, address: str, *, only_link: bool) -> None:
    """Open a link, and press its button unless the link is what is shown."""
    page.goto(address, wait_until="domcontentloaded")
    if not only_link:
        page.get_by_role("button").first.click()
        page.locator("h1, h2").first.wait_for()
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(SETTLES)


def wait_for(address: str) -> None:
    """Until the server answers."""
    for _ in range(120):
        try:
            urlopen(address, timeout=30).close()  # noqa: S310 - our own server on loopback
        except URLError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError(f"no answer from {address}")
