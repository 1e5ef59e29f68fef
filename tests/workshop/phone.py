"""Somebody on another machine: trusts the certificate that the host shows, and answers twice.

Between the two answers they wait for a line of input; each is printed as the host acknowledged it.
"""

from __future__ import annotations

import http.client
import json
import ssl
import sys
from urllib.parse import urlsplit

import websocket

PATIENCE = 30


def main(origin: str, link: str) -> None:
    """Enter, answer, wait, answer again."""
    place = urlsplit(origin)
    shown = ssl.get_server_certificate((place.hostname, place.port), timeout=PATIENCE)
    trusting = ssl.create_default_context(cadata=shown)
    door = http.client.HTTPSConnection(place.netloc, context=trusting, timeout=PATIENCE)
    door.request("POST", link)
    answer = door.getresponse()
    answer.read()
    line = websocket.create_connection(
        f"wss://{place.netloc}{answer.headers['Location']}line",
        origin=origin,
        cookie=answer.headers["Set-Cookie"].partition(";")[0],
        sslopt={"context": trusting},
        timeout=PATIENCE,
    )
    say(line, "promotions", "first")
    sys.stdin.readline()
    say(line, "erp", "second")
    line.close()


def say(line: websocket.WebSocket, subject: str, note: str) -> None:
    """Note something on a subject, and print what the host answers to it."""
    said = {"do": "nominate", "focal_point": subject, "set": {"note": note}, "once": note}
    line.send(json.dumps(said))
    while (answer := json.loads(line.recv()))["kind"] == "whole":
        pass
    sys.stdout.write(json.dumps(answer["kind"]) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
