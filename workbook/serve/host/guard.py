"""What every answer of the host has in common: headers, and who may ask at all."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tornado.log import app_log
from tornado.web import HTTPError, RequestHandler

from workbook.i18n import voice
from workbook.wording.headings import asking

if TYPE_CHECKING:
    from workbook.i18n import Voice
    from workbook.serve.host.room import Room

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
    "Server": "workbook",
}
COOKIE = "workbook-pass"


class Guarded(RequestHandler):
    """A handler that answers only under the host's own names, and tells nothing to strangers."""

    def initialize(self, room: Room, names: frozenset[str], *, tls: bool) -> None:
        """Remember the room and the names under which the host may be asked for."""
        self.room = room
        self._names = names
        self._tls = tls

    def set_default_headers(self) -> None:
        """The same headers on every answer, errors too."""
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.set_header("Content-Security-Policy", policy())

    def prepare(self) -> None:
        """Refuse a name that is not ours: a page elsewhere may point its own name here."""
        if self.request.host.lower() not in self._names:
            raise HTTPError(421)
        # A browser that names the origin of a form tells whether it stands on another site.
        if self.request.headers.get("Sec-Fetch-Site", "none") in {"cross-site", "same-site"} and (
            self.request.method != "GET"
        ):
            raise HTTPError(403)

    def hand_cookie(self, value: str, path: str) -> None:
        """Give a browser its pass; scripts cannot read it and other paths do not get it."""
        self.set_cookie(
            COOKIE, value, path=path, httponly=True, samesite="Strict", secure=self._tls
        )

    def log_exception(self, *error: Any) -> None:  # noqa: ANN401 - Tornado's own
        """Log what went wrong, without the address: it may hold somebody's pass."""
        # What is under way when the host ends is cancelled; its page says it again to the next.
        if not isinstance(error[1], HTTPError | asyncio.CancelledError):
            app_log.error("%s could not be answered", self.request.method, exc_info=error)

    def write_error(self, status_code: int, **_: Any) -> None:  # noqa: ANN401 - Tornado's own
        """A short sentence, and nothing of what went wrong inside."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        speaks = voice(self.room.desk.facts.engagement.language)
        self.finish(_sentence(status_code, speaks) + "\n")


def _sentence(status: int, voice: Voice) -> str:
    t = voice.t
    match status:
        case 403:
            return asking(voice)["link_over"]
        case 404:
            return t("There is nothing at this address.")
        case 429:
            return t("Too many attempts. Wait a minute, then try again.")
        case 503:
            return t("The room is full.")
        case _:
            return t("This does not work here.")


def policy(script: str = "'none'", style: str = "'none'") -> str:
    """A content security policy: nothing from elsewhere, no inline script but the one named."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {script}",
            f"style-src {style}",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
