"""The build of the snippet, on three small sources: what it makes, when it does nothing, how it fails."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SOURCES = {
    "index.js": "console.log('loads ' + __CORE__)",
    "participant.js": "export const part = __CONDUCT__",
    "conduct.js": "export const widget = __WIDGET__",
    "widget/element.js": "export const mount = () => 'widget'",
}

pytestmark = pytest.mark.packaging


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that the build needs, and its packages from npm installed once."""
    root = tmp_path_factory.mktemp("checkout")
    for name in ("hatch_build.py", "package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, root)
    return root


@pytest.fixture
def snippet(checkout: Path) -> Path:
    """The small sources, never built."""
    shutil.rmtree(checkout / "static", ignore_errors=True)
    folder = checkout / "static" / "snippet"
    for name, content in SOURCES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return folder


def test_it_works(checkout: Path, snippet: Path) -> None:
    printed = build(checkout).stdout

    manifest = json.loads((checkout / "static/dist/manifest.json").read_text())
    parts = {manifest["core"], manifest["conduct"], manifest["widget"]}
    assert names_in_dist(checkout) == {"snippet.js", "manifest.json"} | parts
    assert manifest["core"] in (checkout / "static/dist/snippet.js").read_text()
    core, conduct = ((checkout / "static/dist" / manifest[name]).read_text() for name in ("core", "conduct"))
    assert manifest["widget"] in conduct
    assert manifest["conduct"] in core
    assert {"bytes", "gzip", "brotli", "snippet.js", *parts} <= set(printed.split())


def test_it_does_nothing_where_nothing_changed(checkout: Path, snippet: Path) -> None:
    build(checkout)
    before = {path: path.stat().st_mtime_ns for path in (checkout / "static/dist").iterdir()}

    assert build(checkout).stdout == ""
    assert {path: path.stat().st_mtime_ns for path in (checkout / "static/dist").iterdir()} == before


def test_a_change_in_the_widget_renames_all_that_refers_to_it(checkout: Path, snippet: Path) -> None:
    build(checkout)
    before = names_in_dist(checkout)
    (snippet / "widget" / "element.js").write_text("export const mount = () => 'another widget'")

    build(checkout)

    assert names_in_dist(checkout) & before == {"snippet.js", "manifest.json"}
    assert len(names_in_dist(checkout)) == 5


def test_it_builds_again_what_somebody_removed(checkout: Path, snippet: Path) -> None:
    build(checkout)
    (checkout / "static/dist/snippet.js").unlink()

    build(checkout)

    assert (checkout / "static/dist/snippet.js").is_file()


def test_it_names_the_line_that_does_not_parse(checkout: Path, snippet: Path) -> None:
    (snippet / "participant.js").write_text("const a = 1\nconst b = = 2\n")

    failed = build(checkout, expect=1)

    assert failed.stderr.startswith("hatch_build.py: esbuild static/snippet/participant.js failed")
    assert "participant.js:2:10" in failed.stderr


def test_it_names_the_source_that_is_missing(checkout: Path, snippet: Path) -> None:
    (snippet / "index.js").unlink()

    assert build(checkout, expect=1).stderr == "hatch_build.py: static/snippet/index.js is missing\n"


def test_it_needs_no_node_on_the_machine(checkout: Path, snippet: Path) -> None:
    build(checkout, environment={"PATH": "/nonexistent"})

    assert (checkout / "static/dist/snippet.js").is_file()


def test_make_keeps_what_a_build_requires() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())

    assert set(settings["build-system"]["requires"]) <= set(settings["dependency-groups"]["build"])


def test_the_lock_file_names_no_addresses() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())

    assert not [name for name, package in lock["packages"].items() if "resolved" in package]


def build(
    root: Path, *, expect: int = 0, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    cache = {"npm_config_cache": str(ROOT / ".cache" / "npm")}
    done = subprocess.run(
        [sys.executable, "hatch_build.py"],
        cwd=root,
        env={**os.environ, **cache, **(environment or {})},
        capture_output=True,
        text=True,
    )
    assert done.returncode == expect, done.stdout + done.stderr
    return done


def names_in_dist(root: Path) -> set[str]:
    return {path.name for path in (root / "static" / "dist").glob("[!.]*")}
