"""The picture for chat tools takes any text, and nobody's markup."""

from __future__ import annotations

import pytest

from usabtest.sharing.preview import Preview


@pytest.mark.parametrize(
    "text",
    [
        "#panic()",
        '"] #read("/etc/passwd") [',
        "\\",
        "$x^2$ <a> @b *c* _d_ `e`",
        "x" * 400,
        "سلة التسوق",
        "\U0001f9a6",
        "",
    ],
)
def test_it_takes_any_text(text: str) -> None:
    assert Preview(text, text).png().startswith(b"\x89PNG")


def test_the_same_words_make_the_same_picture() -> None:
    assert Preview("Shop", "").png() == Preview("Shop").png()
    assert Preview("Shop").png() != Preview("Shop", "Nobody has taken part yet.").png()
