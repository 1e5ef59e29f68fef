"""The window that a page is looked at in, and looks that wait for what is to be seen."""

from __future__ import annotations

import time

from playwright.sync_api import expect

PATIENCE = 15
"""Seconds: another worker keeps the machine busy; what never comes fails all the same."""
expect.set_options(timeout=1000 * PATIENCE)

# Each window of Chromium draws lists for its address bar, two thirds of a second of a processor.
ADDRESS_BAR = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup")
# What Playwright switches off: the browser heeds the last list alone.
SWITCHED_OFF = (
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
TWO_FRAMES = """(width) => new Promise((done) => requestAnimationFrame(() =>
  requestAnimationFrame(() => done(window.innerWidth === width))))"""


def chromium(player, path):
    """Start Chromium without what only somebody who sits before it has need of."""
    off = ",".join(SWITCHED_OFF + ADDRESS_BAR)
    return player.chromium.launch(
        executable_path=path, args=["--no-sandbox", f"--disable-features={off}"]
    )


def resize(page, width, height=980):
    """Change the size of the window, and wait until the page is laid out and drawn in it."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function(TWO_FRAMES, arg=width)


def eventually(look, expected=True):  # noqa: FBT002 - most looks answer yes or no
    """Look at a page until what is expected is seen: after a press it is drawn a moment later."""
    until = time.monotonic() + PATIENCE
    while (seen := look()) != expected and time.monotonic() < until:
        time.sleep(0.05)
    assert seen == expected


def go_to(page, place):
    """Go to a step of the session by its button, and wait until the page shows it."""
    button = page.locator(".steps button").nth(place)
    button.click()
    expect(button).to_have_attribute("aria-current", "step")
