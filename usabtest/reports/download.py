"""Sending a study's raw lists, page by page for programs or streamed as a table; and what data says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import msgspec
from flask import Response, request, stream_with_context

from usabtest.errors import Fault, NotValid
from usabtest.measurement.lists import LISTS, Ids
from usabtest.reports.assemble import checksum
from usabtest.reports.comparison.choice import Choice, choice_echo
from usabtest.reports.comparison.values import Comparison
from usabtest.reports.figures import StudyReport
from usabtest.reports.filters import read_filters
from usabtest.reports.origin import as_headers, name_of_file
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
    data = [checksum(study_rows(study, filters, now=now))] if few else []
    response = Response(stream_with_context(pieces_of_list(study, name, wanted, of)), mimetype=_MIMETYPES[wanted])
    told = as_headers(filters.echo, now, people=[people], checksums=data)
    response.headers.update(told)
    file = f"{name_of_file(f'{study.key}-{name}', told)}.{wanted}"
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
    return as_headers(report.filters, report.generated_at, people=[len(report.people)], checksums=[report.checksum])


def headers_of_comparison(comparison: Comparison, choice: Choice) -> dict[str, str]:
    """Say the same of both sides, the earlier one first, and what was compared with what."""
    before, after = comparison.before, comparison.after
    sides = [after] if before is None else [before, after]
    filters = {**choice.shared.echo, **choice_echo(replace(choice, other=None, benchmarks=False))}
    people, checksums = [side.people for side in sides], [side.checksum for side in sides]
    told = as_headers(filters, comparison.generated_at, people=people, checksums=checksums)
    return {**told, "Usabtest-Compared": f"{before.key if before else 'benchmarks'}, {after.key}"}


def _itself(item: Any) -> Any:
    return item
