"""Logs without secrets: an address that holds a capability is blacked out before it is written."""

from __future__ import annotations

import logging
import re

from flask import Flask

# Invitations, set-up, one-time sign-in, shared reports.
_CAPABILITY = re.compile(r"(/(?:i|setup|sign-in|r)/)[^/?#\s\"']+")


def init_app(app: Flask) -> None:
    app.logger.addFilter(HideTokens())


def without_token(path: str) -> str:
    """Black out what gives access in `path`.

    >>> without_token("/setup/kf83Jd0"), without_token("/studies/shop")
    ('/setup/***', '/studies/shop')
    """
    return _CAPABILITY.sub(r"\1***", path)


class HideTokens(logging.Filter):
    """Lets every record pass, without the tokens in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, dict) and "path" in record.args:
            record.args = {**record.args, "path": without_token(str(record.args["path"]))}
        else:
            record.msg, record.args = without_token(record.getMessage()), None
        return True
