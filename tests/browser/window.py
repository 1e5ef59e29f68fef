"""The window that a page is looked at in."""

from __future__ import annotations

TWO_FRAMES = """(width) => new Promise((done) => requestAnimationFrame(() =>
  requestAnimationFrame(() => done(window.innerWidth === width))))"""


def resize(page, width, height=980):
    """Change the size of the window, and wait until the page is laid out and drawn in it."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function(TWO_FRAMES, arg=width)
