"""What importing usabtest.metrics costs beyond scipy.stats, in CPU milliseconds.

`python benchmarks/metrics/start.py`, in the root of the repository.
"""

from __future__ import annotations

import statistics
import subprocess
import sys

ROUNDS = 9
CODE = (
    "import time; begun = time.process_time(); import scipy.stats; between = time.process_time();"
    "import usabtest.metrics; print(1000 * (between - begun), 1000 * (time.process_time() - between))"
)


def main() -> None:
    runs = [
        subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True) for _ in range(ROUNDS)
    ]
    pairs = [tuple(map(float, run.stdout.split())) for run in runs]
    scipy_ms, ours_ms = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"scipy.stats {scipy_ms:.0f} ms, usabtest.metrics {ours_ms:.0f} ms more (at most 150), medians of {ROUNDS}")


if __name__ == "__main__":
    main()
