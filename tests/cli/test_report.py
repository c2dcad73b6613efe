from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pypdf
import pytest

from tests.cli.conftest import Run
from tests.factories import make_participant, make_study, make_user
from tests.measured import make_answers, make_measured
from tests.web.reports.study import FULL
from usabtest.accounts.models import Role
from usabtest.cli.opened import opened_app

KEY = "shop-checkout"


@pytest.fixture
def study(usabtest: Run) -> None:
    usabtest("user", "list")  # makes the tables
    with opened_app():
        study = make_study(make_user("rosa@example.org", role=Role.ADMIN), **FULL)
        for outcome in ("success", "success", "gave_up"):
            person = make_participant(study, status="completed")
            make_measured(person, outcome=outcome)
            make_answers(person, {"nps": 9})


@pytest.mark.usefixtures("study")
def test_it_prints_the_report_as_json(usabtest: Run) -> None:
    answer = usabtest("report", KEY)

    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.stdout)["tasks"][0]["success"]["successes"] == 2
    assert "3 people · All devices, All groups, All dates" in answer.stderr
    assert answer.stderr.count("\n") == 1


@pytest.mark.usefixtures("study")
def test_its_table_has_the_same_figures(usabtest: Run, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"

    answer = usabtest("report", KEY, "--format", "csv", "-o", str(file))

    assert answer.exit_code == 0, answer.output
    rows = {(row["task"], row["figure"]): row["value"] for row in csv.DictReader(io.StringIO(file.read_text()))}
    told = json.loads(usabtest("report", KEY).stdout)
    assert rows["find-book", "success.rate"] == str(told["tasks"][0]["success"]["rate"])
    assert rows["find-book", "success.ci.low"] == str(told["tasks"][0]["success"]["ci"][0])
    assert rows["find-book", "outcomes.gave_up"] == "1"
    assert rows["", "nps.score"] == str(told["nps"]["score"])
    assert rows["", "participants.sent"] == "3"


@pytest.mark.usefixtures("study")
def test_it_writes_the_page(usabtest: Run, tmp_path: Path) -> None:
    file = tmp_path / "report.html"

    answer = usabtest("report", KEY, "--format", "html", "-o", str(file))

    assert answer.exit_code == 0, answer.output
    page = file.read_text()
    assert "2 of 3" in page
    assert "--paper:#fbfaf7" in page
    assert "Pay with a voucher" in page
    assert not re.findall(r'(?:src|href)="(?!#)[^"]*"', page)


@pytest.mark.usefixtures("study")
def test_a_workbook_goes_to_a_pipe_as_it_is(usabtest: Run) -> None:
    answer = usabtest("report", KEY, "--format", "xlsx")

    assert answer.exit_code == 0, answer.output
    book = openpyxl.load_workbook(io.BytesIO(answer.stdout_bytes))
    assert book["Tasks"]["D2"].value == 2


@pytest.mark.usefixtures("study")
def test_a_pdf_goes_to_a_file(usabtest: Run, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"

    answer = usabtest("report", KEY, "--format", "pdf", "-o", str(file))

    assert answer.exit_code == 0, answer.output
    pages = pypdf.PdfReader(file).pages
    assert "2 of 3" in pages[0].extract_text()


def test_a_terminal_gets_no_workbook(data_dir: Path) -> None:
    ours, terminal = os.openpty()

    answer = subprocess.run(
        [sys.executable, "-m", "usabtest", "report", KEY, "--format", "xlsx"], stdout=terminal, stderr=subprocess.PIPE
    )

    os.close(terminal)
    os.close(ours)
    assert answer.returncode == 2
    assert answer.stderr.decode() == (
        "Error: A report as xlsx is no text for a terminal: name a file with -o, or use a pipe. "
        "See `python -m usabtest report --help`.\n"
    )


def test_an_unknown_study_is_said_in_a_line(usabtest: Run) -> None:
    answer = usabtest("report", "nothing")

    assert answer.exit_code == 1
    assert answer.stderr.count("\n") == 1
