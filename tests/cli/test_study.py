"""usabtest study: files in and out."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from usabtest import migrations
from usabtest.app import create_app
from usabtest.cli import main
from usabtest.config import Config
from usabtest.db import db

FILE = """\
key: shop-checkout
title: Shop checkout, round 2
sites: ["https://shop.example"]
tasks:
  - title: Find a book
    scenario: Put one into the basket.
    start_url: https://shop.example/
    success: [{url: /basket/}]
"""


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("USABTEST_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("USABTEST_DATABASE_URL", raising=False)
    monkeypatch.delenv("USABTEST_PUBLIC_URL", raising=False)
    if migrations.head() is None:
        app = create_app(Config.from_env())
        with app.app_context():
            db.create_all()
            db.engine.dispose()
    runner = CliRunner()
    run(
        runner,
        "user",
        "create",
        "admin@example.org",
        "--role",
        "admin",
        "--password-stdin",
        sent="otter umbrella seven",
    )
    return runner


def run(command: CliRunner, *arguments: str, sent: str | None = None, fails: bool = False) -> Result:
    result = command.invoke(main, arguments, input=sent)
    assert result.exit_code == (1 if fails else 0), result.output
    return result


def test_it_works(command: CliRunner) -> None:
    imported = run(command, "study", "import", "-", sent=FILE)

    assert json.loads(imported.stdout) == {
        "key": "shop-checkout",
        "links": {
            "participant": "http://127.0.0.1:8000/s/shop-checkout",
            "edit": "http://127.0.0.1:8000/studies/shop-checkout",
            "report": "http://127.0.0.1:8000/studies/shop-checkout/report",
        },
        "snippet": '<script async src="http://127.0.0.1:8000/snippet.js"></script>',
    }
    assert "Warning: http://127.0.0.1:8000 is this machine alone" in imported.stderr
    assert run(command, "study", "list").stdout == ("shop-checkout\tdraft\tadmin@example.org\tShop checkout, round 2\n")


def test_what_is_exported_can_be_imported(command: CliRunner, tmp_path: Path) -> None:
    run(command, "study", "import", "-", sent=FILE)
    exported = run(command, "study", "export", "shop-checkout").stdout
    file = tmp_path / "study.yaml"
    file.write_text(exported)

    run(command, "study", "import", str(file), "--replace")

    assert run(command, "study", "export", "shop-checkout").stdout == exported


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_said_in_a_line(command: CliRunner, capsys: pytest.CaptureFixture[str]) -> None:
    run(command, "study", "import", "-", sent=FILE)

    with (
        contextlib.suppress(OSError),  # the file has still not written it when it is closed
        open("/dev/full", "w", buffering=1) as full,
        contextlib.redirect_stdout(full),
        pytest.raises(SystemExit) as exited,
    ):
        main(["study", "export", "shop-checkout"])

    assert exited.value.code == 1
    assert capsys.readouterr().err == "Error: What is printed cannot be written or read: No space left on device.\n"


def test_every_fault_has_its_own_line_and_nothing_is_kept(command: CliRunner) -> None:
    bad = FILE.replace("/basket/", "basket") + "quota: no\ncolour: red\n"

    failed = run(command, "study", "import", "-", sent=bad, fails=True)

    assert failed.stdout == ""
    paths = {line.partition(":")[0] for line in failed.stderr.splitlines()}
    assert paths == {"tasks[0].success[0].url", "quota", "colour"}
    assert run(command, "study", "list").stdout == ""


def test_an_existing_key_is_refused_and_a_draft_replaced(command: CliRunner) -> None:
    run(command, "study", "import", "-", sent=FILE)

    refused = run(command, "study", "import", "-", sent=FILE, fails=True)
    run(command, "study", "import", "-", "--replace", sent=FILE.replace("round 2", "round 3"))
    run(command, "study", "status", "shop-checkout", "live")
    too_late = run(command, "study", "import", "-", "--replace", sent=FILE, fails=True)

    assert "shop-checkout already" in refused.stderr
    assert "round 3" in run(command, "study", "list").stdout
    assert "only a draft" in too_late.stderr


def test_the_status_is_set_and_what_is_missing_said(command: CliRunner) -> None:
    run(command, "study", "import", "-", sent='{"key": "empty", "title": "Empty", "sites": ["http://localhost:9000"]}')

    refused = run(command, "study", "status", "empty", "live", fails=True)

    assert refused.stderr.startswith("tasks: ")
    assert command.invoke(main, ["study", "status", "empty", "open"]).exit_code == 2
    assert "unknown" in run(command, "study", "status", "unknown", "live", fails=True).stderr


def test_a_local_site_brings_no_warning(command: CliRunner) -> None:
    local = FILE.replace("https://shop.example", "http://127.0.0.1:9000")

    assert run(command, "study", "import", "-", sent=local).stderr == ""


def test_an_owner_can_be_named(command: CliRunner) -> None:
    run(
        command,
        "user",
        "create",
        "rosa@example.org",
        "--role",
        "moderator",
        "--password-stdin",
        sent="otter umbrella six",
    )

    run(command, "study", "import", "-", "--owner", "rosa@example.org", sent=FILE)

    assert "rosa@example.org" in run(command, "study", "list").stdout
    assert run(
        command, "study", "import", "-", "--owner", "x@example.org", sent=FILE.replace("shop-checkout", "b"), fails=True
    )
