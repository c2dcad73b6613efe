"""Patterns and selectors: what is well-formed, and what is said of what is not."""

from __future__ import annotations

import pytest

from usabtest.studyfile.criteria import glob_problems, regex_problems, selector_problems


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "^/orders/[0-9]+/thanks$",
        "a|b|",
        "(?:a|b)+c",
        "(?<year>[0-9]{4})",
        r"\d{2,}",
        r"[\w-]+",
        r"[^/]*?",
        r"\/a\.b\?",
        r"[-a]",
        r"[a-]",
        "[]",
        "[^]",
        r"\u{1F600}\u0041\x41",
        r"\p{L}+",
        r"\P{Script=Greek}",
        r"[\b\-\]]",
        r"\bfoo\b",
        r"\cJ\0",
        "(a+)(b*)",
        "(a{2}){3}",
        "((a+))",
        "(a+|b)c",
        r"\$\^\(\)\[\]\{\}\|",
        "[(*+?{}]",
        "/ä+",
        "a" * 200,
        "(a?){1,3}",
    ],
)
def test_a_regular_expression_of_javascript_is_well_formed(pattern: str) -> None:
    assert regex_problems(pattern) == ()


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("^/orders/([0-9]+$", "the bracket at character 10 never closes"),
        ("/a[0-9", "the bracket at character 3 never closes"),
        ("a)", "the closing bracket at character 2 was never opened"),
        ("*a", '"*" at character 1 has nothing to repeat'),
        ("a|+", '"+" at character 3 has nothing to repeat'),
        ("a**", '"*" at character 3 has nothing to repeat'),
        ("(?:*)", '"*" at character 4 has nothing to repeat'),
        ("^*", '"*" at character 2 cannot repeat'),
        (r"\b+", '"+" at character 3 cannot repeat'),
        ("a]", '"]" at character 2 stands alone'),
        ("a}", '"}" at character 2 stands alone'),
        ("a{", '"{" at character 2 begins no count'),
        ("a{,3}", '"{" at character 2 begins no count'),
        ("{2}", '"{" at character 1 stands alone'),
        ("a{3,2}", "the count at character 2 runs from the larger number"),
        ("[b-a]", "the range at character 2 runs backwards"),
        (r"[\w-z]", "the range at character 2 has a whole set"),
        (r"a\-b", r'"\-" at character 2 means nothing'),
        (r"\y", r'"\y" at character 1 means nothing; write "y" without the backslash'),
        ("a\\", "ends in a backslash at character 2"),
        (r"\x4", r'"\x" at character 1 needs hexadecimal digits, as in "\x41"'),
        (r"\u{110000}", r'"\u" at character 1 needs hexadecimal digits'),
        (r"\p{}", r'"\p" at character 1 needs a property'),
        (r"\c1", r'"\c" at character 1 needs a letter'),
        (r"\01", r'"\0" at character 1 means nothing'),
        ("(?<a", 'the group name at character 1 has no ">"'),
        ("(?<1>a)", '"1" at character 4 is no group name'),
        ("(?<a>x)(?<a>y)", 'the group name "a" at character 11 stands twice'),
        ("(?i:a)", "the group at character 1 begins in a way that not every browser knows"),
        ("a(?=b)", "the look-ahead at character 2 is not allowed"),
        ("a(?!b)", "the look-ahead at character 2 is not allowed"),
        ("(?<=a)b", "the look-behind at character 1 is not allowed"),
        ("(?<!a)b", "the look-behind at character 1 is not allowed"),
        (r"(a)\1", "the back-reference at character 4 is not allowed"),
        (r"(?<n>a)\k<n>", "the back-reference at character 8 is not allowed"),
        ("(a+)+", "the group at character 1 is repeated and holds an unbounded repetition"),
        ("x(a*|b){2}", "the group at character 2 is repeated and holds an unbounded repetition"),
        ("(?:(a{2,}))?", "the group at character 1 is repeated and holds an unbounded repetition"),
        ("((a)*)*", "the group at character 1 is repeated and holds an unbounded repetition"),
        ("a" * 201, "is 201 characters long; 200 at most"),
    ],
)
def test_a_faulty_regular_expression_is_told_with_its_place(pattern: str, said: str) -> None:
    [problem] = regex_problems(pattern)

    assert problem.startswith(said)


def test_every_broken_rule_is_one_problem() -> None:
    problems = regex_problems(r"(?=a)(b+)*\1(c")

    assert [problem.split(" at character ")[0] for problem in problems] == [
        "the look-ahead",
        "the group",
        "the back-reference",
        "the bracket",
    ]


@pytest.mark.parametrize(
    "selector",
    [
        "#thank-you",
        "button#place-order",
        "tr.item",
        "nav a.books",
        'a[href^="/x"]',
        "ul > li:nth-child(2n+1)",
        "a,b",
        "h1 ~ p + p",
        r"#\31 a",
        'a[title="]("]',
        ":not(.a, .b)",
        "*",
        "a[data-x='it\\'s']",
        ".größe",
        "svg|a",
        ":has(> img)",
    ],
)
def test_a_selector_is_well_formed(selector: str) -> None:
    assert selector_problems(selector) == ()


@pytest.mark.parametrize(
    ("selector", "said"),
    [
        ("tr.item:not(.gone", 'the bracket "(" at character 12 never closes'),
        ("a[href", 'the bracket "[" at character 2 never closes'),
        ("a)", 'the bracket ")" at character 2 was never opened'),
        ("a[b)", 'the bracket ")" at character 4 was never opened'),
        ('a[b="c]', "the quote at character 5 never closes"),
        ("a { color: red }", '"{" at character 3 has no place in a selector'),
        ("a,", '"," at character 2 has nothing after it'),
        (",a", '"," at character 1 has nothing before it'),
        ("a >", '">" at character 3 has nothing after it'),
        ("a,,b", '"," at character 3 has nothing before it'),
        ("a.", '"." at character 2 needs a name after it'),
        ("# a", '"#" at character 1 needs a name after it'),
        ("a\\", "ends in a backslash"),
        ("//a[1]", "looks like an XPath"),
    ],
)
def test_a_faulty_selector_is_told(selector: str, said: str) -> None:
    [problem] = selector_problems(selector)

    assert problem.startswith(said)


@pytest.mark.parametrize(
    "glob", ["/", "/a/**", "**/x", "/s?q=*", "/#/a", "https://shop.example/x", "https://*.pay.example/x", "/a b"]
)
def test_a_glob_is_well_formed(glob: str) -> None:
    assert glob_problems(glob) == ()


@pytest.mark.parametrize(
    ("glob", "said"),
    [
        ("catalogue/", 'has to begin with "/" (or be a full http(s) address): write "/catalogue/"'),
        ("*", 'has to begin with "/"'),
        ("?q=1", 'has to begin with "/"'),
        ("/a\tb", "contains a line break or a tab"),
        ("ftp://x/y", 'begins with "ftp://x", which is no http(s) site'),
        ("https://a*b.example/", 'begins with "https://a*b.example", which is no http(s) site'),
    ],
)
def test_a_faulty_glob_is_told(glob: str, said: str) -> None:
    [problem] = glob_problems(glob)

    assert problem.startswith(said)
