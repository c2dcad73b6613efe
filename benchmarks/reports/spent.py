"""What a piece of work costs: processor time, time on the clock, memory."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spent:
    """`processor_s` is this process' own: what a database server does beside it is only on the clock."""

    processor_s: float
    clock_s: float


def spent(work: Callable[[], object]) -> Spent:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return Spent(time.process_time() - processor, time.perf_counter() - clock)


def memory_of(work: Callable[[str], object], key: str) -> float:
    """How many MiB the work needed at most, in a process of its own."""
    ours, theirs = multiprocessing.get_context("fork").Pipe()
    process = multiprocessing.get_context("fork").Process(target=_send_memory, args=(theirs, work, key))
    process.start()
    mebibytes: float = ours.recv()
    process.join()
    return mebibytes


def _send_memory(pipe: multiprocessing.connection.Connection, work: Callable[[str], object], key: str) -> None:
    before = resident_mib()
    work(key)
    pipe.send(most_resident_mib() - before)


def resident_mib() -> float:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20


def most_resident_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
