"""What a piece of work costs: processor time, time on the clock, memory."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any


@dataclass(frozen=True, slots=True)
class Spent:
    """`processor_s` is this process' own: what a database server does beside it is only on the clock."""

    processor_s: float
    clock_s: float


def spent(work: Callable[[], object]) -> Spent:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return Spent(time.process_time() - processor, time.perf_counter() - clock)


def apart(work: Callable[..., object], *given: object) -> Any:
    """What the work returns, done by an interpreter of its own, whose memory nobody else has used before."""
    start = multiprocessing.get_context("spawn")
    ours, theirs = start.Pipe()
    process = start.Process(target=_send, args=(theirs, work, given))
    process.start()
    theirs.close()  # so that a process that fails is not waited for
    found = ours.recv()
    process.join()
    return found


def _send(pipe: Connection, work: Callable[..., object], given: tuple[object, ...]) -> None:
    pipe.send(work(*given))


def resident_mib() -> float:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20


def most_resident_mib() -> float:
    """Since this program began; getrusage would tell of the process that started it, if that was larger."""
    with open("/proc/self/status") as file:
        [line] = (line for line in file if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024
