"""Attempts to get in where one should not, as requests, letter for letter."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.workshop.conftest import TODAY
from tests.workshop.hosting import Host
from workbook.workshop import Pass, Passes

DAY = dt.timedelta(days=1)
MINE, THEIRS, REVOKED, LEFT = "paul-ney", "claire-aubry", "helene-dastier", "elodie-gautier"
FACILITATOR = ""
UPGRADE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": base64.b64encode(b"0123456789abcdef").decode(),
}


class Request(NamedTuple):
    """What is sent, letter for letter."""

    path: str
    method: str = "GET"
    headers: dict[str, str] = {}  # noqa: RUF012 - never changed
    body: str = ""


class Attempt(NamedTuple):
    name: str
    request: Callable[[Host], Request]


def right(host: Host, **changes: object) -> str:
    """The pass of the respondent who is let in."""
    facts = {"engagement": "lorient", "respondent": MINE, "until": TODAY, "serial": 3}
    return host.passes.write(Pass(**{**facts, **changes}))


def page(host: Host, respondent: str = MINE) -> str:
    return f"/answer/{host.passes.tag('answer', respondent)}/"


def cookie(text: str) -> dict[str, str]:
    return {"Cookie": f"workbook-pass={text}"}


def line_of(host: Host, path: str, text: str, **headers: str) -> Request:
    own = {"Origin": f"http://{host.name}", **UPGRADE, **cookie(text)}
    return Request(f"{path}line", headers={**own, **headers})


# Passes that do not stand: what they are called, and how they are made.
BAD_PASSES: dict[str, Callable[[Host], str]] = {
    "expired yesterday": lambda host: right(host, until=TODAY - DAY),
    "expired a year ago": lambda host: right(host, until=TODAY - 365 * DAY),
    "of another engagement": lambda host: right(host, engagement="other"),
    "of an engagement that is not there": lambda host: right(host, engagement="nothing"),
    "of a stranger": lambda host: right(host, respondent="mallory"),
    "of everybody": lambda host: right(host, respondent="*"),
    "with an older serial": lambda host: right(host, serial=2),
    "with a later serial": lambda host: right(host, serial=4),
    "revoked": lambda host: right(host, respondent=REVOKED, serial=1),
    "of somebody who has left": lambda host: right(host, respondent=LEFT, serial=1),
    "signed by another host": lambda _: Passes(b"x" * 32).write(Pass("lorient", MINE, TODAY, 3)),
    "signed with nothing": lambda _: Passes(b"").write(Pass("lorient", MINE, TODAY, 3)),
    "without its signature": lambda host: right(host).partition(".")[0],
    "with an empty signature": lambda host: right(host).partition(".")[0] + ".",
    "a signature alone": lambda host: "." + right(host).partition(".")[2],
    "with another's signature": lambda host: (
        right(host).partition(".")[0] + "." + right(host, respondent=THEIRS).partition(".")[2]
    ),
    "with the tag as signature": lambda host: (
        right(host).partition(".")[0] + "." + host.passes.tag("pass")
    ),
    "twice": lambda host: right(host) + right(host),
    "with something after it": lambda host: right(host) + ".",
    "with padding": lambda host: right(host) + "==",
    "in capitals": lambda host: right(host).upper(),
    "nothing": lambda _: "",
    "a JSON list": lambda _: '["lorient","paul-ney","2026-11-27",3]',
    "none": lambda _: "null",
}
LENGTH = len(Passes(b"x").write(Pass("lorient", MINE, TODAY, 3)))


def flipped(text: str, index: int) -> str:
    """The text with another letter at one place."""
    letter = "A" if text[index] != "A" else "B"
    return text[:index] + letter + text[index + 1 :]


BAD_PASSES |= {
    f"cut after {length} letters": lambda host, length=length: right(host)[:length]
    for length in range(1, LENGTH, 7)
}
BAD_PASSES |= {
    f"another letter at {index}": lambda host, index=index: flipped(right(host), index)
    for index in range(LENGTH)
}
# The last letter carries two bits alone, A, Q, g or w: others stand for the same bytes.
BAD_PASSES |= {
    f"its last letter {letter}": lambda host, end=letter: right(host)[:-1] + end
    for letter in "BCDEFGHRSTUVhijkl"
}

PATHS = (
    "/../{mine}",
    "/answer/../answer{mine}",
    "/in/../board/",
    "/board/../board/",
    "/./board/",
    "//board/",
    "/board//",
    "/BOARD/",
    "/Board/",
    "/board",
    "/board/.",
    "/board/%2e",
    "/board/..%2f",
    "/%62oard/",
    "/%2562oard/",
    "/board%2f",
    "/board%252f",
    "/board/%00",
    "/board/;",
    "/board/;a=b",
    "/board\\",
    "/\\board/",
    "/bo%61rd/line",
    "/bоard/".encode().decode("latin-1"),
    "/board/",
    "/board/index.html",
    "http://evil.example/board/",
    "/answer/",
    "/answer",
    "/answer/{tag}",
    "/answer/{TAG}/",
    "/answer/{tag}/../../board/",
    "/answer/{tag}//",
    "/answer/{tag}/%2e%2e/",
    "/answer/{tag}0/",
    "/answer/%{tag}/",
    "/answer/{theirs}/",
    "/answer/{theirs}/?",
    "/answer/{theirs}/#",
    "/answer/{theirs}%2f",
    "/answer/0000000000000000/",
    "/answer/*/",
    "/answer/{tag}%00/",
    "/answer/{tag}\x85/",
    "/fonts/",
    "/fonts/..%2fworkbook.db",
    "/fonts/../../workbook.db",
    "/fonts/....//workbook.db",
    "/fonts/inter-latin-400.woff2/../../app.py",
    "/fonts/%2e%2e%2f%2e%2e%2fapp.py",
    "/fonts/inter-latin-400.woff2%00",
    "/static/",
    "/static/../app.py",
    "/favicon.ico",
    "/robots.txt",
    "/.git/config",
    "/.env",
    "/workbook.db",
    "/in/",
    "/in",
    "/in//",
    "/in/../in/",
    "/room/",
    "/room/0",
    "/room/{tag}",
    "/room/{code}0",
    "/room/{CODE}",
    "/room/%{code}",
    "/room/{code}/",
    "/",
    "*",
    "/?token={pass}",
    "/board/?pass={pass}",
)
KERNELS = (
    "/api",
    "/api/kernels",
    "/api/kernels/",
    "/api/kernels/1/channels",
    "/api/kernelspecs",
    "/api/sessions",
    "/api/contents",
    "/api/contents/workbook.db",
    "/api/contents/../workbook.db",
    "/api/terminals",
    "/terminals/websocket/1",
    "/api/status",
    "/api/config/notebook",
    "/api/shutdown",
    "/api/me",
    "/files/workbook.db",
    "/files/",
    "/edit/workbook.db",
    "/notebooks/04_review.ipynb",
    "/voila/",
    "/voila/render/00_start.ipynb",
    "/lab",
    "/tree",
    "/nbconvert/html/a.ipynb",
    "/login",
    "/hub/",
    "/metrics",
    "/proxy/8888/",
    "/custom/custom.css",
)
HOSTS = (
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1",
    "127.0.0.1:1",
    "127.0.0.1.evil.example:{port}",
    "evil.example@127.0.0.1:{port}",
    "127.0.0.1:{port}.evil.example",
    "127.0.0.1:{port}@evil.example",
    "127.0.0.1:{port},evil.example",
    "127.0.0.1:{port} evil.example",
    "0.0.0.0:{port}",
    "[::1]:{port}",
    "2130706433:{port}",
    "127.1:{port}",
    "0x7f000001:{port}",
    "127.0.0.1.:{port}",
    "127.0.0.1:0{port}",
    "localtest.me:{port}",
    "127.0.0.1.nip.io:{port}",
    "rebind.example:{port}",
    "",
)
ORIGINS = (
    "http://evil.example",
    "null",
    "",
    "http://evil.example:{port}",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    "https://127.0.0.1:{port}",
    "ws://127.0.0.1:{port}",
    "file://",
    "http://127.0.0.1:{port}.evil.example",
    "http://127.0.0.1:{port}@evil.example",
    "http://evil.example/127.0.0.1:{port}",
    "http://evil.example, http://127.0.0.1:{port}",
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}",
    "127.0.0.1:{port}",
    "chrome-extension://abc",
    None,
)
METHODS = ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get", "X")


def filled(path: str, host: Host) -> str:
    tag, code = host.passes.tag("answer", MINE), host.room.code
    words = {
        "tag": tag,
        "TAG": tag.upper(),
        "mine": page(host),
        "theirs": host.passes.tag("answer", THEIRS),
        "code": code,
        "CODE": code.upper() if code.upper() != code else f"{code}A",  # it may be digits alone
        "port": host.port,
        "pass": right(host),
    }
    return path.format(**words)


def page_with(path: str, text: str) -> Request:
    return Request(path, headers=cookie(text))


def with_bad_passes() -> Iterator[Attempt]:
    """Each of them in a link, and as a cookie on both pages and both lines."""
    for name, bad in BAD_PASSES.items():
        yield Attempt(f"link {name}", lambda h, bad=bad: Request(f"/in/{bad(h)}", "POST"))
        yield Attempt(f"page, {name}", lambda h, bad=bad: page_with(page(h), bad(h)))
        yield Attempt(f"line, {name}", lambda h, bad=bad: line_of(h, page(h), bad(h)))
        yield Attempt(f"board, {name}", lambda h, bad=bad: page_with("/board/", bad(h)))
        yield Attempt(f"board's line, {name}", lambda h, bad=bad: line_of(h, "/board/", bad(h)))


def with_passes_of_others() -> Iterator[Attempt]:
    """A pass that stands, where it does not belong."""
    for holder, where in ((MINE, THEIRS), (FACILITATOR, MINE), (MINE, FACILITATOR)):

        def crossed(host: Host, holder: str = holder, where: str = where) -> tuple[str, str]:
            return (page(host, where) if where else "/board/"), pass_of(host, holder)

        name = f"the pass of {holder or 'the facilitator'} at {where or 'the board'}"
        yield Attempt(name, lambda h, f=crossed: page_with(*f(h)))
        yield Attempt(f"line, {name}", lambda h, f=crossed: line_of(h, *f(h)))


def pass_of(host: Host, holder: str) -> str:
    return right(host) if holder == MINE else right(host, respondent=FACILITATOR, serial=1)


def by_paths() -> Iterator[Attempt]:
    for path in PATHS:
        yield Attempt(path, lambda h, p=path: page_with(filled(p, h), right(h)))
    for path in KERNELS:
        yield Attempt(path, lambda h, p=path: page_with(p, pass_of(h, FACILITATOR)))
        yield Attempt(f"POST {path}", lambda h, p=path: Request(p, "POST", cookie(right(h)), "{}"))
        yield Attempt(f"WebSocket {path}", lambda h, p=path: line_of(h, f"{p}/", right(h)))
    for method in METHODS:
        for path in ("/in/{pass}", "{mine}", "/board/", "/room/{code}", "/"):
            yield Attempt(
                f"{method} {path}",
                lambda h, m=method, p=path: Request(filled(p, h), m, cookie(right(h))),
            )


def under_other_names() -> Iterator[Attempt]:
    for name in HOSTS:
        yield Attempt(
            f"host {name}",
            lambda h, n=name: Request(page(h), headers={"Host": filled(n, h), **cookie(right(h))}),
        )
        yield Attempt(
            f"link, host {name}",
            lambda h, n=name: Request(f"/in/{right(h)}", "POST", {"Host": filled(n, h)}),
        )


def from_elsewhere() -> Iterator[Attempt]:
    """Lines and forms of pages that are not ours."""
    for origin in ORIGINS:
        for holder in (FACILITATOR, MINE):

            def strange(host: Host, holder: str = holder, origin: str | None = origin) -> Request:
                named = filled(origin, host) if origin is not None else None
                path = page(host) if holder else "/board/"
                return line_of(host, path, pass_of(host, holder), Origin=named)

            yield Attempt(f"line of {holder or 'the facilitator'} from {origin}", strange)
    for site in ("cross-site", "same-site"):
        for path in ("/in/{pass}", "/room/{code}"):
            yield Attempt(
                f"a form on a {site} page to {path}",
                lambda h, s=site, p=path: Request(filled(p, h), "POST", {"Sec-Fetch-Site": s}),
            )


def form(host: Host, body: str) -> Request:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return Request(f"/room/{host.room.code}", "POST", kind, body)


FORMS = {
    "a body of a megabyte": "name=" + "x" * 2**20,
    "a name of a thousand letters": "name=" + "x" * 1000,
    "a name with line ends": "name=a%0d%0aSet-Cookie:%20b",
    "a blank name": "name=%20",
    "a name that is not offered": "respondent=mallory",
    "the name of somebody who has left": f"respondent={LEFT}",
}


def by_odd_requests() -> Iterator[Attempt]:
    for name, body in FORMS.items():
        yield Attempt(name, lambda h, body=body: form(h, body))
    odd: dict[str, Callable[[Host], Request]] = {
        "a header of a megabyte": lambda h: Request(page(h), headers={"X": "x" * 2**20}),
        "a header in the path": lambda h: Request(f"/in/{right(h)}%0d%0aSet-Cookie:a", "POST"),
        "a pass in the address": lambda h: Request(f"{page(h)}?{right(h)}"),
        "another cookie": lambda h: Request(page(h), headers={"Cookie": f"workbook={right(h)}"}),
        "a bearer": lambda h: Request(page(h), headers={"Authorization": f"Bearer {right(h)}"}),
    }
    for name, request in odd.items():
        yield Attempt(name, request)


ATTEMPTS = [
    *with_bad_passes(),
    *with_passes_of_others(),
    *by_paths(),
    *under_other_names(),
    *from_elsewhere(),
    *by_odd_requests(),
]
