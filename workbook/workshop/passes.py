"""Passes: what a link and a cookie carry, signed, so that nobody can make one or alter it.

A pass is for one person and one engagement until a day. It opens more than once, because mail
scanners follow links before people do; revoking it gives the respondent another serial number.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.errors import WorkbookError

if TYPE_CHECKING:
    from workbook.store import Store

SECRET = "workshop-secret"  # noqa: S105 - the name of the setting that holds it
SIGNATURE = 16
"""Bytes of a signature: half of a SHA-256, which nobody guesses."""
LONGEST = 512
PADDING = "=="
"""What base64 ends with at most; more than is needed does no harm."""


class UnreadablePass(WorkbookError):
    """The text is no pass of this workspace, or somebody altered it."""


@dataclass(frozen=True, slots=True)
class Pass:
    """Who may enter: a respondent, or the facilitator where `respondent` is blank.

    With a `round` it is a questionnaire's, which brings the answers of that round and opens no
    page.
    """

    engagement: str
    respondent: str
    until: dt.date
    serial: int = 1
    round: str = ""


class Passes:
    """Makes and reads the passes of one workspace; its store keeps the secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    @classmethod
    def of(cls, store: Store) -> Passes:
        """With the secret of a store; made on first use, so that links outlive the host."""
        if (secret := store.setting(SECRET)) is None:
            store.set(SECRET, secrets.token_hex(32))
            secret = store.setting(SECRET) or ""
        return cls(bytes.fromhex(secret))

    def write(self, held: Pass) -> str:
        """The pass as text for an address: letters, digits, - and _ and one dot."""
        parts = [held.engagement, held.respondent, held.until.isoformat(), held.serial]
        body = json.dumps([*parts, held.round] if held.round else parts, separators=(",", ":"))
        signature = self._sign(_purpose(questionnaire=bool(held.round)), body.encode())
        return f"{_text(body.encode())}.{_text(signature)}"

    def read(self, text: str, *, questionnaire: bool = False) -> Pass:
        """The pass in a text. UnreadablePass if there is none, whatever is wrong with it.

        That of a questionnaire is no link's, and the other way round.
        """
        try:
            plain = base64.urlsafe_b64decode(text[:LONGEST].partition(".")[0] + PADDING)
            # As text: base64 has several spellings of the same bytes, and one is ours.
            signature = self._sign(_purpose(questionnaire=questionnaire), plain)
            if not hmac.compare_digest(text, f"{_text(plain)}.{_text(signature)}"):
                raise UnreadablePass("the signature is not ours")
            engagement, respondent, until, serial, *asked = json.loads(plain)
            return Pass(engagement, respondent, dt.date.fromisoformat(until), serial, *asked)
        except (ValueError, TypeError) as error:
            raise UnreadablePass("not a pass") from error

    def tag(self, *parts: str) -> str:
        """A short name for an address that says nothing of what it stands for."""
        return self._sign(b"tag", json.dumps(parts).encode()).hex()[:16]

    def _sign(self, purpose: bytes, body: bytes) -> bytes:
        return hmac.digest(self._secret, purpose + b"\0" + body, hashlib.sha256)[:SIGNATURE]


def _purpose(*, questionnaire: bool) -> bytes:
    return b"questionnaire" if questionnaire else b"pass"


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
