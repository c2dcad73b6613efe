"""The floors: what the plain driver needs for the same rows, without any of our code.

`READ` fetches every row that a report is made of, and of each row every column that a figure hangs on, and puts the
rows together by task (attempts and answers) and by person. `GROUPED` lets the database count and add up instead: it
knows no medians, intervals or scores, so it is what the simplest dashboard would show.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import text

from usabtest.db import db

READ = "SQL that reads and groups the rows"
GROUPED = "SQL that only counts and adds up"

_PEOPLE = """
    SELECT id, number, pilot, status, device, sent_at, arrived_at, started_at, excluded_at, excluded_reason, external_id
    FROM participant WHERE study_id = %d ORDER BY number"""
_ATTEMPTS = """
    SELECT participant_id, number, task_key, outcome, judged_outcome, judged_reason, rule, said, ended_ms, ended_how,
           stale, numbers_by, numbers
    FROM attempt WHERE study_id = %d"""
_ANSWERS = "SELECT participant_id, task_key, question, value, at_ms FROM answer WHERE study_id = %d"
_COMPLETENESS = """
    SELECT COUNT(*), SUM(events_received), SUM(events_missing), SUM(streams_without_end), SUM(dropped_in_browser)
    FROM participant_session s JOIN participant p ON p.id = s.participant_id WHERE p.study_id = %d"""
_COUNTS = """
    SELECT task_key, COALESCE(judged_outcome, outcome), rule, said, COUNT(*), SUM(time_on_task_ms),
           MIN(time_on_task_ms), MAX(time_on_task_ms), SUM(LENGTH(numbers))
    FROM attempt WHERE study_id = %d GROUP BY 1, 2, 3, 4"""
_POINTS = "SELECT task_key, question, CAST(value AS TEXT), COUNT(*) FROM answer WHERE study_id = %d GROUP BY 1, 2, 3"
_STATUS = "SELECT status, pilot, excluded_at IS NULL, COUNT(*) FROM participant WHERE study_id = %d GROUP BY 1, 2, 3"


def read_and_group(key: str) -> object:
    """Read all rows, and put them together in Python."""
    study_id = _study_id(key)
    people = {row[0]: row for row in _rows(_PEOPLE, study_id)}
    attempts = defaultdict(list)
    for row in _rows(_ATTEMPTS, study_id):
        attempts[row[2]].append(row)
    answers = defaultdict(list)
    for row in _rows(_ANSWERS, study_id):
        answers[row[1], row[2]].append(row)
    return people, attempts, answers, _rows(_COMPLETENESS, study_id)


def count_and_add_up(key: str) -> object:
    """Let the database group, and read the groups."""
    study_id = _study_id(key)
    return [_rows(statement, study_id) for statement in (_STATUS, _COUNTS, _POINTS, _COMPLETENESS)]


FLOORS = {READ: read_and_group, GROUPED: count_and_add_up}


def _study_id(key: str) -> int:
    return int(db.session.scalar(text("SELECT id FROM study WHERE key = :key"), {"key": key}))


def _rows(statement: str, study_id: int) -> list[tuple[Any, ...]]:
    connection = db.session.connection().connection.driver_connection
    assert connection is not None
    cursor = connection.cursor()
    cursor.execute(statement % study_id)
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    cursor.close()
    return rows
