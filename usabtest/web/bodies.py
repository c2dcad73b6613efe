"""What programs send beside a study's file: one JSON object, with names that are known."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from flask import request

from usabtest.errors import Fault, NotValid


def sent_object(known: Collection[str] | None = None) -> Mapping[str, object]:
    """Read the body; a name that is not among `known` is a fault, unless whoever asks looks at the names itself."""
    body = request.get_data()
    if not body.strip():
        raise NotValid(Fault("", "the body is empty; a JSON object belongs there"))
    try:
        sent = json.loads(body)
    except ValueError as error:
        raise NotValid(Fault("", f"the body is no JSON: {error}")) from error
    if not isinstance(sent, dict):
        raise NotValid(Fault("", "a JSON object belongs there"))
    unknown = [name for name in sent if known is not None and name not in known]
    if unknown:
        raise NotValid(*(Fault(name, f"is not known; known are {', '.join(sorted(known or ()))}") for name in unknown))
    return sent
