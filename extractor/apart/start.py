"""How a process of our own is started: the same interpreter and modules, one thread, pipes, out of Ctrl-C's reach."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

_BOOT = (
    "import sys,json;from importlib import import_module as m;sys.path[:]=json.loads(sys.argv[3]);"
    "m(sys.argv[1]).main(json.loads(sys.argv[2]))"
)
# One thread and few arenas: a child's address space is then what it uses, not what it might.
_FRUGAL = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}


def started(module: str, setup: str) -> subprocess.Popen[bytes]:
    """A process that runs the ``main`` of a module on a JSON object; questions go in, answers come out."""
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _BOOT, module, setup, _search_path()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | _FRUGAL,
        start_new_session=True,  # Ctrl-C reaches the parent alone
        bufsize=0,
    )


def own_streams() -> tuple[int, int]:
    """In the child: its pipes as descriptors that no library knows; what libraries print goes nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    questions, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    return questions, answers


def _search_path() -> str:
    """Where the parent finds its modules, as JSON; never the current folder unless it was named."""
    return json.dumps([path for path in sys.path if path])
