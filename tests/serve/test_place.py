"""A session that is stopped and started again keeps its address."""

from __future__ import annotations

import socket

from workbook.serve import free_port
from workbook.serve.place import HOST


def listener(port=0):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((HOST, port))
    server.listen()
    return server, server.getsockname()[1]


def test_a_port_that_was_left_a_moment_ago_is_free():
    server, port = listener()
    browser = socket.create_connection((HOST, port))
    accepted, _ = server.accept()
    accepted.close()  # the server ends first: its side of the connection waits for a minute
    browser.close()
    server.close()
    assert free_port(port) == port


def test_a_port_that_somebody_listens_on_is_not_free():
    server, port = listener()
    try:
        assert free_port(port) != port
    finally:
        server.close()
