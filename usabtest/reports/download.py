"""Sending a study's raw lists, page by page for programs or streamed as a table; and what data says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec
from flask import Response, request, stream_with_context

from usabtest.errors import Fault, NotValid
from usabtest.measurement.lists import LISTS, Ids
from usabtest.reports.assemble import checksum
from usabtest.reports.figures import StudyReport
from usabtest.reports.filters import Filters, read_filters
from usabtest.reports.origin import as_headers
from usabtest.reports.queries import count_of_attempts, count_of_people, ids_let_through, study_rows
from usabtest.studies.models import Study
from usabtest.web.paging import as_list, requested_page
from usabtest.web.tables import csv_lines, json_lines

FORMATS = ("json", "csv", "ndjson")
# A checksum reads people and attempts at once, and above so many of both would need far more memory than any list.
ROWS_AT_MOST = 20_000
_MIMETYPES = {"csv": "text/csv", "ndjson": "application/x-ndjson"}
_LINES_AT_ONCE = 200
_NO_FILTERS = frozenset({"format", "size", "cursor"})


def answer_list(study: Study, name: str) -> Response:
    """Answer with a list as `?format=` asks: a page as JSON, or all of it as CSV or NDJSON."""
    wanted = request.args.get("format", "json")
    if wanted not in FORMATS:
        raise NotValid(Fault("format", f"{wanted!r} is none of {', '.join(FORMATS)}"))
    filters = read_filters(request.args.to_dict(flat=False), passed_over=_NO_FILTERS)
    of = ids_let_through(study, filters) if filters else None
    if wanted == "json":
        page = as_list(LISTS[name].page(study, requested_page(), of), _itself)
        return Response(msgspec.json.encode(page), mimetype="application/json")
    now = dt.datetime.now(dt.UTC)
    people = count_of_people(study, filters)
    few = people + count_of_attempts(study, filters) <= ROWS_AT_MOST
    data = checksum(study_rows(study, filters, now=now)) if few else None
    response = Response(stream_with_context(pieces_of_list(study, name, wanted, of)), mimetype=_MIMETYPES[wanted])
    response.headers.update(as_headers(filters.echo, now, people=people, checksum=data))
    file = f"{_file_name(study, name, filters, now, data)}.{wanted}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def pieces_of_list(study: Study, name: str, form: str, of: Ids | None = None) -> Iterator[str]:
    """Write a whole list while it is read, as `csv` or `ndjson`, some lines at a time."""
    every = LISTS[name].all(study, of)
    lines = csv_lines(every, LISTS[name].columns(study)) if form == "csv" else json_lines(every)
    while some := "".join(islice(lines, _LINES_AT_ONCE)):
        yield some


def headers_of(report: StudyReport) -> dict[str, str]:
    """Say where the figures of a report come from, beside a body that has no room for it."""
    return as_headers(report.filters, report.generated_at, people=len(report.people), checksum=report.checksum)


def _file_name(study: Study, name: str, filters: Filters, at: dt.datetime, data: str | None) -> str:
    """What is left of the headers once a list lies in a folder."""
    return "-".join(filter(None, (study.key, name, "filtered" if filters else "", f"{at:%Y-%m-%d}", data)))


def _itself(item: Any) -> Any:
    return item
