"""Makes the pictures of the documentation again: `make screenshots`.

A session, a workshop and a report of an example, in Chromium, as of a fixed day. A new picture is
a line in SESSION or REPORT. `python -m docs.screenshots workshop` makes those of a workshop alone.
"""  # noqa: INP001 - a program of the documentation, not a package

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from playwright.sync_api import sync_playwright

from docs.workshop_pictures import take_workshop, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
EXAMPLE = "fernhill-supply"
AS_OF = "2026-11-23"
LIVE = ".owb-session:not(.static)"
SETTLES = 400
"""Milliseconds until a screen stands still."""
WORKBOOK = str(Path(sys.executable).with_name("workbook"))


class Shot(NamedTuple):
    """One picture: its name, where to look, how large (CSS pixels), in which theme.

    `press`: what is clicked before (a CSS selector); `typed`: what is typed after that;
    `file`: what is chosen in the sheet that the click opens;
    `scale`: "projector" for the large type; `numbered`: what bears the numbers 1, 2, … (selectors).
    """

    name: str
    place: str
    size: tuple[int, int]
    theme: str = "light"
    press: str = ""
    typed: str = ""
    file: str = ""
    scale: str = "desk"
    numbered: tuple[str, ...] = ()


SCREENS = {
    "welcome": "engagement=&step=start",
    "start": "step=start",
    "import": "step=start",
    "experience": "step=experience",
    "card": "step=experience",
    "picker": "step=experience",
    "why": "step=executive_sponsor",
    "trial": "step=technology",
    "technology": "step=technology",
    "sponsor": "step=executive_sponsor",
    "map": "step=review&tab=map",
    "findings": "step=review&tab=findings",
    "actions": "step=review&tab=actions",
    "plan": "step=review&tab=actions",
    "agenda": "step=review&tab=agenda",
    "leaving": "step=review&tab=leaving",
    "workshop": "step=review&tab=workshop",
    "full": "step=review&tab=map",
    "reveal": "step=review&tab=map",
    "focus": "step=experience",
    "signoff": "step=review&tab=signoff",
}
PRESSED = {
    "import": ".leaf-start section:nth-of-type(3) > .row .btn",
    "card": "[data-key=promotions] .card-toggle",
    "picker": "[data-key=promotions] .card-toggle",
    "why": ".big-score",
    "trial": ".nav-foot .btn",
    "plan": ".planner .primary",
    "leaving": ".leaving .tile",
    "full": ".map-top .row .btn:nth-child(2)",
    "reveal": ".map-top .row .btn:first-child",
    "focus": ".switches .btn:last-child",
}
SHOWN = {".planner .primary": ".plan-lead"}
"""What there is to wait for after a click."""
TYPED = {"picker": "ow"}
FILES = {"import": "tests/exchange/brightmoor/raci.csv"}
LOOKS = (
    ("en", "light", (1280, 800)),
    ("en", "dark", (1920, 1080)),
    ("fr", "light", (1920, 1080)),
    ("fr", "dark", (1280, 800)),
)

SESSION = (
    Shot("session", "step=technology&lang=en", (1440, 900)),
    Shot("session-dark", "step=technology&lang=en", (1440, 900), "dark"),
    *(
        Shot(
            f"session/{name}-{lang}-{theme}",
            f"{place}&lang={lang}",
            size,
            theme,
            PRESSED.get(name, ""),
            TYPED.get(name, ""),
            FILES.get(name, ""),
        )
        for name, place in SCREENS.items()
        for lang, theme, size in LOOKS
    ),
    Shot("session/projector", "step=technology&lang=en", (1920, 1080), scale="projector"),
)
START = "button[data-commandlinker-command]"
LAB = tuple(
    Shot(
        f"session/lab-{name}-{lang}-{theme}", f"/doc/tree/notebooks/{notebook}", size, theme, press
    )
    for name, notebook, press in (
        ("start", "00_start.ipynb", ""),
        ("experience", "01_experience.ipynb", START),
    )
    for lang, theme, size in (LOOKS[0], LOOKS[3])
)
REPORT = (
    Shot("report", "", (1120, 1010)),
    Shot("report-dark", "", (1120, 1010), "dark"),
)
FIRST_PAGE = (".verdict h1", ".score", ".verdict .chip", ".areas thead", "#gates h2", "#actions h2")
"""What the sponsor's page tells about, in its order."""
BADGE = """(selector, number) => {
  const box = document.querySelector(selector).getBoundingClientRect();
  const badge = document.createElement("b");
  badge.textContent = number;
  badge.style = `position: absolute; left: ${box.left - 40}px; top: ${box.top + 2}px; width: 28px;
    height: 28px; border-radius: 14px; background: #a3301c; color: #fff; text-align: center;
    font: 700 15px/28px Inter, sans-serif`;
  document.body.append(badge);
}"""


def main() -> None:
    """Make every picture, or those of a workshop."""
    (PICTURES / "session").mkdir(parents=True, exist_ok=True)
    path = subprocess.run(  # noqa: S603 - our own script
        [ROOT / ".ci" / "browser", "find"], check=True, capture_output=True, text=True
    ).stdout.strip()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=["--no-sandbox"])
        take_workshop(browser, PICTURES / "workshop", Path(folder))
        if sys.argv[1:] == ["workshop"]:
            return
        pages = {lang: _report(Path(folder), lang).as_uri() for lang in ("en", "fr")}
        for shot in REPORT:
            _take(browser, shot, pages["en"], ready=".owb h1")
        for lang, page in pages.items():
            shot = Shot(f"first-page-{lang}", "", (1120, 1400), numbered=FIRST_PAGE)
            _take(browser, shot, page, ready=".owb h1")
        with _served("session", "en", Path(folder)) as address:
            for shot in SESSION:
                _take(browser, shot, _at(address, shot.place), ready=".owb h2")
        for lang in ("en", "fr"):
            with _served("lab", lang, Path(folder)) as address:
                for shot in (one for one in LAB if f"-{lang}-" in one.name):
                    _take(browser, shot, _at(address, shot.place), ready=START)
        browser.close()


def _take(browser: Browser, shot: Shot, address: str, *, ready: str) -> None:
    width, height = shot.size
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if shot.theme == "dark" else "light",
        locale="en-GB",
        reduced_motion="reduce",
    )
    page.add_init_script(f"localStorage.setItem('workbook-size', '{shot.scale}')")
    page.goto(address)
    if ready == START:
        page.get_by_text(re.compile(r"\| (Idle|Inactif)")).first.wait_for(timeout=60_000)
    page.locator(ready).first.wait_for(timeout=60_000)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(SETTLES)
    if shot.press:
        page.locator(shot.press).first.click()
        page.locator(SHOWN.get(shot.press, f"{LIVE} h2")).first.wait_for(timeout=60_000)
        page.wait_for_timeout(SETTLES)
    if shot.typed:
        page.keyboard.type(shot.typed)
        page.wait_for_timeout(SETTLES)
    if shot.file:
        page.set_input_files(".sheet input[type=file]", ROOT / shot.file)
        page.locator(".import-rows").wait_for()
        page.wait_for_timeout(SETTLES)
    for number, selector in enumerate(shot.numbered, 1):
        page.evaluate(f"([s, n]) => ({BADGE})(s, n)", [selector, number])
    page.screenshot(path=PICTURES / f"{shot.name}.png")
    page.close()


def _at(address: str, place: str) -> str:
    """The address with what the place says, a path or a query; it has the last word."""
    parts, wanted = urlsplit(address), urlsplit(place if place.startswith("/") else f"?{place}")
    query = dict(parse_qsl(parts.query)) | dict(parse_qsl(wanted.query, keep_blank_values=True))
    return urlunsplit(parts._replace(path=wanted.path or parts.path, query=urlencode(query)))


def _report(folder: Path, lang: str) -> Path:
    example = ROOT / "templates" / "engagements" / f"{EXAMPLE}.yaml"
    command = ["report", str(example), "--out", str(folder), "--lang", lang, "--as-of", AS_OF]
    subprocess.run([WORKBOOK, *command], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return next(folder.glob(f"*.{lang}.html"))


@contextmanager
def _served(app: str, lang: str, folder: Path) -> Iterator[str]:
    """The address of a scratch copy of the example in JupyterLab or Voila; stopped afterwards."""
    home = folder / app / lang
    home.mkdir(parents=True)
    command = [app, EXAMPLE, "--lang", lang, "--no-browser", "--workspace", str(home)]
    if app == "session":
        command += ["--actor", "Sam"]
    served = subprocess.Popen(  # noqa: S603
        [WORKBOOK, *command],
        env={**os.environ, "WORKBOOK_AS_OF": AS_OF},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        bufsize=1,
    )
    try:
        assert served.stdout is not None  # noqa: S101 - a pipe was asked for
        address = served.stdout.readline().split()[-1]
        wait_for(address)
        yield address
    finally:
        served.send_signal(signal.SIGINT)
        served.wait(timeout=30)


if __name__ == "__main__":
    main()
