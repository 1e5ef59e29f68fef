"""A short notification to people who are not at the machine: a file, a mail, or a webhook.

A destination is checked before the work begins, and used once it is over. What goes wrong then is
`NotSent`, whose reason names neither a password nor the path of a webhook, which often is one.
"""

from __future__ import annotations

import json
import os
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from workbook.errors import BadInput, Problem, WorkbookError

SMTP_PASSWORD = "WORKBOOK_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
WEBHOOK_TOKEN = "WORKBOOK_WEBHOOK_TOKEN"  # noqa: S105 - as above
SECONDS = 10.0
"""How long a server may take for each answer."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
MAIL, MAILS = "smtp", "smtps"


class NotSent(WorkbookError):
    """A notification did not reach its destination."""


@dataclass(frozen=True, slots=True)
class Notification:
    """What is told: a subject on one line, and lines below it."""

    subject: str
    lines: tuple[str, ...]
    language: str

    @property
    def text(self) -> str:
        """As plain text."""
        return "\n".join((self.subject, "", *self.lines)) + "\n"

    @property
    def markdown(self) -> str:
        """As Markdown: a heading and a list."""
        return "\n".join((f"# {self.subject}", "", *(f"- {line}" for line in self.lines))) + "\n"


class Addressee(NamedTuple):
    """Where notifications go; `name` may be shown to anybody."""

    name: str
    send: Callable[[Notification], None]


def destination(address: str) -> Addressee:
    """`file:PATH`, `smtp://HOST?to=…&from=…` or `https://…`; BadInput for anything else."""
    scheme, _, rest = address.partition(":")
    if scheme == "file" and rest:
        return Addressee(f"file:{rest}", partial(_write, Path(rest)))
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _wrong("is no address", "file:PATH, smtp://HOST or https://…") from None
    known = scheme in (MAIL, MAILS, "http", "https") and parts.hostname
    if not known or any(sign < " " for sign in address):
        raise _wrong("is no destination", "file:PATH, smtp://HOST or https://…")
    if parts.password is not None:
        raise _wrong("holds a password", f"leave it out, and set {SMTP_PASSWORD}")
    name = f"{scheme}://{parts.hostname}" + (f":{port}" if port else "")
    if scheme in (MAIL, MAILS):
        return Addressee(name, partial(_mail, parts, *_people(parts)))
    return Addressee(name, partial(_post, parts))


def _wrong(problem: str, fix: str) -> BadInput:
    return BadInput(Problem(problem, fix, "command line", path="--notify"))


def _people(parts: SplitResult) -> tuple[Address, tuple[Address, ...]]:
    """From whom a mail comes, and to whom it goes; BadInput for what is no address of a mail."""
    query = parse_qs(parts.query)
    people = [*query.get("from", ())[:1], *",".join(query.get("to", ())).split(",")]
    try:
        sender, *receivers = (Address(addr_spec=person.strip()) for person in people if person)
    except (ValueError, HeaderParseError, IndexError):
        sender, receivers = None, []
    if sender is None or not receivers or "from" not in query:
        fix = "add both, as in to=ANA@EXAMPLE.COM&from=BOB@EXAMPLE.COM"
        raise _wrong("does not say from whom and to whom", fix)
    return sender, tuple(receivers)


def _write(path: Path, notification: Notification) -> None:
    markdown = path.suffix == ".md"
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(notification.markdown if markdown else notification.text, "utf-8")
        part.replace(path)
    except OSError as error:
        raise NotSent(error.strerror or type(error).__name__) from None


def _mail(
    parts: SplitResult, sender: Address, receivers: tuple[Address, ...], notification: Notification
) -> None:
    message = EmailMessage()
    message["From"], message["To"] = sender, receivers
    message["Subject"] = " ".join(notification.subject.split())
    message["Content-Language"] = notification.language
    message.set_content(notification.text)
    user, password = unquote(parts.username or ""), os.environ.get(SMTP_PASSWORD, "")
    host, port, safe = parts.hostname or "", parts.port or 0, ssl.create_default_context()
    try:
        with (
            smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=safe)
            if parts.scheme == MAILS
            else smtplib.SMTP(host, port, timeout=SECONDS)
        ) as server:
            server.ehlo()
            if parts.scheme == MAIL and server.has_extn("starttls"):
                server.starttls(context=safe)
            if user:
                if parts.scheme == MAIL and not isinstance(server.sock, ssl.SSLSocket):
                    raise NotSent("the server offers no encryption, so no password is sent")
                server.login(user, password)
            server.send_message(message)
    except smtplib.SMTPResponseException as error:
        raise NotSent(f"the server answers {error.smtp_code}") from None
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(_reason(error)) from None


class _Staying(HTTPRedirectHandler):
    """Follows no redirect: what is told goes to the host that was named, and to no other."""

    def redirect_request(self, *_: object) -> None:
        """None, so that a redirect counts as an error."""


def _post(parts: SplitResult, notification: Notification) -> None:
    content = {
        "subject": notification.subject,
        "text": notification.text,
        "markdown": notification.markdown,
        "language": notification.language,
    }
    heads = {"Content-Type": "application/json"}
    token = os.environ.get(WEBHOOK_TOKEN, "")
    if token and (parts.scheme == "https" or parts.hostname in LOOPBACK):
        heads["Authorization"] = "Bearer " + token
    body = json.dumps(content, ensure_ascii=False).encode()
    request = Request(parts.geturl(), body, heads, method="POST")  # noqa: S310 - http or https
    try:
        with build_opener(_Staying).open(request, timeout=SECONDS):
            pass
    except HTTPError as error:
        error.close()
        raise NotSent(f"the server answers {error.code}") from None
    except (URLError, OSError, ValueError) as error:
        raise NotSent(_reason(error)) from None


def _reason(error: Exception) -> str:
    """Why a server was not reached, without the address: its path may be a secret."""
    cause = getattr(error, "reason", error)
    return getattr(cause, "strerror", None) or type(cause).__name__
