"""No room: a small disk that is full, and a limit to how long a file may be, as a quota sets it."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from pathlib import Path

from tests.faults.calls import Scene, holds, run

PAGE = 4096
SMALL_DISK = """
set -e
mount -t tmpfs -o size=64m small "$1"
cp -r "$2/." "$1"
cd "$1"
head -c "$(( ($(stat -f -c %a .) - $3) * $(stat -f -c %S .) ))" /dev/zero > .filler
out="$4"
shift 4
set +e
"$@" 2> "$out.said"; echo $? > "$out.code"
rm .filler
cp -r . "$out-first"
"$@"
code=$?
cp -r . "$out-second"
exit $code
"""


def small_disks() -> bool:
    """Whether a disk of one's own can be made here."""
    tried = ["unshare", "-rm", "mount", "-t", "tmpfs", "small", "/mnt"]
    return bool(shutil.which("unshare")) and not subprocess.run(tried, check=False).returncode


def full_disk(scene: Scene, pages: int) -> str:
    """Run a command on a disk with so many free pages, then with room; what it said at first."""
    scene.reset()
    out = scene.folder.with_name(f"{scene.folder.name}-out")
    for old in out.parent.glob(f"{out.name}-*"):
        shutil.rmtree(old)
    program = str(Path(sys.executable).with_name("workbook"))
    places = (str(scene.folder), str(scene.kept), str(pages), str(out))
    words = ["unshare", "-rm", "sh", "-c", SMALL_DISK, "sh", *places, program, *scene.command]
    second = subprocess.run(words, capture_output=True, timeout=300, check=False)
    code = int(Path(f"{out}.code").read_text())
    said = Path(f"{out}.said").read_bytes()
    first = subprocess.CompletedProcess(words, code, b"", said)
    holds(scene, f"{pages} pages free", first, scene.state(Path(f"{out}-first")))
    assert second.returncode == 0, (pages, second.stderr.decode()[-600:])
    assert scene.state(Path(f"{out}-second")) == scene.after, pages
    return said.decode()


def short_files(scene: Scene, most: int) -> str:
    """Run a command none of whose files may be longer, then without limit; what it said first."""
    scene.reset()
    # Python itself keeps half of a compiled module if it finds no room for the whole.
    ran = run(
        scene.folder,
        *scene.command,
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        env={"PYTHONDONTWRITEBYTECODE": "1"},
    )
    holds(scene, f"at most {most} bytes", ran, scene.state())
    again = scene.run()
    assert again.returncode == 0, (most, again.stderr.decode()[-600:])
    assert scene.state() == scene.after, most
    return ran.stderr.decode()
