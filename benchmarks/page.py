"""How soon a respondent's page can be used on a slow phone, and what it weighs.

    python -m benchmarks.page [VISITS]

Chromium's “fast 3G” and a processor four times slower; the median of so many visits (15).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from tests.conftest import browser_program
from tests.workshop.running import Hosting, prepared
from tests.workshop.visiting import slow_visit

BARS = "≤ 150 kB, ≤ 1.0 s"


def main(visits: int = 15) -> None:
    """Print the median, the range and the bars."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as player:
        folder = Path(name)
        hosting = Hosting(folder, prepared(folder, 30))
        hosting.start()
        browser = player.chromium.launch(
            executable_path=browser_program("chromium"), args=["--no-sandbox"]
        )
        try:
            link = hosting.origin + hosting.links(["asked-0"])["asked-0"]
            seen = [slow_visit(browser, link) for _ in range(visits)]
        finally:
            browser.close()
            hosting.kill()
    sizes, times = zip(*seen, strict=True)
    print(f"{median(sizes) / 1000:.0f} kB; usable after {median(times):.2f} s")
    print(f"(of {visits} visits {min(times):.2f} to {max(times):.2f} s; bars {BARS})")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
