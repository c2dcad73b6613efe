from __future__ import annotations

import re

import pytest

from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def rosa(usabtest: Run) -> None:
    sent = "otter umbrella seven\n"
    usabtest("user", "create", "rosa@example.org", "--role", "admin", "--password-stdin", sent=sent)


def test_it_works(usabtest: Run) -> None:
    result = usabtest("token", "create", "--user", "rosa@example.org", "--name", "nightly")

    assert result.exit_code == 0
    assert re.fullmatch(r"usabtest_[\w-]{22}\n", result.stdout)
    assert "not shown again" in result.stderr
    assert re.fullmatch(r"1\trosa@example.org\tgood\t[\d-]{10}\tnever\tnightly\n", usabtest("token", "list").stdout)


def test_a_token_is_revoked(usabtest: Run) -> None:
    usabtest("token", "create", "--user", "rosa@example.org")

    assert usabtest("token", "revoke", "1").exit_code == 0
    assert "\trevoked\t" in usabtest("token", "list").stdout


def test_strangers_are_named(usabtest: Run) -> None:
    for arguments in (("token", "create", "--user", "nobody@example.org"), ("token", "revoke", "7")):
        result = usabtest(*arguments)
        assert result.exit_code == 1
        assert result.stdout == ""
        assert result.stderr.startswith("Error: There is no ")
