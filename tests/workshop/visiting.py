"""A phone-sized page of the host, also over a slow network on a slow machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE = {"width": 390, "height": 844}
# What Chromium's own tools call “Fast 3G” and “4× slowdown”.
FAST_3G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1.6e6 / 8 * 0.9,
    "uploadThroughput": 750e3 / 8 * 0.9,
}
SLOWER = 4
READY = ".respond-card .btn.primary"


def enter(page: Page, address: str) -> None:
    """Open a link and press its button."""
    page.goto(address)
    page.locator("form .btn").click()
    page.locator(READY).wait_for()


def slow_visit(browser: Browser, address: str) -> tuple[int, float]:
    """The bytes that a person's page takes, and the seconds until its first button can be pressed.

    The link was opened before: what is measured is the page with its questions.
    """
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    enter(page, address)
    where = page.url
    page.close()
    page = context.new_page()
    line = context.new_cdp_session(page)
    sizes: list[float] = []
    line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    # Frames are counted as they are before they are compressed: an upper bound.
    line.on(
        "Network.webSocketFrameReceived",
        lambda event: sizes.append(len(event["response"]["payloadData"].encode())),
    )
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line.send("Network.emulateNetworkConditions", FAST_3G)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(
        f"""new MutationObserver((_, observer) => {{
          if (!document.querySelector("{READY}")) return;
          observer.disconnect();
          requestAnimationFrame(() => performance.mark("ready"));
        }}).observe(document, {{ childList: true, subtree: true }});"""
    )
    page.goto(where, wait_until="commit")
    page.locator(READY).wait_for()
    page.wait_for_timeout(5000)  # fonts and the line come after the page
    seconds = page.evaluate("performance.getEntriesByName('ready')[0].startTime") / 1000
    context.close()
    return round(sum(sizes)), seconds
