"""An IPython kernel inside this process: the real one, without sockets, threads or files.

Everything that a notebook can show passes through the same classes as in a kernel of its own
(shell, display publisher, display hook, comms); only the last step differs: a message goes to a
function in this process in place of a socket.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from jupyter_client.session import Session
from traitlets import Any as AnyTrait
from traitlets import Type
from traitlets.config import Config

from workbook.batch.fork.shell import RememberingCompiler, Shell

# Importing its kernel makes ipykernel load a debugger, for which no report has a use.
sys.modules["debugpy"] = None  # type: ignore[assignment]
try:
    from ipykernel import debugger  # noqa: F401 - looks for debugpy now, and only once
    from ipykernel.ipkernel import IPythonKernel
    from ipykernel.kernelapp import IPKernelApp
finally:
    del sys.modules["debugpy"]

Message = dict[str, Any]
Hear = Callable[[Message], object]
Error = tuple[str, str]


class KernelSession(Session):
    """A session whose messages are heard in this process."""

    hear = AnyTrait()

    def send(  # noqa: PLR0913, PLR0917 - the session's signature
        self,
        stream: object,  # noqa: ARG002 - there is one listener
        msg_or_type: Message | str,
        content: Mapping[str, Any] | None = None,
        parent: Message | None = None,
        ident: object = None,  # noqa: ARG002 - nothing is routed
        buffers: list[Any] | None = None,
        track: bool = False,  # noqa: ARG002, FBT001, FBT002 - the session's signature
        header: Message | None = None,
        metadata: Message | None = None,
    ) -> Message:
        """Hand a message to whoever listens; one that cannot be written as JSON raises here.

        A process that the notebook forked says nothing: it is not the report.
        """
        if isinstance(msg_or_type, str):
            message = self.msg(msg_or_type, dict(content or {}), parent, header, metadata)
        else:
            message = msg_or_type
        if os.getpid() != self.pid:
            return message
        message["content"] = self.as_received(message["content"])
        message["buffers"] = [bytes(buffer) for buffer in buffers or ()]
        self.hear(message)
        return message

    def as_received(self, content: Message) -> Message:
        """The content as it would be after its way through a socket: plain JSON, a copy."""
        unpacked: Message = self.unpack(self.pack(content))
        return unpacked


class ReportKernel(IPythonKernel):
    """The kernel of a report: one per process, and nobody can type into it."""

    if TYPE_CHECKING:
        shell: Shell
        session: KernelSession

    shell_class = Type(Shell)
    compiler_class = Type(RememberingCompiler)

    def forget(self) -> None:
        """Hold nothing of the notebook any more."""
        shell = self.shell
        shell.user_ns.clear()
        hook: Any = shell.displayhook
        hook._ = hook.__ = hook.___ = None  # the last three values
        shell.last_execution_result = None

    def start_afresh(self) -> None:
        """Be as before the first cell, for another notebook of ours."""
        with suppress(RuntimeError):  # no notebook ran
            asyncio.get_event_loop().close()
        asyncio.set_event_loop(None)
        self.shell.reset()
        self.comm_manager.comms.clear()
        self.session.hear = lambda _: None

    def enter_eventloop(self) -> None:
        """Nobody sees a window of a report: a toolkit's loop is not run."""

    async def run(self, source: str, request: Message) -> Error | None:
        """Run a cell as the answer to a request; name and text of what it raised, if it did."""
        shell = self.shell
        self.set_parent([], request)
        self._forward_input(allow_stdin=False)
        try:
            result = await shell.run(source)
        finally:
            if os.getpid() != self.session.pid:
                os._exit(0)  # A process that the cell forked has come to the cell's end.
            self._restore_input()
            shell.payload_manager.clear_payload()  # type: ignore[union-attr]
        sys.stdout.flush()
        sys.stderr.flush()
        raised = result.error_before_exec or result.error_in_exec
        if raised is None:
            return ("DisplayError", "") if shell.failed_to_show else None
        return type(raised).__name__, str(raised)


# Libraries and notebooks ask for these names.
ReportKernel.__name__ = ReportKernel.__qualname__ = IPythonKernel.__name__
ReportKernel.__module__ = IPythonKernel.__module__


def make_kernel(profile: Path) -> ReportKernel:
    """The process's kernel. `profile` is a folder of its own: nobody's start-up files are run.

    No history is kept on disk; `In`, `Out` and `_` work as usual.
    """
    from IPython.core.profiledir import ProfileDir

    config = Config()
    config.HistoryManager.enabled = False
    kernel: ReportKernel = ReportKernel.instance(
        config=config,
        user_ns=None,  # that of the shell's `__main__`
        session=KernelSession(hear=lambda _: None, key=os.urandom(16)),
        profile_dir=ProfileDir(location=str(profile)),
        # Asked only whether a cell that awaits runs in the main thread.
        shell_channel_thread=SimpleNamespace(parent_thread=None),
    )
    # Where libraries look for the kernel, and what a kernel of its own loads at its start.
    application = IPKernelApp.instance()
    application.kernel, application.shell = kernel, kernel.shell
    kernel.shell.configurables.append(application)  # type: ignore[arg-type]
    kernel.shell.extension_manager.load_extension("storemagic")  # type: ignore[union-attr]
    # What it does at its end takes longer than to forget the notebook's names.
    atexit.unregister(kernel.shell.atexit_operations)
    return kernel
