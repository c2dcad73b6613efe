"""Logs without secrets: an address that holds a capability is blacked out before it is written."""

from __future__ import annotations

import logging
import re

from flask import Flask

# Invitations, set-up, one-time sign-in, shared reports.
_CAPABILITY = re.compile(r"(/(?:i|setup|sign-in|r)/)[^/?#\s\"']+")

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def init_app(app: Flask) -> None:
    app.logger.addFilter(HideTokens())


def without_token(path: str) -> str:
    """Black out what gives access in `path`.

    >>> without_token("/setup/kf83Jd0"), without_token("/studies/shop")
    ('/setup/***', '/studies/shop')
    """
    return _CAPABILITY.sub(r"\1***", path)


def in_one_line(path: str) -> str:
    """Write line ends and other control characters out: nobody shall write lines of their own into the log.

    >>> in_one_line("/s/shop\\nGET /fine")
    '/s/shop\\\\nGET /fine'
    """
    return _CONTROL.sub(lambda found: found.group().encode("unicode_escape").decode(), path)


class HideTokens(logging.Filter):
    """Lets every record pass, without the tokens in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, dict) and "path" in record.args:
            record.args = {**record.args, "path": in_one_line(without_token(str(record.args["path"])))}
        else:
            record.msg, record.args = without_token(record.getMessage()), None
        return True
