from __future__ import annotations

import datetime as dt

import pytest

from usabtest.accounts.passwords import check_password, hash_password, password_fault
from usabtest.accounts.throttle import LONGEST_WAIT_S, subjects, wait_s

NOW = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)


def test_a_password_is_what_was_hashed() -> None:
    kept = hash_password("otter umbrella seven")

    assert check_password(kept, "otter umbrella seven")
    assert not check_password(kept, "Otter umbrella seven")
    assert kept != hash_password("otter umbrella seven")


def test_nobody_has_no_password() -> None:
    assert not check_password(None, "nobody has this password")


@pytest.mark.parametrize(
    "password",
    ["", "ninechars", "password123", "QWERTYUIOP", "aaaaaaaaaaaaa", "ababababab", "rosa@example.org", "x" * 201],
)
def test_a_weak_password_is_named(password: str) -> None:
    assert password_fault(password, email="rosa@example.org")


@pytest.mark.parametrize("password", ["ten chars!", "otter umbrella seven", "ärgerliche Öfen", "x1y2z3" * 30])
def test_a_good_password_passes(password: str) -> None:
    assert password_fault(password, email="rosa@example.org") is None


@pytest.mark.parametrize(
    ("count", "seconds_ago", "expected"),
    [
        (0, 0, 0),
        (4, 0, 0),
        (5, 0, 30),
        (5, 29.5, 1),
        (5, 30, 0),
        (6, 0, 60),
        (7, 0, 120),
        (8, 60, 180),
        (10, 0, LONGEST_WAIT_S),
        (1000, 0, LONGEST_WAIT_S),
        (1000, 900, 0),
    ],
)
def test_the_wait_after_wrong_passwords(count: int, seconds_ago: float, expected: int) -> None:
    assert wait_s(count, NOW - dt.timedelta(seconds=seconds_ago), NOW) == expected


def test_tries_count_for_the_person_and_the_place() -> None:
    one = set(subjects("rosa@example.org", "198.51.100.1"))

    assert len(one) == 2
    assert len(one & set(subjects("rosa@example.org", "198.51.100.2"))) == 1
    assert len(one & set(subjects("paul@example.org", "198.51.100.1"))) == 1
    assert not one & set(subjects("paul@example.org", "198.51.100.2"))


def test_a_customers_ipv6_addresses_are_one_place() -> None:
    first = subjects("rosa@example.org", "2001:db8:1:2:3::1")

    assert first == subjects("rosa@example.org", "2001:db8:1:2:ffff::9")
    assert first != subjects("rosa@example.org", "2001:db8:1:3::1")


def test_an_ipv4_address_is_the_same_in_the_form_of_ipv6() -> None:
    assert subjects("rosa@example.org", "::ffff:198.51.100.1") == subjects("rosa@example.org", "198.51.100.1")


def test_without_an_address_the_person_still_counts() -> None:
    assert len(subjects("rosa@example.org", None)) == 1
