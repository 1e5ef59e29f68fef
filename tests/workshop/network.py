"""Two machines on one network, made of namespaces that end with this program: host and phone.

Run below `unshare -rn`. It starts `workbook workshop` on the host's side, looks who listens, and
answers from the phone's side, before and after the network was away. It prints what it saw as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from workbook.serve.place import free_port

HOST, PHONE, AWAY = "198.51.100.1", "198.51.100.7", "198.51.100.254"
LISTENS = "0A"
SECONDS = 2.0
"""How long the network is away."""
WORKBOOK = Path(sys.executable).with_name("workbook")


def run(*words: object) -> None:
    """A command that has to succeed."""
    subprocess.run([*map(str, words)], check=True, capture_output=True)


def phone() -> subprocess.Popen[bytes]:
    """A machine on the other end of a wire; it is there as long as this process."""
    other = subprocess.Popen(["unshare", "-n", "sleep", "600"])
    own = Path("/proc/self/ns/net").readlink()
    while Path(f"/proc/{other.pid}/ns/net").readlink() == own:
        time.sleep(0.01)
    run("ip", "link", "set", "lo", "up")
    run("ip", "link", "add", "room", "type", "veth", "peer", "name", "phone")
    run("ip", "link", "set", "phone", "netns", other.pid)
    run("ip", "address", "add", f"{HOST}/24", "dev", "room")
    beside = ["nsenter", "-t", other.pid, "-n", "ip"]
    run(*beside, "address", "add", f"{PHONE}/24", "dev", "phone")
    run(*beside, "link", "set", "phone", "up")
    wire("up")
    return other


def wire(state: str) -> None:
    """Plug the wire in, or out. Whoever leaves the room's network goes by a gateway."""
    run("ip", "link", "set", "room", state)
    if state == "up":
        run("ip", "route", "add", "default", "via", AWAY, "dev", "room")


def listeners() -> list[str]:
    """The addresses of this side that somebody listens on."""
    lines = Path("/proc/net/tcp").read_text("utf-8").splitlines()[1:]
    lines += Path("/proc/net/tcp6").read_text("utf-8").splitlines()[1:]
    fields = [line.split() for line in lines]
    places = (field[1].rpartition(":") for field in fields if field[3] == LISTENS)
    return sorted(f"{_dotted(address)}:{int(port, 16)}" for address, _, port in places)


def _dotted(address: str) -> str:
    return ".".join(str(byte) for byte in reversed(bytes.fromhex(address)))


def hosting(folder: str, *words: str) -> tuple[subprocess.Popen[str], str]:
    """A host and the address that it names, once it listens."""
    command = [WORKBOOK, "workshop", "lorient", "--no-browser", "--workspace", folder, *words]
    host = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert host.stdout
    address = host.stdout.readline().split()[-1]
    while len(listeners()) < (2 if "--lan" in words else 1):
        assert host.poll() is None, "the host stopped"
        time.sleep(0.05)
    return host, address


def main(folder: str, link: str) -> None:
    """What is seen without --lan, then with it, and over a network that goes and comes."""
    other, port = phone(), str(free_port())
    host, address = hosting(folder, "--port", port)
    report = {"port": int(port), "alone": listeners()}
    host.terminate()
    host.wait(20)
    host, address = hosting(folder, "--port", port, "--lan")
    report |= {"room": listeners(), "origin": "{0.scheme}://{0.netloc}".format(urlsplit(address))}
    asking = ["nsenter", "-t", other.pid, "-n", sys.executable, "-m", "tests.workshop.phone"]
    words = [*map(str, asking), report["origin"], link]
    with subprocess.Popen(words, stdin=-1, stdout=-1, text=True) as person:
        assert person.stdin
        assert person.stdout
        report["before"] = json.loads(person.stdout.readline())
        wire("down")
        person.stdin.write("\n")
        person.stdin.flush()
        time.sleep(SECONDS)
        assert host.stdout
        own = host.stdout.readline().split()[-1]
        with urlopen(own, timeout=20) as board:  # noqa: S310 - our own host
            report["board"] = [urlsplit(board.url).netloc, board.status]
        report["during"] = host.poll()
        wire("up")
        report["after"] = json.loads(person.stdout.readline())
    host.terminate()
    report["ended"] = host.wait(20)
    other.kill()
    other.wait()
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    main(*sys.argv[1:])
