"""Pages and style sheets without what only readers of their source would see: they travel by mail and over phones."""

from __future__ import annotations

import re
from collections.abc import Iterable

from usabtest import assets

_INDENTATION = re.compile(r"\s*\n\s*")
# Of these HTML lets the end go unsaid, and a report has thousands. No text has them: there a < is written out.
_UNSAID_ENDS = re.compile(r"</(?:t[dhr]|thead|tbody|li|d[dt])>")

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACES = re.compile(r"\s+")
_AROUND_MARKS = re.compile(r" ?([{};,]) ?")
_AFTER_NAME = re.compile(r"(?<=[{;])([a-z-]+): ")


def slim_page(html: str) -> str:
    """Leave out indentation, and the ends of cells, rows and entries.

    >>> slim_page("<tr>\\n  <td>1</td>\\n</tr>\\n</tbody>\\n</table>")
    '<tr>\\n<td>1\\n</table>'
    """
    return _INDENTATION.sub("\n", _UNSAID_ENDS.sub("", html))


def slim_sheets(names: Iterable[str]) -> str:
    """Our style sheets of these names as one, in this order."""
    folder = assets.folder("static") / "css"
    return slim_styles("\n".join((folder / f"{name}.css").read_text("utf-8") for name in names))


def slim_styles(text: str) -> str:
    """Leave out comments and spaces that part nothing.

    >>> slim_styles("/* A link */\\na:hover,\\na b {\\n  color: var(--ink);\\n  margin: 0 1px;\\n}")
    'a:hover,a b{color:var(--ink);margin:0 1px;}'
    """
    spaced = _SPACES.sub(" ", _COMMENT.sub("", text)).strip()
    return _AFTER_NAME.sub(r"\1:", _AROUND_MARKS.sub(r"\1", spaced))
