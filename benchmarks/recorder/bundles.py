"""What the contestants load: the floors and peers bundled as a site would, ours as `make build` makes it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.recorder.contestants import CONTESTANTS, PACKAGES, Contestant, Kind, Variant
from hatch_build import TARGET, build, find_tools, install_packages, run

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

NO_WIDGET = b"export const mount=()=>({unmount(){}})"
NO_CONDUCTOR = b"export const conduct=()=>{}"

MEASURE = """
const zlib = require("node:zlib"), fs = require("node:fs");
const sizes = process.argv.slice(1).map(path => {
  const bytes = fs.readFileSync(path);
  return [bytes.length, zlib.gzipSync(bytes, {level: 9}).length, zlib.brotliCompressSync(bytes).length];
});
console.log(JSON.stringify(sizes));
"""


@dataclass(frozen=True, slots=True)
class Built:
    """Ours, read once, so that a build that comes in between changes nothing in a run."""

    gate: bytes
    core_name: str
    core: bytes
    conduct_name: str
    conduct: bytes
    widget_name: str
    widget: bytes

    def files(self) -> dict[str, bytes]:
        """Return what the sink serves, by path: each variant has a folder of its own."""
        served: dict[str, bytes] = {}
        for variant in Variant:
            served[f"/{variant}/snippet.js"] = self.gate
            served[f"/{variant}/snippet/{self.core_name}"] = self.core
            conducts = variant is not Variant.RECORDER
            served[f"/{variant}/snippet/{self.conduct_name}"] = self.conduct if conducts else NO_CONDUCTOR
            served[f"/{variant}/snippet/{self.widget_name}"] = NO_WIDGET if variant is Variant.CORE else self.widget
        return served


@dataclass(frozen=True, slots=True)
class Size:
    raw: int
    gzip: int
    brotli: int


def ours(dist: Path | None = None) -> Built:
    """Return what stands in `dist`, else what the sources make now."""
    if dist is None:
        build(ROOT)
        dist = ROOT / "static" / "dist"
    names = json.loads((dist / "manifest.json").read_text())
    return Built(
        gate=(dist / "snippet.js").read_bytes(),
        core_name=names["core"],
        core=(dist / names["core"]).read_bytes(),
        conduct_name=names["conduct"],
        conduct=(dist / names["conduct"]).read_bytes(),
        widget_name=names["widget"],
        widget=(dist / names["widget"]).read_bytes(),
    )


def install_peers() -> None:
    """Put the peers in place, by way of the repository's one cache."""
    os.environ.setdefault("npm_config_cache", str(ROOT / ".cache" / "npm"))
    install_packages(ROOT, find_tools())
    install_packages(HERE, find_tools())


def bundle(contestant: Contestant, sink_url: str) -> bytes:
    """Return a floor or a peer as one small script that talks to the sink."""
    tools = find_tools()
    options = ["--bundle", "--minify", "--format=iife", f"--target={TARGET}", "--log-level=warning"]
    esbuild = ROOT / "node_modules" / "esbuild" / "bin" / "esbuild"
    define = f"--define:__SINK__={json.dumps(sink_url)}"
    return run(
        [*tools.node, str(esbuild), str(contestant.entry), *options, define], HERE, f"esbuild {contestant.entry}"
    )


def bundles(sink_url: str) -> dict[str, bytes]:
    """Return the scripts of floors and peers by the path that the site serves them at."""
    return {f"/{each.key}.js": bundle(each, sink_url) for each in CONTESTANTS if each.entry}


def tags(sink_url: str) -> dict[str, str]:
    """Return each contestant's tag: the one that its makers tell people to paste."""
    return {each.key: _tag(each, sink_url) for each in CONTESTANTS}


def _tag(contestant: Contestant, sink_url: str) -> str:
    if contestant.kind is Kind.NONE:
        return ""
    if contestant.kind is Kind.OURS:
        return f'<script async src="{sink_url}/{contestant.key}/snippet.js"></script>'
    return f'<script async src="/{contestant.key}.js"></script>'


def sizes(contents: Mapping[str, bytes], folder: Path) -> dict[str, Size]:
    """Return the size of each content, as it is and compressed; by way of files in a folder."""
    paths = []
    for place, content in enumerate(contents.values()):
        paths.append(folder / str(place))
        paths[-1].write_bytes(content)
    answer = run([*find_tools().node, "-e", MEASURE, *map(str, paths)], folder, "measuring sizes")
    return {key: Size(*each) for key, each in zip(contents, json.loads(answer), strict=True)}


def versions() -> dict[str, str]:
    """Return the pinned version of each peer."""
    pinned = json.loads((HERE / "package.json").read_text())["dependencies"]
    return {key: pinned[package] for key, package in PACKAGES.items()}
