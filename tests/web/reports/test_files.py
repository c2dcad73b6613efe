"""The report's files as they are downloaded: of whom the address says, and harmless whatever anybody is called."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from zipfile import ZipFile

import openpyxl
import pptx
import pypdf
import pytest
from flask.testing import FlaskClient

from tests.factories import make_participant, make_study, now, sign_in
from tests.measured import make_answers, make_measured, make_sus
from tests.web.reports.study import FULL
from usabtest.accounts.models import User
from usabtest.reports.files import FILES
from usabtest.studies.models import Study

FORMULA = '=HYPERLINK("https://evil.example","x")'
MARKUP = '<script>alert(1)</script>"><img src=x onerror=alert(1)>#panic() $x$'


@pytest.fixture
def signed_in(client: FlaskClient, alice: User) -> FlaskClient:
    sign_in(client, alice)
    return client


def downloaded(client: FlaskClient, name: str, query: str = "") -> bytes:
    answer = client.get(f"/studies/shop-checkout/{name}{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"] == f'attachment; filename="shop-checkout-{name}"'
    assert answer.mimetype == FILES[name].mimetype
    assert answer.headers["Cache-Control"] == "no-store"
    data: bytes = answer.data
    return data


def text_of(name: str, body: bytes) -> str:
    """What a reader reads of a file."""
    match name.rpartition(".")[2]:
        case "pdf":
            said = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
        case "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(body))
            said = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
        case "pptx":
            slides = pptx.Presentation(io.BytesIO(body)).slides
            said = " ".join(shape.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
        case _:
            said = re.sub(r"<style>.*?</style>|<[^>]*>", " ", body.decode(), flags=re.DOTALL)
    return " ".join(said.split())


@pytest.mark.parametrize("name", FILES)
def test_it_is_of_those_whom_the_address_lets_through(signed_in: FlaskClient, alice: User, name: str) -> None:
    study = make_study(alice, **FULL)
    for device, outcome in (("phone", "success"), ("phone", "gave_up"), ("desktop", "success")):
        make_measured(make_participant(study, device=device), outcome=outcome)

    everybody = text_of(name, downloaded(signed_in, name))
    on_phones = text_of(name, downloaded(signed_in, name, "?device=phone"))

    assert "3 people" in everybody
    assert "2 people" in on_phones
    # The summary names only filters that are in force; its foot names all.
    assert "All devices" in everybody
    assert "Device: phone" in on_phones
    told = signed_in.get("/studies/shop-checkout/report.json?device=phone").headers
    day = f"{now().day} {now():%B %Y}"
    assert day in on_phones
    assert f"usabtest {told['Usabtest-Version']}" in on_phones
    assert told["Usabtest-Checksum"] in on_phones.replace("·", "")


@pytest.mark.parametrize("hostile", [FORMULA, MARKUP])
@pytest.mark.parametrize("name", FILES)
def test_whatever_anybody_is_called_it_is_a_text(signed_in: FlaskClient, alice: User, name: str, hostile: str) -> None:
    hostile_study(alice, hostile)

    everything = downloaded(signed_in, name)
    nobody = downloaded(signed_in, name, "?attr.plan=%3Cscript%3E")

    assert " ".join(hostile.split()) in text_of(name, everything) or name.endswith("html")
    if name.endswith("html"):
        assert b"<script" not in everything + nobody
    if name.endswith("xlsx"):
        for sheet in openpyxl.load_workbook(io.BytesIO(everything)):
            assert not any(cell.data_type == "f" or cell.hyperlink for row in sheet.iter_rows() for cell in row)


def test_a_formula_is_none_in_any_table(signed_in: FlaskClient, alice: User) -> None:
    hostile_study(alice, FORMULA)

    tables = {"report.csv": signed_in.get("/studies/shop-checkout/report.csv").text, **data_behind(signed_in, "csv")}
    assert {"participants.csv", "attempts.csv", "answers.csv", "events.csv"} < tables.keys()
    for name, text in tables.items():
        for row in csv.reader(io.StringIO(text)):
            assert not any(cell.startswith(("=", "@", "+")) for cell in row), (name, row)


@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_the_data_behind_a_report_are_of_its_people_and_say_so(signed_in: FlaskClient, alice: User, form: str) -> None:
    study = make_study(alice, **FULL)
    for device in ("phone", "phone", "desktop"):
        make_measured(make_participant(study, device=device))
    make_measured(make_participant(study, device="phone", pilot=True))

    found = data_behind(signed_in, form, "?device=phone")

    head = 1 if form == "csv" else 0
    assert found[f"participants.{form}"].count("\n") == found[f"attempts.{form}"].count("\n") == 2 + head
    said = dict(line.split(": ", 1) for line in found["about.txt"].splitlines())
    assert (said["People"], said["Showing"]) == ("2 people", "Device: phone, All groups, All dates")
    figures = csv.DictReader(io.StringIO(signed_in.get("/studies/shop-checkout/report.csv?device=phone").text))
    version, checksum = (row["value"] for row in figures if row["figure"] in {"version", "checksum"})
    assert (said["Made by"], said["Checksum of the data"]) == (f"usabtest {version}", checksum)
    attempts = found[f"attempts.{form}"].encode()
    assert said[f"attempts.{form}"] == f"{2 + head} lines, SHA-256 {hashlib.sha256(attempts).hexdigest()}"


def data_behind(client: FlaskClient, form: str, query: str = "") -> dict[str, str]:
    """The members of the archive by their names."""
    body = client.get(f"/studies/shop-checkout/data-{form}.zip{query}").data
    with ZipFile(io.BytesIO(body)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def hostile_study(alice: User, text: str) -> Study:
    """A study in which everything that somebody may write is this."""
    question = {"key": "why", "text": text, "type": "open"}
    tasks = [{**FULL["tasks"][0], "title": text, "scenario": text, "questions": ["seq", question]}, *FULL["tasks"][1:]]
    study = make_study(alice, **{**FULL, "title": text, "tasks": tasks, "after": ["sus", question]})
    person = make_participant(study, external_id=text, attributes={"plan": text}, language=text[:10], browser=text[:20])
    make_measured(person, outcome="failure")
    make_answers(person, {"why": text}, attempt=0, task_key="find-book")
    make_answers(person, {"why": text})
    make_sus(person, [4, 2] * 5)
    return study
