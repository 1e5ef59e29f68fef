"""Reports in processes of their own, forked from one that has loaded everything.

    caller      the process that asks; talks to one server             caller.py, wire.py
    server      loads the libraries once, forks, keeps deadlines       server.py, process.py
    child       one report: runs its cells, writes its files, ends     child.py, work.py

In the child a real IPython kernel runs without sockets and threads (kernel.py, streams.py,
outputs.py, cells.py). Forking is safe where the server has one thread and the system is Linux.
"""

from __future__ import annotations
