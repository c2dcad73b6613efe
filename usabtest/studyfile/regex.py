"""Reads a JavaScript regular expression (flag u) as far as is needed to say what is wrong with it.

The browser runs the pattern; here a person learns at once, and with the place, why it would be refused. Beyond the
language's own rules a `url_regex` has ours: what can make matching endless, or cannot be read by others, is left out.

References
----------
ECMA-262, "Patterns", with the parameter [+UnicodeMode]: Annex B does not hold there, so that a lone bracket or an
escaped letter without a meaning is a fault.
"""

from __future__ import annotations

import re

MAX_REGEX_LENGTH = 200

_SYNTAX_CHARACTERS = "^$\\.*+?()[]{}|/"
_COUNT = re.compile(r"\{(\d+)(?:(,)(\d*))?\}")
_GROUP_NAME = re.compile(r"\(\?<([^>]*)>")
_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*")
_PROPERTY = re.compile(r"\{[A-Za-z0-9_]+(?:=[A-Za-z0-9_]+)?\}")
_HEX = {
    "x": re.compile(r"[0-9A-Fa-f]{2}"),
    "u": re.compile(r"[0-9A-Fa-f]{4}|\{0*(?:10|[0-9A-Fa-f])?[0-9A-Fa-f]{1,4}\}"),
}
_LOOK_AROUND = {"(?=": "look-ahead", "(?!": "look-ahead", "(?<=": "look-behind", "(?<!": "look-behind"}
_SETS = "dDsSwW"
_CONTROLS = "fnrtv"


def regex_problems(pattern: str) -> tuple[str, ...]:
    """What is wrong with a `url_regex`: every rule of ours that it breaks, and the first fault of syntax.

    Examples
    --------
    >>> regex_problems("^/orders/[0-9]+/thanks$")
    ()
    >>> regex_problems("^/orders/([0-9]+$")
    ('the bracket at character 10 never closes',)
    >>> regex_problems("(?=/a)(/b+)*")  # doctest: +NORMALIZE_WHITESPACE
    ('the look-ahead at character 1 is not allowed; say what the address looks like without it',
     'the group at character 7 is repeated and holds an unbounded repetition itself, which can run for ever;
      repeat only one of them, or bound the inner one as in {1,20}')
    """
    too_long = len(pattern) > MAX_REGEX_LENGTH
    problems = [f"is {len(pattern)} characters long; {MAX_REGEX_LENGTH} at most"] if too_long else []
    reader = _Reader(pattern)
    try:
        reader.read()
    except _PatternError as fault:
        return (*problems, *reader.broken_rules, str(fault))
    return (*problems, *reader.broken_rules)


class _PatternError(Exception):
    """The pattern is no regular expression of the language."""


class _Reader:
    """A recursive descent over the pattern; `at` is the place of the next character."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.broken_rules: list[str] = []
        self.names: set[str] = set()

    def read(self) -> None:
        self._alternatives()
        if self.at < len(self.pattern):
            raise _PatternError(f"the closing bracket at character {self.at + 1} was never opened")

    def _alternatives(self) -> bool:
        """Read up to the end of the group; True if something in it repeats without bound."""
        unbounded = False
        while self.at < len(self.pattern) and not self._next_is(")"):
            if self._next_is("|"):
                self.at += 1
            else:
                unbounded |= self._term()
        return unbounded

    def _term(self) -> bool:
        start = self.at
        character = self.pattern[start]
        if character in "*+?":
            raise _PatternError(f'"{character}" at character {start + 1} has nothing to repeat')
        if character in "{}]":
            raise _PatternError(
                f'"{character}" at character {start + 1} stands alone; write "\\{character}" to mean it'
            )
        if character == "(":
            return self._group()
        if character in "^$" or self.pattern.startswith(("\\b", "\\B"), start):
            self.at += 2 if character == "\\" else 1
            self._refuse_quantifier(start)
            return False
        if character == "[":
            self._class()
        elif character == "\\":
            self._escape()
        else:
            self.at += 1
        return self._quantifier() is _UNBOUNDED

    def _group(self) -> bool:
        start = self.at
        look_around = self._open_group()
        inner = self._alternatives()
        if not self._next_is(")"):
            raise _PatternError(f"the bracket at character {start + 1} never closes")
        self.at += 1
        if look_around:
            self._refuse_quantifier(start)
            return inner
        repeated = self._quantifier()
        if repeated and inner:
            self.broken_rules.append(
                f"the group at character {start + 1} is repeated and holds an unbounded repetition itself, which can "
                "run for ever; repeat only one of them, or bound the inner one as in {1,20}"
            )
        return inner or repeated is _UNBOUNDED

    def _open_group(self) -> bool:
        """Step over the opening of a group; True if it only looks around."""
        start = self.at
        for opening, name in _LOOK_AROUND.items():
            if self.pattern.startswith(opening, start):
                self.at += len(opening)
                self.broken_rules.append(
                    f"the {name} at character {start + 1} is not allowed; say what the address looks like without it"
                )
                return True
        if self.pattern.startswith("(?:", start):
            self.at += 3
        elif self.pattern.startswith("(?<", start):
            self._group_name()
        elif self.pattern.startswith("(?", start):
            raise _PatternError(
                f'the group at character {start + 1} begins in a way that not every browser knows: "(?"'
            )
        else:
            self.at += 1
        return False

    def _group_name(self) -> None:
        found = _GROUP_NAME.match(self.pattern, self.at)
        if found is None:
            raise _PatternError(f'the group name at character {self.at + 1} has no ">"')
        name = found.group(1)
        if not _IDENTIFIER.fullmatch(name):
            raise _PatternError(f'"{name}" at character {self.at + 4} is no group name; use letters, digits and "_"')
        if name in self.names:
            raise _PatternError(f'the group name "{name}" at character {self.at + 4} stands twice')
        self.names.add(name)
        self.at = found.end()

    def _quantifier(self) -> str | None:
        """Step over a quantifier: None if there is none, else whether it has a bound."""
        if self._next_is("*", "+"):
            self.at += 1
            kind = _UNBOUNDED
        elif self._next_is("?"):
            self.at += 1
            kind = _BOUNDED
        elif self._next_is("{"):
            kind = self._count()
        else:
            return None
        if self._next_is("?"):
            self.at += 1
        return kind

    def _count(self) -> str:
        found = _COUNT.match(self.pattern, self.at)
        if found is None:
            raise _PatternError(f'"{{" at character {self.at + 1} begins no count such as {{2}} or {{1,20}}')
        least, comma, most = found.groups()
        if most and int(least) > int(most):
            raise _PatternError(f"the count at character {self.at + 1} runs from the larger number to the smaller")
        self.at = found.end()
        return _UNBOUNDED if comma and not most else _BOUNDED

    def _refuse_quantifier(self, start: int) -> None:
        if self._next_is("*", "+", "?", "{"):
            raise _PatternError(
                f'"{self.pattern[self.at]}" at character {self.at + 1} cannot repeat what stands before it '
                f"at character {start + 1}"
            )

    def _class(self) -> None:
        start = self.at
        self.at += 2 if self.pattern.startswith("[^", start) else 1
        while not self._next_is("]"):
            self._class_range(start)
        self.at += 1

    def _class_range(self, start: int) -> None:
        low_at = self.at
        low = self._class_atom(start)
        if not self._next_is("-") or self.pattern.startswith("-]", self.at):
            return
        self.at += 1
        high = self._class_atom(start)
        if low is None or high is None:
            raise _PatternError(f"the range at character {low_at + 1} has a whole set of characters as one of its ends")
        if low > high:
            raise _PatternError(f"the range at character {low_at + 1} runs backwards")

    def _class_atom(self, start: int) -> int | None:
        """Step over one character of a class: its number, or None for a set such as \\d."""
        if self.at >= len(self.pattern):
            raise _PatternError(f"the bracket at character {start + 1} never closes")
        if self._next_is("\\"):
            return self._escape(in_class=True)
        self.at += 1
        return ord(self.pattern[self.at - 1])

    def _escape(self, *, in_class: bool = False) -> int | None:
        start = self.at
        letter = self.pattern[start + 1 : start + 2]
        self.at += 2
        if not letter:
            raise _PatternError(f"ends in a backslash at character {start + 1}; there is nothing to escape")
        if letter in _SETS:
            return None
        if letter in "pP":
            self._expect(_PROPERTY, start, 'needs a property such as "\\p{L}"')
            return None
        if letter in _HEX:
            return self._hex(letter, start)
        if letter in "123456789k":
            self._back_reference(letter, start, in_class=in_class)
            return None
        if letter in _CONTROLS:
            return ord("\f\n\r\t\v"[_CONTROLS.index(letter)])
        if letter == "c":
            return ord(self._expect(re.compile("[A-Za-z]"), start, "needs a letter after it")) % 32
        if letter == "0" and not self.pattern[self.at : self.at + 1].isdigit():
            return 0
        if in_class and letter in "b-":
            return 8 if letter == "b" else ord("-")
        if letter in _SYNTAX_CHARACTERS:
            return ord(letter)
        raise _PatternError(
            f'"\\{letter}" at character {start + 1} means nothing; write "{letter}" without the backslash'
        )

    def _hex(self, letter: str, start: int) -> int:
        example = {"x": "41", "u": "0041"}[letter]
        digits = self._expect(_HEX[letter], start, f'needs hexadecimal digits, as in "\\{letter}{example}"')
        return int(digits.strip("{}"), 16)

    def _back_reference(self, letter: str, start: int, *, in_class: bool) -> None:
        if in_class:
            raise _PatternError(f'"\\{letter}" at character {start + 1} means nothing inside square brackets')
        self.broken_rules.append(f"the back-reference at character {start + 1} is not allowed; write the text again")
        rest = re.compile(r"<[^>]*>" if letter == "k" else r"\d*")
        self._expect(rest, start, "needs the name of a group, as in \\k<name>")

    def _expect(self, form: re.Pattern[str], start: int, otherwise: str) -> str:
        found = form.match(self.pattern, self.at)
        if found is None:
            raise _PatternError(f'"{self.pattern[start : start + 2]}" at character {start + 1} {otherwise}')
        self.at = found.end()
        return found.group()

    def _next_is(self, *characters: str) -> bool:
        return self.pattern[self.at : self.at + 1] in characters


_BOUNDED = "bounded"
_UNBOUNDED = "unbounded"
