"""The guided session in Chromium: keystroke to rescored, map click to redrawn, open to usable.

    python -m benchmarks.session [REPETITIONS]

Voila and JupyterLab on loopback with the 25-respondent example, and a map of 60 × 60. A time runs
from the event in the page to the frame after the change is in the document.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.session.conftest import LIVE, Server, sixty
from workbook.serve.voila import WARM
from workbook.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = "maison-lorient"
AREAS = ("01_experience", "02_technology", "03_executive_sponsor")
REPETITIONS = 100
WARMS_UP = 5
"""Seconds in which the next kernel is made ready: on two cores a key pressed then waits longer."""

# From an event of this kind until the frame after `select` says that it is there.
CLOCK = """([kind, watched]) => {
  const version = () => document.querySelector(".owb-session[data-version]").dataset.version;
  const options = { subtree: true, childList: true, characterData: true, attributes: true };
  window.took = null;
  document.addEventListener(kind, (event) => {
    const from = event.timeStamp, before = version();
    const look = new MutationObserver(() => {
      if (watched.version && version() === before) return;
      look.disconnect();
      requestAnimationFrame(() => setTimeout(() => { window.took = performance.now() - from; }));
    });
    look.observe(document.querySelector(watched.inside), options);
  }, { capture: true, once: true });
}"""


def timed(page: Page, kind: str, inside: str, act: Callable[[], object], *, version: bool) -> float:
    """Milliseconds from the event that `act` makes to the frame that shows its effect."""
    page.evaluate(CLOCK, [kind, {"inside": inside, "version": version}])
    act()
    return float(page.wait_for_function("() => window.took").json_value())


def keystrokes(page: Page, count: int, where: str, bar: float) -> None:
    """Two rows: keys that change the score, and keys that are recorded without changing it."""
    name = f"{where}: keystroke to rescored screen"
    said(f"{name}, an answer", arrows(page, count, "[data-key=needs_current]"), bar)
    page.locator("[data-key=promotions] .card-toggle").click()
    said(f"{name}, a confidence", arrows(page, count, "[data-key=promotions]"), bar)


def arrows(page: Page, count: int, inside: str) -> list[float]:
    """Move to and fro between two choices with the arrow keys: every press is rescored."""
    page.locator(inside).get_by_role("radio").first.focus()
    taken = []
    for number in range(count + 5):
        page.wait_for_timeout(60)
        key = "ArrowRight" if number % 2 else "ArrowLeft"
        press = partial(page.keyboard.press, key)
        taken.append(timed(page, "keydown", LIVE, press, version=True))
    return taken[5:]


def clicks(page: Page, count: int) -> list[float]:
    """Click cells of the map: until the row is redrawn."""
    page.locator("table.grid").wait_for()
    cells = page.locator("tr[data-row=promotions] td.cell")
    taken = []
    for number in range(count + 5):
        page.wait_for_timeout(60)
        cell = cells.nth(number % 8)
        taken.append(timed(page, "click", "tr[data-row=promotions]", cell.click, version=False))
    return taken[5:]


def said(name: str, taken: list[float], bar: float, unit: str = "ms") -> None:
    """One row: median, 95th percentile, the bar."""
    ordered = sorted(taken)
    late = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    middle = statistics.median(taken)
    print(f"| {name} | {middle:.1f} {unit} | {late:.1f} {unit} | {bar:g} {unit} | {len(taken)} |")


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else REPETITIONS
    path = subprocess.run(
        [ROOT / ".ci/browser", "find"], check=True, capture_output=True, text=True
    ).stdout.strip()
    print("| | median | p95 | bar | n |\n|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=["--no-sandbox"])
        voila, lab = Path(name) / "voila", Path(name) / "lab"
        voila.mkdir()
        lab.mkdir()
        in_voila(browser, voila, count)
        in_lab(browser, lab, count)
        browser.close()


def in_voila(browser: Browser, home: Path, count: int) -> None:
    """Everything that is measured in Voila."""
    Workspace.at(home).new(sixty())
    server = Server("voila", home, warm=WARM)
    try:
        opened = []
        for number in range(count):
            time.sleep(WARMS_UP)
            page = browser.new_page(viewport={"width": 1440, "height": 980})
            begun = time.perf_counter()
            page.goto(server.url(engagement=EXAMPLE, step="experience", lang="en"))
            page.locator(f"{LIVE} .card").first.wait_for()
            opened.append(time.perf_counter() - begun)
            if number < count - 1:
                page.close()
        said("Voila: open to usable, warm kernel", opened, 2.5, "s")
        time.sleep(2 * WARMS_UP)
        keystrokes(page, count, "Voila", 50)
        page.goto(server.url(engagement="sixty", step="review", tab="map", lang="en"))
        time.sleep(2 * WARMS_UP)
        said("Voila: map click to redrawn, 60 × 60", clicks(page, count), 60)
    finally:
        server.stop()


def end_sessions(page: Page, server: Server) -> None:
    """End the kernel that a closed notebook leaves behind.

    One that is killed starts again, and takes half of the machine from the notebook that follows.
    """
    for one in page.request.get(server.url("/api/sessions")).json():
        page.request.delete(server.url(f"/api/sessions/{one['id']}"))


def in_lab(browser: Browser, home: Path, count: int) -> None:
    """Run to usable, and keystrokes, in JupyterLab."""
    server = Server("lab", home, EXAMPLE)
    try:
        taken = []
        for number in range(count):
            page = browser.new_page(viewport={"width": 1440, "height": 980})
            page.goto(server.url(f"/doc/tree/notebooks/{AREAS[number % len(AREAS)]}.ipynb"))
            idle = page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")
            idle.wait_for(timeout=60_000)
            page.wait_for_timeout(2000)  # somebody reads what the page is about
            begun = time.perf_counter()
            page.locator("button[data-commandlinker-command]").click()
            page.locator(f"{LIVE} .card").first.wait_for(timeout=60_000)
            taken.append(time.perf_counter() - begun)
            end_sessions(page, server)
            page.close()
        said("Lab: run to usable, fresh kernel", taken, 2, "s")
        page = browser.new_page(viewport={"width": 1440, "height": 980})
        page.goto(server.url("/doc/tree/notebooks/01_experience.ipynb"))
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(timeout=60_000)
        page.locator("button[data-commandlinker-command]").click()
        page.locator(f"{LIVE} .card").first.wait_for(timeout=60_000)
        keystrokes(page, count, "Lab", 80)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
