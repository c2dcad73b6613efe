"""How much a visitor loads."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.recorder.bundles import Built, bundles, sizes, versions
from benchmarks.recorder.contestants import CONTESTANTS
from benchmarks.recorder.report import Outcome, Promise, Table
from hatch_build import BUDGETS

SINK = "http://127.0.0.1:40000"


def measure(built: Built) -> Outcome:
    contents = {"gate": built.gate, "core": built.core, "conduct": built.conduct, "widget": built.widget}
    titles = {"gate": "**usabtest**, gate: every visitor", "core": "**usabtest**, core: participants"}
    titles["conduct"] = "**usabtest**, conductor: participants"
    titles["widget"] = "**usabtest**, widget: participants"
    scripts = bundles(SINK)
    pinned = versions()
    for each in CONTESTANTS:
        if each.entry:
            contents[each.key] = scripts[f"/{each.key}.js"]
            titles[each.key] = " ".join([each.title, *([pinned[each.key]] if each.key in pinned else [])])
    with tempfile.TemporaryDirectory() as folder:
        found = sizes(contents, Path(folder))
    rows = [[titles[key], f"{size.raw}", f"{size.gzip}", f"{size.brotli}"] for key, size in found.items()]
    return Outcome(
        "size",
        [Table("Size in bytes", ["script", "raw", "gzip -9", "brotli 11"], rows)],
        [
            Promise("gate, bytes of brotli", found["gate"].brotli, BUDGETS["snippet"]),
            Promise("core, bytes of brotli", found["core"].brotli, BUDGETS["core"]),
            Promise("widget, bytes of brotli", found["widget"].brotli, BUDGETS["widget"]),
        ],
        {key: asdict(size) for key, size in found.items()},
    )
