"""What the package promises to those who import it."""

import ast
import inspect
import re
import subprocess
import sys
from dataclasses import is_dataclass
from pathlib import Path

import pytest

from usabtest import metrics
from usabtest.metrics.check import RUNNERS

ROOT = Path(__file__).parents[3]
FUNCTIONS = {name: getattr(metrics, name) for name in metrics.__all__ if inspect.isfunction(getattr(metrics, name))}
RESULTS = {name: getattr(metrics, name) for name in metrics.__all__ if is_dataclass(getattr(metrics, name))}
# What the modules of the package share, as `intervals` does, and keep to themselves.
SHARED = {
    "Summary", "as_answers", "check_range", "design_of", "nps_adjusted", "on_scale", "pooled_d", "summary_of",
    "whole_ratings",
}  # fmt: skip
REFERENCE = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")


def in_a_fresh_python(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout


def test_importing_the_metrics_does_not_import_what_few_need():
    loaded = in_a_fresh_python("import sys, usabtest.metrics; print(*sys.modules)").split()

    assert {
        "flask", "sqlalchemy", "jinja2", "werkzeug", "statsmodels", "pandas", "matplotlib", "scipy.stats",
    }.isdisjoint(loaded)  # fmt: skip


def test_importing_the_metrics_brings_nothing_but_scipy_and_itself():
    brought = in_a_fresh_python(
        "import sys, scipy.stats; before = set(sys.modules); import usabtest.metrics;"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names))"
    )

    assert brought.split() == ["usabtest"]


def test_every_public_name_of_a_module_is_exported():
    for path in (ROOT / "usabtest" / "metrics").rglob("*.py"):
        if path.stem in {"__init__", "__main__", "check", "intervals"}:
            continue
        public = {
            node.name
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        }
        assert public - SHARED <= set(metrics.__all__), path.name


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_says_all_it_must(name):
    text = inspect.getdoc(FUNCTIONS[name]) or ""

    for section in ("Parameters", "Returns", "Examples"):
        assert f"{section}\n{'-' * len(section)}" in text, section
    for parameter in inspect.signature(FUNCTIONS[name]).parameters:
        assert re.search(rf"^(\w+, )*{parameter}(, \w+)*( :|$)", text, re.MULTILINE), parameter


@pytest.mark.parametrize("name", RESULTS)
def test_results_cannot_be_changed(name):
    parameters = RESULTS[name].__dataclass_params__

    assert parameters.frozen
    assert "__slots__" in vars(RESULTS[name])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_reference_has_every_function(name):
    assert f"`{name}`" in REFERENCE


@pytest.mark.parametrize("name", RUNNERS)
def test_the_reference_has_every_metric_of_the_runner(name):
    assert f"`{name}`" in REFERENCE


@pytest.mark.parametrize("flag", metrics.Flag)
def test_the_reference_has_every_flag(flag):
    assert f"| `{flag}` |" in REFERENCE


def test_the_reference_says_how_well_the_intervals_keep_their_word():
    table = REFERENCE.partition("<!-- coverage: begin -->")[2].partition("<!-- coverage: end -->")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")]

    assert len(rows) > 10
    assert "n = 5 | n = 10 | n = 20" in rows[0]


def test_the_reference_names_nothing_that_is_not_there():
    rows = re.findall(r"^\| `(\w+)` \|", REFERENCE, re.MULTILINE)

    assert set(rows) == FUNCTIONS.keys() | RUNNERS.keys() | set(metrics.Flag)
    assert len(rows) == len(set(rows)) + len(FUNCTIONS.keys() & RUNNERS.keys())
