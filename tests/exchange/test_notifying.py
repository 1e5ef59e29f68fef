"""A notification reaches a file, a mail server and a webhook; what fails is told, and no secret."""

from __future__ import annotations

import datetime as dt
import http.server
import json
import socketserver
import ssl
import threading
from base64 import b64decode
from email import message_from_string, policy
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.batch.trial import jsonl, tiny
from workbook.cli.main import app
from workbook.content import load_engagement
from workbook.errors import BadInput
from workbook.exchange.notifying import (
    SMTP_PASSWORD,
    WEBHOOK_TOKEN,
    Notification,
    NotSent,
    destination,
)
from workbook.serve.host.tls import own_certificate
from workbook.workspace import Workspace

EXAMPLE = Path(__file__).parents[2] / "templates" / "engagements" / "atelier-belval.yaml"
NEWS = Notification("Due é", ("Ana: by 3 May", "Bo: overdue"), "en")
LOOKS = 0.01
"""Seconds between a server's looks for its end: each test waits for one."""


@pytest.fixture
def serving():
    """Serve with a class of handlers until the test is over; gives the port."""
    servers = []

    def start(handler, kind=socketserver.ThreadingTCPServer):
        server = kind(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(LOOKS,), daemon=True).start()
        return server.server_address[1]

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def mail_server(lines, greeting="220 hello"):
    """Handlers that keep every line of the conversation; the text of a mail is one entry."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            self.wfile.write(f"{greeting}\r\n".encode())
            text = None
            for raw in self.rfile:
                line = raw.decode().removesuffix("\r\n")
                if text is not None:
                    if line != ".":
                        text.append(line)
                        continue
                    lines.append("\n".join(text))
                    text = None
                else:
                    lines.append(line)
                text = [] if line == "data" else None
                answer = {"data": "354 go on", "quit": "221 bye"}.get(line.lower(), "250 fine")
                self.wfile.write(f"{answer}\r\n".encode())
                if line.lower() == "quit":
                    return

    return Handler


ANSWERS = {
    "EHLO": "250-here\r\n250-STARTTLS\r\n250 AUTH PLAIN",
    "STARTTLS": "220 go on",
    "DATA": "354 go on",
    "QUIT": "221 bye",
}


class GuardedServer(socketserver.BaseRequestHandler):
    """Takes a mail over an encrypted line only, from whoever knows the password."""

    lines, context, password = [], None, ""

    def setup(self):
        self.file, self.encrypted = self.request.makefile("rb"), False

    def handle(self):
        self.say("220 hello")
        while line := self.file.readline().decode().removesuffix("\r\n"):
            self.lines.append((self.encrypted, line))
            verb = line.upper().split()[0]
            self.say(self.allowed(line) if verb == "AUTH" else ANSWERS.get(verb, "250 fine"))
            if verb == "STARTTLS":
                self.request = self.context.wrap_socket(self.request, server_side=True)
                self.file, self.encrypted = self.request.makefile("rb"), True
            elif verb == "DATA":
                while self.file.readline() != b".\r\n":
                    pass
                self.say("250 fine")

    def allowed(self, line):
        known = b64decode(line.split()[-1]).decode() == f"\0me\0{self.password}"
        return "235 welcome" if known else f"535 {line} is not {self.password}"

    def finish(self):
        self.file.close()
        self.request.close()

    def say(self, answer):
        self.request.sendall(f"{answer}\r\n".encode())


def guarded_server(lines, certificate, password):
    """Handlers that keep every line of the conversation, and whether it was encrypted."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    own = {"lines": lines, "context": context, "password": password}
    return type("Handler", (GuardedServer,), own)


@pytest.fixture
def certificate(tmp_path):
    """Files of a certificate for loopback, and of its key."""
    paths = tmp_path / "here.pem", tmp_path / "here.key"
    made = own_certificate("127.0.0.1", dt.datetime.now(dt.UTC))
    for path, content in zip(paths, made, strict=True):
        path.write_bytes(content)
    return paths


def web_server(requests, code=200, heads=()):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            requests.append((self.path, dict(self.headers), json.loads(body)))
            self.send_response(code)
            for name, value in heads:
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_):
            pass

    return Handler


def test_a_file_holds_the_notification_as_text_or_as_markdown(tmp_path):
    for name, head in (("news.txt", "Due é\n\nAna"), ("news.md", "# Due é\n\n- Ana")):
        destination(f"file:{tmp_path / name}").send(NEWS)
        assert (tmp_path / name).read_text("utf-8").startswith(head)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["news.md", "news.txt"]


def test_a_file_that_cannot_be_written_is_a_reason_and_no_crash(tmp_path):
    with pytest.raises(NotSent, match="No such file or directory"):
        destination(f"file:{tmp_path / 'gone' / 'news.txt'}").send(NEWS)


def test_a_mail_reaches_everybody_it_is_meant_for(serving):
    lines = []
    port = serving(mail_server(lines))
    destination(f"smtp://127.0.0.1:{port}?to=a@x.org,b@x.org&from=me@x.org").send(NEWS)
    assert [line for line in lines if line.startswith("rcpt")] == [
        "rcpt TO:<a@x.org>",
        "rcpt TO:<b@x.org>",
    ]
    mail = message_from_string(lines[lines.index("data") + 1], policy=policy.default)
    assert mail["Subject"] == "Due é"
    assert mail["To"] == "a@x.org, b@x.org"
    assert "Bo: overdue" in mail.get_content()


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\x0b"])
def test_no_line_of_a_subject_becomes_a_head_of_the_mail(serving, end):
    lines = []
    port = serving(mail_server(lines))
    news = Notification(f"Due{end}Bcc: eve@evil.org", ("one",), "en")
    destination(f"smtp://127.0.0.1:{port}?to=a@x.org&from=me@x.org").send(news)
    mail = message_from_string(lines[lines.index("data") + 1], policy=policy.default)
    assert mail["Subject"] == "Due Bcc: eve@evil.org"
    assert mail["Bcc"] is None
    assert not any("evil" in line for line in lines if line.startswith("rcpt"))


@pytest.mark.parametrize(
    "address",
    [
        "smtp://h?to=a@x.org%0d%0aBcc:e@x.org&from=me@x.org",
        "smtp://h?to=a@x.org&from=me@x.org%0aX:y",
        "smtp://h?to=a@x.org",
        "smtp://h?from=me@x.org",
        "smtp://me:secret@h?to=a@x.org&from=me@x.org",
        "https://me:secret@h/x",
        "https://",
        "ftp://h/x",
        "http://h:port/",
        "file:",
        "news.txt",
        "",
    ],
)
def test_an_address_that_leads_nowhere_is_refused_before_anything_is_done(address):
    with pytest.raises(BadInput) as refused:
        destination(address)
    assert "secret" not in str(refused.value)


def test_a_password_is_never_sent_in_the_clear(serving, monkeypatch):
    monkeypatch.setenv(SMTP_PASSWORD, "hunter2")
    lines = []
    port = serving(mail_server(lines))
    with pytest.raises(NotSent, match="no encryption"):
        destination(f"smtp://me@127.0.0.1:{port}?to=a@x.org&from=me@x.org").send(NEWS)
    assert not any("AUTH" in line.upper() or line == "data" for line in lines)


def test_a_password_goes_over_an_encrypted_line_to_a_server_that_is_trusted(
    serving, certificate, monkeypatch
):
    monkeypatch.setenv(SMTP_PASSWORD, "hunter2")
    lines = []
    port = serving(guarded_server(lines, certificate, "hunter2"))
    addressee = destination(f"smtp://me@127.0.0.1:{port}?to=a@x.org&from=me@x.org")
    with pytest.raises(NotSent):  # nobody vouches for the server
        addressee.send(NEWS)
    assert not any(line.startswith(("AUTH", "mail", "data")) for _, line in lines)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    addressee.send(NEWS)
    sent = [encrypted for encrypted, line in lines if line.startswith(("AUTH", "mail", "data"))]
    assert sent == [True, True, True]


def test_a_wrong_password_is_told_without_saying_it(serving, certificate, monkeypatch, caplog):
    monkeypatch.setenv(SMTP_PASSWORD, "hunter3")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    lines = []
    port = serving(guarded_server(lines, certificate, "hunter2"))
    with pytest.raises(NotSent, match="the server answers 535") as failed:
        destination(f"smtp://me@127.0.0.1:{port}?to=a@x.org&from=me@x.org").send(NEWS)
    assert "hunter" not in str(failed.value) + caplog.text
    assert not any(line == "data" for _, line in lines)


def test_a_webhook_gets_the_notification_as_json(serving, monkeypatch):
    monkeypatch.setenv(WEBHOOK_TOKEN, "t0ken")
    requests = []
    port = serving(web_server(requests), http.server.ThreadingHTTPServer)
    destination(f"http://127.0.0.1:{port}/hook?a=b").send(NEWS)
    ((path, heads, content),) = requests
    assert (path, heads["Authorization"]) == ("/hook?a=b", "Bearer t0ken")
    assert content["subject"] == "Due é"
    assert "- Bo: overdue" in content["markdown"]


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_webhook_that_leads_elsewhere_is_not_followed(serving, code):
    elsewhere, requests = [], []
    other = serving(web_server(elsewhere), http.server.ThreadingHTTPServer)
    heads = [("Location", f"http://localhost:{other}/")]
    port = serving(web_server(requests, code, heads), http.server.ThreadingHTTPServer)
    with pytest.raises(NotSent, match=str(code)):
        destination(f"http://127.0.0.1:{port}/").send(NEWS)
    assert len(requests) == 1
    assert elsewhere == []


def test_the_reason_names_no_secret_of_an_address(serving):
    port = serving(web_server([], 500), http.server.ThreadingHTTPServer)
    recipient = destination(f"http://127.0.0.1:{port}/services/s3cret?token=s3cret")
    with pytest.raises(NotSent) as failed:
        recipient.send(NEWS)
    assert "s3cret" not in recipient.name + str(failed.value)


def closed_port():
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as server:
        return server.server_address[1]


@pytest.mark.parametrize(
    "form", ["http://127.0.0.1:{}/s3cret", "smtp://127.0.0.1:{}?to=a@b.c&from=d@e.f"]
)
def test_a_list_says_who_is_due_and_a_failing_notification_changes_no_exit_code(
    form, tmp_path, monkeypatch
):
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    monkeypatch.setenv("WORKBOOK_AS_OF", "2027-05-10")
    run = CliRunner()
    Workspace.at().new(load_engagement(EXAMPLE).engagement)
    words = ["list", "--notify", f"file:{tmp_path}/due.md", "--notify", form.format(closed_port())]
    listed = run.invoke(app, words)
    assert listed.exit_code == 0
    assert "s3cret" not in listed.output
    assert "127.0.0.1" in listed.stderr
    digest = (tmp_path / "due.md").read_text("utf-8")
    assert "Lucie Belval" in digest
    assert run.invoke(app, [*words, "--names", "off"]).exit_code == 0
    assert "Lucie" not in (tmp_path / "due.md").read_text("utf-8")


def test_nobody_is_told_anything_while_nobody_is_due(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    monkeypatch.setenv("WORKBOOK_AS_OF", "2026-11-23")
    run = CliRunner()
    Workspace.at().new(load_engagement(EXAMPLE).engagement)
    assert run.invoke(app, ["list", "--notify", f"file:{tmp_path}/due.md"]).exit_code == 0
    assert not (tmp_path / "due.md").exists()


@pytest.mark.slow
def test_a_batch_tells_how_it_ended_and_ends_the_same_if_nobody_hears_it(tmp_path):
    words = ["batch", str(EXAMPLE), "--format", "json", "--out", str(tmp_path), "--jobs", "1"]
    unheard = f"http://127.0.0.1:{closed_port()}/"
    done = CliRunner().invoke(
        app, [*words, "--notify", f"file:{tmp_path}/news.txt", "--notify", unheard]
    )
    assert done.exit_code == 0
    assert "127.0.0.1" in done.stderr
    assert "1 made" in (tmp_path / "news.txt").read_text("utf-8").splitlines()[0]


@pytest.mark.slow
@pytest.mark.parametrize(("names", "said"), [("on", "x: ZeroDivisionError"), ("off", "x\n")])
def test_what_failed_is_told_and_without_names_not_why(names, said, tmp_path):
    """A reason quotes what an engagement says, which may name somebody."""
    notebook = tiny(tmp_path / "n.ipynb", "names: bool = True\n", body="1 / 0")
    table = jsonl(tmp_path / "t.jsonl", {"name": "x"})
    words = ["batch", str(table), "--notebook", str(notebook), "-p", "names", names == "on"]
    words += ["--out", str(tmp_path / "out"), "--notify", f"file:{tmp_path}/news.txt"]
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert (done.exit_code, "failed: x (" in done.stderr) == (1, True)
    assert f"failed: {said}" in (tmp_path / "news.txt").read_text("utf-8") + "\n"
