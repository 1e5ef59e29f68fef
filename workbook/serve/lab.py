"""The notebooks in JupyterLab: start page open, code and sidebars out of the way, language chosen.

Everything that we set lies in a folder of this run, so that a person's own JupyterLab stays as
it is.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbook.i18n import ENGLISH, base, voice
from workbook.serve.place import (
    CONNECTION,
    COOKIE_OPTIONS,
    HOST,
    SAFE_PATH,
    SETTINGS,
    address,
    free_port,
    keep_tokens_out_of_logs,
    new_token,
)
from workbook.serve.trust import put_back, sign
from workbook.workspace import Workspace

START = "00_start.ipynb"
NOT_OURS = ("ploomber-extension", "@voila-dashboards/jupyterlab-preview")
"""Buttons that come with what we build on and measure us against; nobody here needs them."""
CSS = """\
.jp-Notebook .jp-InputPlaceholder, .jp-Notebook .jp-Placeholder { display: none; }
.jp-Notebook .jp-OutputPrompt, .jp-Notebook .jp-InputPrompt {
  visibility: hidden; min-width: 8px; flex: 0 0 8px;
}
.jp-Notebook :is(.jp-Collapser, .jp-OutputArea-promptOverlay) { display: none !important; }
.jp-OutputArea-child:has(.owb-session) .jp-OutputArea-output { overflow: visible; }
.jp-Notebook:has(.owb-session:not(.static)) .jp-MarkdownCell { display: none; }
.jp-Notebook:has(button[data-commandlinker-command])
  .jp-OutputArea-child:has(.owb-session.static) { display: none; }
button[data-commandlinker-command] {
  border: 0; border-radius: 8px; padding: 12px 22px; cursor: pointer;
  font: 600 16px/1.3 system-ui, sans-serif; color: #fff; background: #0b5d66;
}
.jp-NotebookPanel:not(:has(.jp-Notebook-ExecutionIndicator:is(
  [data-status="idle"], [data-status="busy"]
))) p:has(> button[data-commandlinker-command]) {
  &::before { content: "…"; position: absolute; font-weight: 600; }
  > button { visibility: hidden; }
}
button[data-commandlinker-command]:focus-visible { outline: 3px solid #1f6feb; }
"""


def locale_name(language: str) -> str:
    """What JupyterLab calls a language: with the country where most people speak it, “fr_FR”."""
    from babel import Locale
    from babel.core import get_global

    if base(language) in ("", ENGLISH):
        return ENGLISH
    own = voice(language).locale
    usual = Locale.parse(get_global("likely_subtags").get(own.language, own.language))
    return "_".join(filter(None, (own.language, own.territory or usual.territory)))


@dataclass(frozen=True)
class Lab:
    """JupyterLab on a workspace."""

    workspace: Path
    engagement: str = ""
    language: str = ""
    port: int = field(default_factory=free_port)
    token: str = field(default_factory=new_token)

    @property
    def url(self) -> str:
        """The address with its token."""
        return address(self.port, f"/doc/tree/notebooks/{START}", token=self.token)

    def prepare(self, folder: Path) -> tuple[Path, ...]:
        """Write settings, style and trust into a folder; returns notebooks that are not trusted."""
        copies = Workspace.at(self.workspace).bring_notebooks()
        trusted = put_back(copies)
        settings = {
            "@jupyterlab/apputils-extension:notification": {
                "fetchNews": "false",
                "checkForUpdates": False,
            },
            "@jupyterlab/translation-extension:plugin": {"locale": locale_name(self.language)},
            "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
            "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
        }
        pages = {"disabledExtensions": dict.fromkeys(NOT_OURS, True)}
        for name, text in {
            "settings/overrides.json": json.dumps(settings, indent=1),
            "settings/page_config.json": json.dumps(pages, indent=1),
            "config/custom/custom.css": CSS,
            "config/jupyter_server_config.json": json.dumps(self.options(folder), indent=1),
            "config/jupyter_lab_config.json": json.dumps(self.options(folder), indent=1),
        }.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        sign(trusted, folder / "trust.db", folder / "trust_secret")
        return tuple(path for path in copies if path not in trusted)

    def environment(self, folder: Path) -> Mapping[str, str]:
        """What the server and its kernels find in their environment."""
        choices = {"WORKBOOK_ENGAGEMENT": self.engagement, "WORKBOOK_LANG": self.language}
        chosen = {name: value for name, value in choices.items() if value}
        return {
            **os.environ,
            **SAFE_PATH,
            "WORKBOOK_HOME": str(self.workspace.absolute()),
            "JUPYTER_CONFIG_DIR": str(folder / "config"),
            **chosen,
        }

    def options(self, folder: Path) -> dict[str, dict[str, Any]]:
        """JupyterLab's configuration, which each of its applications reads from a file."""
        root = {"allow_root": True} if hasattr(os, "geteuid") and os.geteuid() == 0 else {}
        return {
            "ServerApp": {
                "ip": HOST,
                "port": self.port,
                "port_retries": 0,
                "open_browser": False,
                "root_dir": str(self.workspace.absolute()),
                "log_level": "ERROR",
                "kernel_spec_manager_class": "workbook.serve.kernels.Kernels",
                "kernel_websocket_connection_class": CONNECTION,
                "tornado_settings": SETTINGS,
                **root,
            },
            "IdentityProvider": {"token": self.token, "cookie_options": COOKIE_OPTIONS},
            "LabApp": {
                "default_url": f"/doc/tree/notebooks/{START}",
                "custom_css": True,
                "expose_app_in_browser": True,
                "app_settings_dir": str(folder / "settings"),
                "user_settings_dir": str(folder / "user"),
                "workspaces_dir": str(folder / "workspaces"),
                "extension_manager": "readonly",
                "news_url": None,
            },
            "NotebookNotary": {
                "db_file": str(folder / "trust.db"),
                "secret_file": str(folder / "trust_secret"),
            },
            "KernelManager": {"transport": "ipc" if os.name == "posix" else "tcp"},
        }

    def serve(self) -> None:
        """Serve until interrupted."""
        from jupyterlab.labapp import LabApp  # type: ignore[import-untyped]

        with tempfile.TemporaryDirectory(prefix="workbook-lab-") as name:
            folder = Path(name)
            self.prepare(folder)
            os.environ.update(self.environment(folder))
            keep_tokens_out_of_logs()
            os.chdir(folder)  # Voila's extension runs a voila.py of the current folder.
            LabApp.launch_instance([])
