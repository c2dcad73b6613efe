"""Passwords: hashed slowly, checked in the same time whether or not there is such a user."""

from __future__ import annotations

from functools import cache

from werkzeug.security import check_password_hash, generate_password_hash

SHORTEST = 10
LONGEST = 200  # hashing is slow on purpose: nobody may hand over a megabyte

# The commonest of those that are long enough, as leaked lists have them.
_COMMON = """
    0123456789 0987654321 1111111111 1123581321 1212121212 1234512345 12345678910 1234567890 123456789a
    123456789q 1234567891 123123123123 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 5555555555 7777777777 9876543210
    9999999999 0000000000 abcd123456 abcdefghij administrator adminadmin admin12345 asdfasdfasdf asdfghjkl1
    asdfghjkl; changeme123 changemenow letmein123 letmeinnow iloveyou12 iloveyou123 liverpool1 manchester
    password00 password01 password10 password11 password12 password123 password1234 password12345 password123456
    passwordpassword passw0rd123 p@ssw0rd123 p@ssword123 q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedcrfv qazwsxedc1
    qwerasdfzxcv qwerty1234 qwerty12345 qwerty123456 qwertyqwerty qwertyuiop qwertyuiop1 qwertyuiop123
    qwertyuiop[] sunshine123 superman123 trustno1trustno1 usabtest123 usabtestusabtest welcome123 welcome1234
    zaq12wsxcde zxcvbnm123 zxcvbnm,./ football12 football123 baseball123 correcthorsebatterystaple
"""


def hash_password(password: str) -> str:
    return generate_password_hash(password, method="scrypt")


def check_password(password_hash: str | None, given: str) -> bool:
    """Say whether `given` is the password; without a hash it takes as long, and is not."""
    if len(given) > LONGEST:
        return False
    matches = check_password_hash(password_hash or _nobodys_hash(), given)
    return matches and password_hash is not None


def password_fault(password: str, *, email: str) -> str | None:
    """Return what is wrong with a password that somebody chooses, None if nothing is.

    >>> password_fault("too short", email="rosa@example.org")
    'At least 10 characters. Three or four words that do not belong together are good.'
    >>> password_fault("otter umbrella seven", email="rosa@example.org")
    """
    if len(password) < SHORTEST:
        return f"At least {SHORTEST} characters. Three or four words that do not belong together are good."
    if len(password) > LONGEST:
        return f"At most {LONGEST} characters."
    plain = password.casefold()
    if plain in _common() or len(set(plain)) < 4:
        return "This is among the first that others would try. Choose another."
    if plain in {email.casefold(), email.casefold().partition("@")[0]}:
        return "This is your e-mail address. Choose something that others do not know."
    return None


@cache
def _common() -> frozenset[str]:
    return frozenset(_COMMON.split())


@cache
def _nobodys_hash() -> str:
    return hash_password("nobody has this password")
