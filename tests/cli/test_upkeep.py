from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.cli.conftest import Run
from usabtest.cli import main
from usabtest.cli.upkeep import unsafe
from usabtest.config import Config

PASSWORD = "otter umbrella seven\n"


def create(usabtest: Run, email: str) -> None:
    usabtest("user", "create", email, "--role", "admin", "--password-stdin", sent=PASSWORD)


def test_a_backup_brings_back_what_was(usabtest: Run, tmp_path: Path) -> None:
    create(usabtest, "rosa@example.org")
    copy = tmp_path / "copy.sqlite3"
    assert usabtest("backup", str(copy)).exit_code == 0
    create(usabtest, "paul@example.org")

    assert usabtest("restore", str(copy), "--yes").exit_code == 0

    assert usabtest("user", "list").stdout == "rosa@example.org\tadmin\tactive\t\n"


def test_what_was_there_before_a_restore_is_kept(usabtest: Run, tmp_path: Path, data_dir: Path) -> None:
    create(usabtest, "rosa@example.org")
    usabtest("backup", str(tmp_path / "copy.sqlite3"))
    create(usabtest, "paul@example.org")

    usabtest("restore", str(tmp_path / "copy.sqlite3"), "--yes")

    (kept,) = data_dir.glob("usabtest.sqlite3.before-*")
    with sqlite3.connect(kept) as database:
        assert database.execute('SELECT count(*) FROM "user"').fetchone() == (2,)
    database.close()


def test_a_backup_is_for_its_owner_alone(usabtest: Run, tmp_path: Path) -> None:
    usabtest("backup", str(tmp_path / "copy.sqlite3"))

    assert stat.S_IMODE((tmp_path / "copy.sqlite3").stat().st_mode) == 0o600
    assert list(tmp_path.glob("*.unfinished*")) == []


def test_no_backup_is_overwritten(usabtest: Run, tmp_path: Path) -> None:
    (tmp_path / "copy.sqlite3").write_text("precious")

    result = usabtest("backup", str(tmp_path / "copy.sqlite3"))

    assert result.exit_code == 1
    assert "exists" in result.stderr
    assert (tmp_path / "copy.sqlite3").read_text() == "precious"


def test_a_backup_that_cannot_be_written_is_said(usabtest: Run, tmp_path: Path) -> None:
    result = usabtest("backup", str(tmp_path / "no" / "folder.sqlite3"))

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


def test_a_damaged_database_is_said_in_a_line_and_can_be_restored(
    usabtest: Run, tmp_path: Path, data_dir: Path
) -> None:
    create(usabtest, "rosa@example.org")
    usabtest("backup", str(tmp_path / "copy.sqlite3"))
    data_dir.joinpath("usabtest.sqlite3").write_bytes(b"not a database at all" * 1000)

    result = usabtest("user", "list")

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: The database cannot be used: file is not a database.")
    assert result.stderr.count("\n") == 1
    assert usabtest("restore", str(tmp_path / "copy.sqlite3"), "--yes").exit_code == 0
    assert "rosa@example.org" in usabtest("user", "list").stdout
    (kept,) = data_dir.glob("usabtest.sqlite3.before-*")
    assert kept.read_bytes().startswith(b"not a database")


@pytest.mark.parametrize("content", [b"not a database at all", b""])
def test_what_is_no_backup_changes_nothing(usabtest: Run, tmp_path: Path, content: bytes) -> None:
    create(usabtest, "rosa@example.org")
    (tmp_path / "copy.sqlite3").write_bytes(content)

    result = usabtest("restore", str(tmp_path / "copy.sqlite3"), "--yes")

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert "rosa@example.org" in usabtest("user", "list").stdout


def test_a_restore_asks_first(usabtest: Run, tmp_path: Path) -> None:
    create(usabtest, "rosa@example.org")
    usabtest("backup", str(tmp_path / "copy.sqlite3"))
    create(usabtest, "paul@example.org")

    assert usabtest("restore", str(tmp_path / "copy.sqlite3"), sent="n\n").exit_code == 1
    assert "paul@example.org" in usabtest("user", "list").stdout


def test_purge_says_what_it_deleted(usabtest: Run) -> None:
    result = usabtest("purge")

    assert result.exit_code == 0
    assert "0\tforget wrong passwords and old links\n" in result.stdout


def test_an_upgrade_may_be_repeated(usabtest: Run) -> None:
    assert usabtest("db", "upgrade").exit_code == 0
    assert usabtest("db", "upgrade").exit_code == 0


def test_a_copy_into_another_database(usabtest: Run, data_dir: Path, tmp_path: Path, database_url: str) -> None:
    create(usabtest, "rosa@example.org")

    result = usabtest("db", "copy", f"sqlite:///{data_dir / 'usabtest.sqlite3'}", database_url)

    assert result.exit_code == 0, result.stderr
    assert "1\tuser\n" in result.stdout
    assert "rows were copied" in result.stderr
    listed = CliRunner(env={"USABTEST_DATABASE_URL": database_url}).invoke(main, ["user", "list"])
    assert "rosa@example.org" in listed.stdout


@pytest.mark.parametrize(
    ("source", "target", "code", "said"),
    [
        ("{there}", "mysql://x/y", 1, "TO: "),
        ("{away}", "sqlite:///{folder}/new", 1, "no database"),
        ("{there}", "{there}", 2, "the same"),
        ("{there}", "postgresql://nobody@127.0.0.1:1/nothing", 1, "nothing was kept"),
    ],
)
def test_a_copy_that_cannot_be(
    usabtest: Run, data_dir: Path, tmp_path: Path, source: str, target: str, code: int, said: str
) -> None:
    create(usabtest, "rosa@example.org")
    names = {
        "there": f"sqlite:///{data_dir / 'usabtest.sqlite3'}",
        "away": f"sqlite:///{tmp_path / 'away'}",
        "folder": str(tmp_path),
    }

    result = usabtest("db", "copy", source.format(**names), target.format(**names))

    assert result.exit_code == code
    assert said in result.stderr
    assert not list(tmp_path.glob("away*"))


@pytest.mark.postgresql
def test_postgresql_has_its_own_tools(
    usabtest: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, postgresql_database_url: str
) -> None:
    monkeypatch.setenv("USABTEST_DATABASE_URL", postgresql_database_url)

    result = usabtest("backup", str(tmp_path / "copy"))

    assert result.exit_code == 1
    assert "pg_dump" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("USABTEST_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing", "The database cannot be used"),
        ("USABTEST_DATABASE_URL", "mysql://x/y", "USABTEST_DATABASE_URL"),
        ("USABTEST_DATA_DIR", "/proc/nowhere", "USABTEST_DATA_DIR"),
        ("USABTEST_PUBLIC_URL", "lab.example.org", "USABTEST_PUBLIC_URL"),
    ],
)
def test_a_bad_setting_is_said_in_a_line(
    usabtest: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)

    result = usabtest("user", "list")

    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def deployment(folder: Path, **settings: object) -> Config:
    safe = {
        "data_dir": folder,
        "database_url": f"sqlite:///{folder / 'usabtest.sqlite3'}",
        "secret_key": "x" * 64,
        "public_url": "https://lab.example.org",
        "trusted_proxies": 1,
    }
    return Config(**{**safe, **settings})  # type: ignore[arg-type]


def test_check_finds_nothing_in_a_safe_deployment(tmp_path: Path) -> None:
    assert unsafe(deployment(tmp_path)) == []


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"public_url": None}, "USABTEST_PUBLIC_URL is not set"),
        ({"public_url": "http://lab.example.org"}, "is not https"),
        ({"trusted_proxies": 0}, "USABTEST_TRUSTED_PROXIES is 0"),
        ({"secret_key": "short"}, "USABTEST_SECRET_KEY is short"),
    ],
)
def test_check_names_what_is_unsafe(tmp_path: Path, setting: dict[str, object], said: str) -> None:
    (finding,) = unsafe(deployment(tmp_path, **setting))

    assert said in finding.what
    assert finding.mend


def test_http_is_safe_enough_on_this_machine_alone(tmp_path: Path) -> None:
    assert unsafe(deployment(tmp_path, public_url="http://localhost:8000")) == []


def test_check_finds_a_key_that_others_can_read(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "secret_key").write_text("x" * 64)
    (tmp_path / "secret_key").chmod(0o644)

    (finding,) = unsafe(deployment(tmp_path))
    assert "secret_key" in finding.what

    tmp_path.chmod(0o700)  # nobody else comes as far as the file
    assert unsafe(deployment(tmp_path)) == []


def test_check_finds_debugging(tmp_path: Path) -> None:
    (finding,) = unsafe(deployment(tmp_path), debug="1")

    assert "FLASK_DEBUG" in finding.what


def test_check_counts_and_fails(usabtest: Run) -> None:
    result = usabtest("check")

    assert result.exit_code == 1
    assert "USABTEST_PUBLIC_URL is not set" in result.stdout
    assert "unsafe" in result.stderr


def test_check_names_studies_whose_sites_can_load_nothing(usabtest: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USABTEST_PUBLIC_URL", "http://127.0.0.1:8000")
    usabtest("user", "create", "rosa@example.org", "--role", "admin", "--password-stdin", sent="otter umbrella seven")
    assert usabtest("check").exit_code == 0
    task = "{title: Buy, scenario: Go., start_url: https://shop.example/}"
    usabtest("study", "import", "-", sent=f"{{title: Shop, key: shop, sites: [https://shop.example], tasks: [{task}]}}")

    result = usabtest("check")

    assert result.exit_code == 1
    assert result.stdout == (
        "Study shop: http://127.0.0.1:8000 is this machine alone, so browsers load nothing from it on pages of "
        "https://shop.example. Set USABTEST_PUBLIC_URL to a public https address.\n"
    )


def test_a_fresh_installation_keeps_its_files_to_itself(usabtest: Run, data_dir: Path) -> None:
    usabtest("db", "upgrade")

    assert {stat.S_IMODE(file.stat().st_mode) for file in data_dir.iterdir()} == {0o600}
