"""Launchers: a guided session in Voila, the notebooks in JupyterLab; on loopback, with a token."""

from __future__ import annotations

from workbook.serve.lab import Lab
from workbook.serve.place import address, free_port, new_token, place_of
from workbook.serve.voila import VoilaSession

__all__ = ["Lab", "VoilaSession", "address", "free_port", "new_token", "place_of"]
