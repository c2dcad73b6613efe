"""What pages of a target site are called."""

from __future__ import annotations


def page_name(page: str) -> str:
    """A page as people know it: without the site.

    >>> page_name("https://shop.example/basket/?page=2"), page_name("https://shop.example")
    ('/basket/?page=2', '/')
    """
    rest = page.partition("://")[2] or page
    return f"/{rest.partition('/')[2]}"


def without_site(what: str, page: str) -> str:
    """What was met on a page: an address in it on the same site stands without that; another site's stays whole.

    >>> without_site("back from https://shop.example/basket/", "https://shop.example/help/")
    'back from /basket/'
    >>> without_site("GET https://pay.example/now 500", "https://shop.example/help/")
    'GET https://pay.example/now 500'
    """
    scheme, mark, rest = page.partition("://")
    site = f"{scheme}{mark}{rest.partition('/')[0]}"
    return what.replace(f"{site}/", "/") if mark else what


def without_query(name: str) -> str:
    """The same page whatever was asked of it; a route behind the mark stays.

    >>> without_query("/search?q=owl"), without_query("/?lang=en#/basket")
    ('/search', '/#/basket')
    """
    before, mark, route = name.partition("#")
    return before.partition("?")[0] + mark + route
