"""The guided session as an application: Voila with our page, kernels that are warm already.

Kernels run the notebook before anybody is there, so the engagement, step and language come with the
address: the screen reads them when it connects (`?engagement=…&step=…&lang=…`).
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook import resources
from workbook.serve.place import (
    CONNECTION,
    COOKIE_OPTIONS,
    HOST,
    SAFE_PATH,
    SETTINGS,
    address,
    cookie_secret,
    free_port,
    keep_tokens_out_of_logs,
    new_token,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTEBOOK = "00_start.ipynb"
TEMPLATE = "workbook"
WARM = 2
REFILL = 3.0
"""Seconds after an opening until the next kernel is made warm: not while the page is loading."""
IDLE = 120
"""Seconds after which a kernel that nobody is connected to is stopped: a page that was closed or
loaded again has left it behind, and each holds 115 MB."""
SWEEP = 30
"""Seconds between two looks for such kernels."""

EXTENSIONS = [
    "anywidget",
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
]


@dataclass(frozen=True)
class VoilaSession:
    """A session to serve: the workspace, and what its address opens."""

    workspace: Path
    engagement: str = ""
    language: str = ""
    step: str = ""
    actor: str = ""
    port: int = field(default_factory=free_port)
    token: str = field(default_factory=new_token)
    warm: int = WARM

    @property
    def url(self) -> str:
        """The address with its token, which a browser needs once."""
        return address(
            self.port,
            token=self.token,
            engagement=self.engagement,
            step=self.step,
            lang=self.language,
            actor=self.actor,
        )

    def environment(self) -> Mapping[str, str]:
        """What the server and its kernels find in their environment."""
        paths = [str(resources.templates() / "voila"), os.environ.get("JUPYTER_PATH", "")]
        return {
            **os.environ,
            **SAFE_PATH,
            "WORKBOOK_HOME": str(self.workspace.absolute()),
            "JUPYTER_PATH": os.pathsep.join(path for path in paths if path),
        }

    def options(self) -> dict[str, dict[str, Any]]:
        """Voila's configuration."""
        return {
            "Voila": {
                "ip": HOST,
                "port": self.port,
                "port_retries": 0,
                "open_browser": False,
                "token": self.token,
                "cookie_secret": cookie_secret(self.token),
                "log_level": "ERROR",
                "kernel_websocket_connection_class": CONNECTION,
                "tornado_settings": SETTINGS,
            },
            "IdentityProvider": {"cookie_options": COOKIE_OPTIONS},
            "VoilaConfiguration": {
                "template": TEMPLATE,
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "preheat_kernel": self.warm > 0,
                "default_pool_size": self.warm,
                "extension_allowlist": EXTENSIONS,
                "file_allowlist": ["(?!)"],
                "show_tracebacks": False,
            },
            "VoilaKernelManager": {"fill_delay": REFILL},
            "MappingKernelManager": {"cull_idle_timeout": IDLE, "cull_interval": SWEEP},
            # A kernel that was started again would know nothing of its page: it stays dead, and the
            # page says so.
            "KernelManager": {
                "transport": "ipc" if os.name == "posix" else "tcp",
                "autorestart": False,
            },
        }

    def serve(self) -> None:
        """Serve until interrupted."""
        from traitlets.config import Config

        from workbook.serve.guarded import GuardedVoila

        os.environ.update(self.environment())
        keep_tokens_out_of_logs()
        with tempfile.TemporaryDirectory(prefix="workbook-session-") as folder:
            os.chdir(folder)  # Voila runs a voila.py of the current folder.
            GuardedVoila.launch_instance(
                [str(resources.notebooks() / NOTEBOOK)], config=Config(self.options())
            )
