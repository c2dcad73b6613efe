"""Sending a study's raw lists: page by page for programs, or streamed as a table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec
from flask import Response, request, stream_with_context

from usabtest.errors import Fault, NotValid
from usabtest.measurement.lists import LISTS, Ids
from usabtest.studies.models import Study
from usabtest.web.paging import as_list, requested_page
from usabtest.web.tables import csv_lines, json_lines

FORMATS = ("json", "csv", "ndjson")
_MIMETYPES = {"csv": "text/csv", "ndjson": "application/x-ndjson"}
_LINES_AT_ONCE = 200


def answer_list(study: Study, name: str) -> Response:
    """Answer with a list as `?format=` asks: a page as JSON, or all of it as CSV or NDJSON."""
    wanted = request.args.get("format", "json")
    if wanted not in FORMATS:
        raise NotValid(Fault("format", f"{wanted!r} is none of {', '.join(FORMATS)}"))
    if wanted == "json":
        page = as_list(LISTS[name].page(study, requested_page(), None), _itself)
        return Response(msgspec.json.encode(page), mimetype="application/json")
    response = Response(stream_with_context(pieces_of_list(study, name, wanted)), mimetype=_MIMETYPES[wanted])
    response.headers["Content-Disposition"] = f'attachment; filename="{study.key}-{name}.{wanted}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def pieces_of_list(study: Study, name: str, form: str, of: Ids | None = None) -> Iterator[str]:
    """Write a whole list while it is read, as `csv` or `ndjson`, some lines at a time."""
    every = LISTS[name].all(study, of)
    lines = csv_lines(every, LISTS[name].columns(study)) if form == "csv" else json_lines(every)
    while some := "".join(islice(lines, _LINES_AT_ONCE)):
        yield some


def _itself(item: Any) -> Any:
    return item
