"""The host on the room's network: encrypted, and known by one name."""

from __future__ import annotations

import datetime as dt
import http.client
import ssl
import sys
from pathlib import Path

import pytest
import segno
import websocket
from typer.testing import CliRunner

from tests.workshop.hosting import Host, whole
from workbook.cli.main import app
from workbook.errors import BadInput
from workbook.serve.host import WorkshopHost, tls
from workbook.workspace import Session, Workspace

NOW = dt.datetime.now(dt.UTC)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for loopback, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    names = folder / "cert.pem", folder / "key.pem"
    for name, content in zip(names, tls.own_certificate("127.0.0.1", NOW), strict=True):
        name.write_bytes(content)
    return names


@pytest.fixture
def host(workspace: Workspace, session: Session, files):
    host = Host(workspace, session.key, tls.context_of(*files))
    yield host
    host.stop()


@pytest.fixture
def trusting(files: tuple[Path, Path]) -> ssl.SSLContext:
    """Somebody who has said that they trust the certificate, and checks its address."""
    return ssl.create_default_context(cafile=str(files[0]))


def ask(host: Host, trusting: ssl.SSLContext, method: str, path: str, **headers: str):
    connection = http.client.HTTPSConnection("127.0.0.1", host.port, context=trusting, timeout=20)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_who_trusts_the_certificate_gets_in_and_their_cookie_is_for_encrypted_lines(host, trusting):
    answer = ask(host, trusting, "POST", host.link("paul-ney"))
    assert answer.status == 303
    assert "Secure" in answer.headers["Set-Cookie"].split("; ")
    cookie = answer.headers["Set-Cookie"].partition(";")[0]
    line = websocket.create_connection(
        f"wss://{host.name}{answer.headers['Location']}line",
        origin=f"https://{host.name}",
        cookie=cookie,
        sslopt={"context": trusting},
        timeout=20,
    )
    assert whole(line)["page"]["hello"] == "Hello Paul Ney"
    line.close()


def test_the_board_shows_the_rooms_encrypted_address_as_text_and_as_a_code(host: Host, trusting):
    answer = ask(host, trusting, "POST", host.link(""))
    line = websocket.create_connection(
        f"wss://{host.name}/board/line",
        origin=f"https://{host.name}",
        cookie=answer.headers["Set-Cookie"].partition(";")[0],
        sslopt={"context": trusting},
        timeout=20,
    )
    door = whole(line)["page"]["content"]["door"]
    line.close()
    assert door["address"] == f"https://{host.name}/room/{host.room.code}"
    assert door["picture"] == segno.make(door["address"], error="m").svg_data_uri(scale=4, border=2)
    assert ask(host, trusting, "GET", door["address"].partition(host.name)[2]).status == 200


def test_a_page_that_is_not_encrypted_opens_no_line(host: Host, trusting):
    answer = ask(host, trusting, "POST", host.link("paul-ney"))
    with pytest.raises(websocket.WebSocketBadStatusException):
        websocket.create_connection(
            f"wss://{host.name}{answer.headers['Location']}line",
            origin=f"http://{host.name}",
            cookie=answer.headers["Set-Cookie"].partition(";")[0],
            sslopt={"context": trusting},
            timeout=20,
        )


def test_who_does_not_trust_it_hears_nothing(host: Host):
    with pytest.raises(ssl.SSLCertVerificationError):
        ask(host, ssl.create_default_context(), "GET", "/")


def test_nothing_is_said_without_encryption(host: Host):
    connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=20)
    connection.request("GET", host.link("paul-ney"))
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        connection.getresponse()
    connection.close()


@pytest.mark.usefixtures("session")
def test_on_a_network_the_host_goes_by_its_address_there_or_by_the_certificates_name(
    workspace: Workspace,
):
    context = tls.own_context("192.0.2.7", NOW)
    host = WorkshopHost(workspace.path, "lorient", 8877, address="192.0.2.7", tls=context)
    assert host.origin == "https://192.0.2.7:8877"
    assert host.board_link().startswith("http://127.0.0.1:8877/in/"), "needs no network"
    named = WorkshopHost(
        workspace.path, "lorient", 8877, address="192.0.2.7", name="Room.acme.test", tls=context
    )
    assert named.origin == "https://Room.acme.test:8877"


def test_without_being_told_the_host_is_for_this_machine_alone(workspace: Workspace):
    host = WorkshopHost(workspace.path, "lorient", 8877)
    assert (host.address, host.tls, host.shared) == ("127.0.0.1", None, False)


def test_without_the_extra_its_name_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with pytest.raises(BadInput, match="extra “lan”"):
        tls.own_certificate("127.0.0.1", NOW)


def test_what_is_no_certificate_is_refused(tmp_path: Path, files):
    with pytest.raises(BadInput, match="PEM"):
        tls.context_of(tmp_path / "none.pem", files[1])
    (tmp_path / "text.pem").write_text("nothing")
    with pytest.raises(BadInput, match="PEM"):
        tls.context_of(tmp_path / "text.pem", files[1])


HALVES = (["--lan", "--cert", "a"], ["--lan", "--key", "a"], ["--name", "a"])


@pytest.mark.parametrize("words", HALVES)
def test_half_a_certificate_is_refused(workspace: Workspace, session: Session, words: list[str]):
    command = ["workshop", session.key, "--workspace", str(workspace.path), *words]
    ended = CliRunner().invoke(app, command)
    assert ended.exit_code == 2
    assert "belong together" in ended.output


def test_the_key_of_a_certificate_of_ones_own_is_not_left_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(tls.tempfile, "tempdir", str(tmp_path))
    tls.own_context("127.0.0.1", NOW)
    assert list(tmp_path.iterdir()) == []
