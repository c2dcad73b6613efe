"""Does an address belong to a site, and does a page match a `url` glob?

The snippet answers the same two questions in JavaScript. The cases in ``tests/wire/url_globs.json`` and
``tests/wire/sites.json`` are read by the tests of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

_DEFAULT_PORT = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|[0-9a-f:.]*:[0-9a-f:.]*")
_NEVER_IN_A_URL = re.compile(r"[\x00-\x20\x7f\\]")
_ORIGIN_OF_A_GLOB = re.compile(r"https?://[^/?#]*", re.IGNORECASE)
_TO_NORMALISE = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9._~!$&()+,;=:@/%-]")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
# A group that catches is kept by split(): literal text and wildcards come back in turn.
_WILDCARDS = re.compile(r"((?:(?<=/)|^)\*\*+/|\*+)")


def origin_of(url: str) -> str | None:
    """The origin of an address as browsers write it, or None if the address is not http(s).

    Examples
    --------
    >>> origin_of("HTTPS://Shop.Example:443/basket?x#y")
    'https://shop.example'
    >>> origin_of("http://münchen.example:8080")
    'http://xn--mnchen-3ya.example:8080'
    >>> origin_of("ftp://shop.example") is None
    True
    """
    if _NEVER_IN_A_URL.search(url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii_host(parts.hostname or "")
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORT or not _HOST.fullmatch(host):
        return None
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + ("" if port in (None, _DEFAULT_PORT[parts.scheme]) else f":{port}")


def site_admits(site: str, origin: str) -> bool:
    """Whether pages of `origin` may record for a study that lists `site`.

    Examples
    --------
    >>> site_admits("https://*.pay.example", "https://a.b.pay.example")
    True
    >>> site_admits("https://*.pay.example", "https://pay.example")
    False
    """
    page = origin_of(origin)
    listed = origin_of(site.replace("://*.", "://", 1))
    if page is None or listed is None:
        return False
    if "://*." not in site:
        return page == listed
    scheme, _, rest = listed.partition("://")
    page_scheme, _, page_rest = page.partition("://")
    return scheme == page_scheme and page_rest.endswith(f".{rest}")


def admitted(sites: Iterable[str], url: str) -> bool:
    """Whether the address `url` lies on one of the sites."""
    return any(site_admits(site, url) for site in sites)


@lru_cache(maxsize=4096)
def path_matches(glob: str, page: str) -> bool:
    """Whether a page (its identity, or any full address) matches a glob.

    Parameters
    ----------
    glob : str
        A path in which ``*`` stands for anything within a part and ``**`` for anything over parts; with a query
        or a fragment behind it, or an origin before it, these have to match too.
    page : str
        An address with its origin.

    Notes
    -----
    Both are brought to one normal form first, so that a pattern may be written as a person reads it (``/café``)
    or as a browser shows it (``/caf%C3%A9``).

    Examples
    --------
    >>> path_matches("/catalogue/**", "https://shop.example/catalogue/a/b?page=2")
    True
    >>> path_matches("/catalogue/*", "https://shop.example/catalogue/a/b")
    False
    >>> path_matches("/search?q=*", "https://shop.example/search?q=books")
    True
    """
    pattern, address = _split(glob), _split(page)
    return (
        (pattern.origin is None or site_admits(pattern.origin, address.origin or ""))
        and _matches(pattern.path, address.path)
        and (pattern.query is None or _matches(pattern.query, address.query or ""))
        and (pattern.fragment is None or _matches(pattern.fragment, address.fragment or ""))
    )


@dataclass(frozen=True, slots=True)
class _Address:
    origin: str | None
    path: str
    query: str | None
    fragment: str | None


def _split(text: str) -> _Address:
    """Cut an address, or a glob, into its parts; what is not written is None.

    Not `urlsplit`: it takes an empty query for none, and stars in a host for a fault.
    """
    origin = _ORIGIN_OF_A_GLOB.match(text)
    rest = text[origin.end() :] if origin else text
    rest, has_fragment, fragment = rest.partition("#")
    path, has_query, query = rest.partition("?")
    return _Address(
        origin=origin.group() if origin else None,
        path=path or "/",
        query=query if has_query else None,
        fragment=fragment if has_fragment else None,
    )


def _matches(glob: str, text: str) -> bool:
    """Follow all ways through the glob at once: which positions of the text may its beginning end at?

    A regular expression would do, but one with many stars can be made to run for hours by the address of a page.
    """
    text = _normal(text)
    ends = {0}
    for index, piece in enumerate(_WILDCARDS.split(glob)):
        ends = _over_wildcard(piece, text, ends) if index % 2 else _over_literal(_normal(piece), text, ends)
        if not ends:
            return False
    return len(text) in ends


def _over_literal(literal: str, text: str, ends: set[int]) -> set[int]:
    return {end + len(literal) for end in ends if text.startswith(literal, end)}


def _over_wildcard(wildcard: str, text: str, ends: set[int]) -> set[int]:
    first = min(ends)
    if wildcard.endswith("/"):
        return ends | {place + 1 for place in range(first, len(text)) if text[place] == "/"}
    if len(wildcard) > 1:
        return set(range(first, len(text) + 1))
    within: set[int] = set()
    for end in sorted(ends):
        if end not in within:
            stop = text.find("/", end)
            within.update(range(end, (len(text) if stop < 0 else stop) + 1))
    return within


def _normal(text: str) -> str:
    return _TO_NORMALISE.sub(_normal_character, text)


def _normal_character(found: re.Match[str]) -> str:
    character = found.group()
    if len(character) == 1:
        return quote(character, safe="", errors="replace")
    plain = chr(int(character[1:], 16))
    return plain if _UNRESERVED.fullmatch(plain) else character.upper()


def _ascii_host(host: str) -> str:
    """The host name in lower case; letters beyond ASCII as browsers send them."""
    return host.lower() if host.isascii() else host.encode("idna").decode("ascii")
