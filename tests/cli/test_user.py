from __future__ import annotations

import re

import pytest

from tests.cli.conftest import Run

PASSWORD = "otter umbrella seven\n"


def create(usabtest: Run, email: str = "rosa@example.org", role: str = "admin") -> None:
    result = usabtest("user", "create", email, "--role", role, "--password-stdin", sent=PASSWORD)
    assert result.exit_code == 0, result.stderr


def test_it_works(usabtest: Run) -> None:
    result = usabtest("user", "create", "Rosa@Example.org", "--role", "moderator", "--password-stdin", sent=PASSWORD)

    assert result.exit_code == 0
    assert result.stdout == ""
    assert "rosa@example.org can sign in now, as moderator." in result.stderr
    assert usabtest("user", "list").stdout == "rosa@example.org\tmoderator\tactive\t\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("user", "create", "rosa@example.org"),
        ("user", "create", "rosa@example.org", "--role", "king"),
        ("user", "create", "rosa", "--role", "admin", "--password-stdin"),
        ("user", "create", "rosa@example.org", "--role", "admin"),
        ("users",),
        ("user", "creat"),
        ("--users",),
        ("user", "list", "--verbose"),
        ("study", "status", "shop-checkout"),
        ("study", "import", "no-such-file.yaml"),
    ],
)
def test_bad_usage_is_2_and_said_in_a_line(usabtest: Run, arguments: tuple[str, ...]) -> None:
    result = usabtest(*arguments)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert re.fullmatch(r"Error: [^\n]+[.?)] See `[\w ]+ --help`\.\n", result.stderr)


def test_who_names_no_command_is_shown_all(usabtest: Run) -> None:
    for arguments in ((), ("user",)):
        result = usabtest(*arguments)

        assert result.exit_code == 2
        assert result.stdout == ""
        assert "Commands:" in result.stderr


def test_a_weak_password_is_refused_in_a_line(usabtest: Run) -> None:
    result = usabtest("user", "create", "rosa@example.org", "--role", "admin", "--password-stdin", sent="short\n")

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: This password cannot be taken. At least 10 characters.")
    assert result.stderr.count("\n") == 1
    assert usabtest("user", "list").stdout == ""


def test_nobody_is_added_twice(usabtest: Run) -> None:
    create(usabtest)

    result = usabtest("user", "create", "ROSA@example.org", "--role", "admin", "--password-stdin", sent=PASSWORD)

    assert result.exit_code == 1
    assert result.stderr == "Error: There is already a user rosa@example.org.\n"


def test_somebody_is_disabled(usabtest: Run) -> None:
    create(usabtest)
    create(usabtest, "paul@example.org", "observer")

    assert usabtest("user", "disable", "paul@example.org").exit_code == 0

    assert "paul@example.org\tobserver\tdisabled" in usabtest("user", "list").stdout


def test_the_last_administrator_stays(usabtest: Run) -> None:
    create(usabtest)

    result = usabtest("user", "disable", "rosa@example.org")

    assert result.exit_code == 1
    assert "the only administrator" in result.stderr
    assert "active" in usabtest("user", "list").stdout


@pytest.mark.parametrize("command", ["disable", "password"])
def test_a_stranger_is_named(usabtest: Run, command: str) -> None:
    result = usabtest("user", command, "nobody@example.org")

    assert result.exit_code == 1
    assert result.stderr == "Error: There is no user nobody@example.org. `usabtest user list` names all.\n"


def test_a_password_is_changed(usabtest: Run) -> None:
    create(usabtest)

    result = usabtest("user", "password", "rosa@example.org", "--password-stdin", sent="seven umbrella otter\n")

    assert result.exit_code == 0
