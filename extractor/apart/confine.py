"""What a child gives up before it reads a stranger's file: memory without end, the network, other
programs.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
import sys
from contextlib import suppress
from typing import Any

_MAX_FILE = (
    64 << 20
)  # bytes a child may write to one file: libraries keep small caches, nothing else is written
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER_MODE = 1, 38, 22, 2
_EACCES = 13
# Audit architecture and numbers of socket, connect, execve, execveat, ptrace, io_uring_setup.
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 117, 425)),
}
_X32 = 0x40000000  # system calls of the x32 interface begin here
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.system", "os.posix_spawn", "os.spawn", "os.fork")


def confine(memory: int) -> None:
    """Limits this process for good; ``memory`` in bytes of address space. What a system lacks is left out."""
    with suppress(ImportError):
        _limit(memory)
    _die_with_parent()
    if not _forbid_calls():
        sys.addaudithook(_forbid_events)


def _limit(memory: int) -> None:
    import resource

    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, _MAX_FILE),
    ):
        with suppress(ValueError, OSError):
            hard = resource.getrlimit(what)[1]
            least = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (least, least))


def _die_with_parent() -> None:
    """However the parent ends, this process ends too, even within native code (Linux)."""
    parent = os.getppid()
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _forbid_calls() -> bool:
    """Has the kernel refuse connections and other programs; whether it does."""
    known = _CALLS.get(platform.machine())
    if sys.platform != "linux" or known is None or sys.maxsize < 2**32:
        return False
    code = _filter(*known)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(buffer))
    return _prctl(_PR_SET_NO_NEW_PRIVS, 1) and _prctl(_PR_SET_SECCOMP, _FILTER_MODE, program)


def _filter(architecture: int, numbers: tuple[int, ...]) -> bytes:
    """A BPF program: refuse these calls (EACCES), and all calls of another architecture; allow the others."""
    load, equal, at_least, give = 0x20, 0x15, 0x35, 0x06
    n = len(numbers)
    steps = [
        (load, 0, 0, 4),
        (equal, 0, n + 3, architecture),
        (load, 0, 0, 0),
        (at_least, n + 1, 0, _X32),
        *((equal, n - i, 0, number) for i, number in enumerate(numbers)),
        (give, 0, 0, 0x7FFF0000),
        (give, 0, 0, 0x00050000 | _EACCES),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def _prctl(option: int, *arguments: Any) -> bool:
    words = [ctypes.c_char_p(a) if isinstance(a, bytes) else ctypes.c_ulong(int(a)) for a in arguments]
    words += [ctypes.c_ulong(0)] * (4 - len(words))
    try:
        return bool(ctypes.CDLL(None, use_errno=True).prctl(ctypes.c_int(option), *words) == 0)
    except (OSError, AttributeError):
        return False


def _forbid_events(event: str, _: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"{event}: not while reading a file")


def reset_peak() -> None:
    """Lets the next ``memory_used`` begin anew (Linux)."""
    with suppress(OSError), open("/proc/self/clear_refs", "wb") as file:
        file.write(b"5")


def memory_used() -> tuple[int, int]:
    """Bytes of memory held at the most since the last reset, and now; the former of all times where
    unknown.
    """
    try:
        with open("/proc/self/status", "rb") as file:
            lines = dict(line.split(b":", 1) for line in file if line.startswith((b"VmHWM", b"VmRSS")))
        peak, now = (int(lines[name].split()[0]) << 10 for name in (b"VmHWM", b"VmRSS"))
        return peak, now
    except (OSError, KeyError, ValueError):
        return _peak_of_all_times(), 0


def _peak_of_all_times() -> int:
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
