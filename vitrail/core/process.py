"""What this process takes of the machine."""

from __future__ import annotations

import os
import resource
import sys
from dataclasses import dataclass
from pathlib import Path

STATUS, DESCRIPTORS = Path("/proc/self/statm"), Path("/proc/self/fd")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process takes.

    Attributes:
        cpu_seconds: Processor time since it started, in user and system.
        memory_bytes: Memory that is resident now; where the system does not tell, the most it was.
        open_files: Open files and sockets, or None where the system does not tell.
        max_files: How many it may have.
    """

    cpu_seconds: float
    memory_bytes: int
    open_files: int | None
    max_files: int


def usage() -> Usage:
    """Read what this process takes: some 50 µs, and 1 µs more for each open file."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    try:
        memory = int(STATUS.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        files = sum(1 for _ in DESCRIPTORS.iterdir())
    except OSError:
        unit = 1 if sys.platform == "darwin" else 1024
        memory, files = spent.ru_maxrss * unit, None
    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return Usage(spent.ru_utime + spent.ru_stime, memory, files, most)
