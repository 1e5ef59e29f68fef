"""Kernel processes for notebooks of ours: no folder is on their import path."""

from __future__ import annotations

import sys

from jupyter_client.manager import AsyncKernelManager


class ClosedPath(AsyncKernelManager):
    """Starts Python with -P, which IPython respects: the current folder holds data, not code."""

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        """The command that starts the kernel."""
        command = super().format_kernel_cmd(extra_arguments)
        return [command[0], "-P", *command[1:]] if command[0] == sys.executable else command
