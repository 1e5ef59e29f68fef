"""A running session opens no socket to anybody who has not its token."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
import uuid

import pytest

from workbook.serve import VoilaSession

SERVED = "import sys; from pathlib import Path; from workbook.serve import VoilaSession as S; "
SERVED += "S(Path(sys.argv[1]), port=int(sys.argv[2]), token=sys.argv[3]).serve()"
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def status(port, path):
    """What the server answers to a page that asks to open a socket."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers=UPGRADE)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.slow
def test_no_socket_opens_without_the_token(tmp_path):
    session = VoilaSession(tmp_path)
    command = [sys.executable, "-c", SERVED, str(tmp_path), str(session.port), session.token]
    server = subprocess.Popen(command, env=os.environ | session.environment())
    try:
        kernel = uuid.uuid4()
        for _ in range(120):
            try:
                status(session.port, "/nothing")
                break
            except OSError:
                time.sleep(0.5)
        assert status(session.port, f"/voila/query/{kernel}") in {302, 401, 403, 404}
        assert status(session.port, f"/api/kernels/{kernel}/channels") in {302, 401, 403, 404}
    finally:
        server.terminate()
        server.wait(20)
