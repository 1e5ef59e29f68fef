"""Reports in processes that are forked from one which has loaded everything.

    caller      the process that asks; talks to one server             caller.py, wire.py
    server      loads the libraries once, forks, keeps deadlines       server.py, process.py
    child       one report, or many of ours: runs cells, writes files  child.py, work.py

In the child a real IPython kernel runs without sockets and threads (kernel.py, streams.py,
outputs.py, cells.py). Forking is safe where the server has one thread and the system is Linux.
"""

from __future__ import annotations
