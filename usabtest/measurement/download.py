"""Sending a study's raw lists: page by page for programs, or streamed as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from flask import Response, abort, request, stream_with_context

from usabtest.errors import Fault, NotValid
from usabtest.measurement.lists import LISTS
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
        page = as_list(LISTS[name].page(study, requested_page()), _itself)
        return Response(msgspec.json.encode(page), mimetype="application/json")
    return stream(study, name, wanted)


def stream(study: Study, name: str, form: str) -> Response:
    """Send a whole list while it is read."""
    if name not in LISTS:
        abort(404)
    every = LISTS[name].all(study)
    lines = csv_lines(every, LISTS[name].columns(study)) if form == "csv" else json_lines(every)
    response = Response(stream_with_context(_in_blocks(lines)), mimetype=_MIMETYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{study.key}-{name}.{form}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _in_blocks(lines: Iterable[str]) -> Iterator[str]:
    block: list[str] = []
    for line in lines:
        block.append(line)
        if len(block) == _LINES_AT_ONCE:
            yield "".join(block)
            block.clear()
    yield "".join(block)


def _itself(item: Any) -> Any:
    return item
