"""Kernels that load what screens need while their page is still being read.

An extension of IPython, and the kernel specifications that name it. Loading happens beside the
kernel's own work, so that it answers as soon as ever.
"""

from __future__ import annotations

import importlib
import threading
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

SCREEN = "workbook.widgets.screen"


class Kernels(KernelSpecManager):
    """The kernels that are installed; those of IPython begin to load the screen at once."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The specification of a kernel."""
        spec = super().get_kernel_spec(kernel_name)
        if "ipykernel_launcher" in spec.argv:
            spec.argv = [*spec.argv, f"--IPKernelApp.extra_extensions={__name__}"]
        return spec


def load_ipython_extension(_: Any) -> None:  # noqa: ANN401 - IPython's shell
    """Begin to load; a cell that needs the screen earlier waits for the rest."""
    loads = threading.Thread(
        target=importlib.import_module, args=(SCREEN,), name="workbook loads", daemon=True
    )
    loads.start()
