"""The pages of a report: the same figures as the JSON, in words that so few people carry."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.crowd import make_crowd
from tests.factories import api_headers, make_participant, make_study, now, sign_in
from tests.measured import errors, first_click, make_answers, make_measured, make_people, make_sus
from tests.web.reports.study import FULL
from tests.web.snippet import begin
from usabtest.accounts.models import User
from usabtest.db import db, transaction
from usabtest.participation.models import Attempt
from usabtest.studies import actions as studies_actions
from usabtest.studies.models import Study

REPORT = "/studies/shop-checkout/report"


@pytest.fixture
def study(alice: User) -> Study:
    return make_study(alice, **FULL)


@pytest.fixture
def signed_in(client: FlaskClient, alice: User) -> FlaskClient:
    sign_in(client, alice)
    return client


def shown(client: FlaskClient, address: str) -> str:
    """What a page says, without its tags."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


def succeed(study: Study, successes: int, n: int, *, task_key: str = "find-book", number: int = 0) -> None:
    for place in range(n):
        outcome = "success" if place < successes else "failure"
        make_measured(make_participant(study), task_key=task_key, number=number, outcome=outcome)


def test_nobody_has_taken_part(signed_in: FlaskClient, study: Study) -> None:
    text = shown(signed_in, REPORT)

    assert "Nobody has taken part yet" in text
    assert "0 %" not in text


@pytest.mark.parametrize("after", [["nps"], ["csat", "ces"], ["umux_lite"], ["sus", "nps", "csat", "ces", "umux_lite"]])
def test_every_score_says_what_it_is_and_has_its_table(signed_in: FlaskClient, alice: User, after: list[str]) -> None:
    study = make_study(alice, **{**FULL, "key": "asked", "after": after})
    make_crowd(study, 6)

    page = signed_in.get("/studies/asked/report?device=desktop&device=phone&device=tablet").text

    for key in (name.replace("_", "-") for name in after):
        card = page.partition(f'popovertarget="about-{key}"')[2].partition("</section>")[0]
        (address,) = re.findall(r'href="([^"]+\.csv[^"]*)"', card)
        assert f"/report/{key}.csv?device=desktop" in address
        assert "Show as table" in card
        rows = signed_in.get(address.replace("&amp;", "&")).text.splitlines()
        assert rows[:2] == ["Figure,Value", "Answers,5"]


@pytest.mark.parametrize("tab", ["", "/participants", "/report", "/report/summary", "/compare", "/shares"])
def test_above_every_tab_of_a_study_is_the_way_to_all_studies(signed_in: FlaskClient, study: Study, tab: str) -> None:
    page = signed_in.get(f"/studies/shop-checkout{tab}").text

    assert '<p class="page-kicker"><a href="/studies">Studies</a></p>' in page


def test_the_task_with_the_most_lost_successes_leads(signed_in: FlaskClient, study: Study) -> None:
    for place in range(12):
        person = make_participant(study)
        make_measured(person, outcome="success" if place < 11 else "gave_up")
        make_measured(person, number=2, task_key="pay", outcome="success" if place < 5 else "failure")

    text = shown(signed_in, REPORT)

    assert "Start with “Pay with a voucher”: 5 of 12 people managed it." in text
    assert "“Find a book as a present” worked for nearly everyone we watched." in text
    assert text.index("7 of 12 did not finish unaided") < text.index("1 of 12 did not finish unaided")
    assert "42 %, likely 19 to 68 %" in text


@pytest.mark.parametrize(
    ("successes", "n", "said"),
    [
        (2, 3, "2 of 3 managed it. With so few people we learn what goes wrong, not how often."),
        (4, 5, "4 of 5 managed it. Of 100 other people, likely 36 to 98 would."),
        (9, 12, "9 of 12 managed it (75 %). Of 100 other people, likely 46 to 92 would."),
        (20, 25, "80 % managed it (20 of 25), likely 60 to 92 %."),
    ],
)
def test_words_depend_on_how_many_tried(
    signed_in: FlaskClient, study: Study, successes: int, n: int, said: str
) -> None:
    succeed(study, successes, n)

    assert said in shown(signed_in, f"{REPORT}/tasks/find-book")


def test_below_five_there_is_no_percentage(signed_in: FlaskClient, study: Study) -> None:
    succeed(study, 2, 3)

    page = shown(signed_in, REPORT).partition("Dot: what we saw")[0]

    assert "2 of 3" in page
    assert not re.search(r"\d %, likely", page)


def test_page_and_json_carry_the_same_figures(signed_in: FlaskClient, study: Study, alice: User) -> None:
    make_people(study, 12)

    told = signed_in.get("/api/v1/studies/shop-checkout/report", headers=api_headers(alice)).get_json()
    text = shown(signed_in, REPORT)

    for task in told["tasks"]:
        success, time = task["success"], task["time_on_task"]
        assert f"{success['successes']} of {success['n']}" in text
        assert f"likely {100 * success['ci'][0]:.0f} to {100 * success['ci'][1]:.0f} %" in text
        assert f"{time['geometric_mean']:.1f}" in text
        assert f"{task['seq']['mean']:.1f}" in text
    assert f"{told['sus']['mean']:.1f}" in text
    assert f"{told['nps']['promoters']} promoter" in text


def test_the_downloads_carry_the_same_figures(signed_in: FlaskClient, study: Study, alice: User) -> None:
    make_people(study, 3)

    told = signed_in.get("/api/v1/studies/shop-checkout/report", headers=api_headers(alice)).get_json()
    downloaded = signed_in.get(f"{REPORT}.json")
    table = signed_in.get(f"{REPORT}.csv")

    assert downloaded.headers["Content-Disposition"] == 'attachment; filename="shop-checkout-report.json"'
    assert {**downloaded.get_json(), "generated_at": ""} == {**told, "generated_at": ""}
    assert f"pay,success.successes,{told['tasks'][2]['success']['successes']}\r\n" in table.text


def test_a_task_says_what_went_wrong_and_where(signed_in: FlaskClient, study: Study) -> None:
    make_measured(
        make_participant(study),
        outcome="failure",
        errors=errors(form=2, network=1),
        signals=errors(dead_click=1),
        first_click=True,
        first_click_at=first_click(),
        ease=3,
    )

    text = shown(signed_in, f"{REPORT}/tasks/find-book")

    assert "A form was refused 2" in text
    assert "Click that did nothing possible error, not counted 1" in text
    assert "Failed request 1" in text
    assert (
        "#voucher on /checkout A form was refused 2, Failed request 1 · 1 attempt "
        "See the moment of #voucher P-01 at 0:01 3 times Not counted as errors "
        "#voucher on /checkout Click that did nothing 1 · 1 attempt "
        "See the moment of #voucher P-01 at 0:01 1"
    ) in text
    assert "1 of 1 began in the right place, and 0 of 1 of those finished unaided." in text
    assert "nav a.books / · the right place 1" in text
    assert "Ends in success when the page /basket/ is reached. Limit 5:00." in text
    assert "Thought it was done; nothing was reached" in text


def test_a_task_that_nobody_tried_says_so(signed_in: FlaskClient, study: Study) -> None:
    assert "Nobody has tried this task yet" in shown(signed_in, f"{REPORT}/tasks/pay")


def test_an_unknown_task_is_not_found(signed_in: FlaskClient, study: Study) -> None:
    assert signed_in.get(f"{REPORT}/tasks/nothing").status_code == 404


def test_a_participants_page_tells_what_happened(client: FlaskClient, study: Study, alice: User) -> None:
    page = begin(client, "/s/shop-checkout")
    page.send(
        ["v", -500, None, 0, "load", 1280, 800, 200],
        ["S", 0, 0, 0],
        ["c", 1000, 0, 0, 1, 500, 500, 40, 40, 0, "m", 1],
        ["f", 2000, 0, 0, 1, "native"],
        ["D", 4000, 0, 0],
        ["A", 5000, 0, 0, "seq", 3],
    )
    sign_in(client, alice)

    text = shown(client, "/studies/shop-checkout/participants/P-01")
    everything = shown(client, "/studies/shop-checkout/participants/P-01?events=all")

    assert "Thinks it is done, but it is not." in text
    assert "0:02 A form was refused #somewhere · /" in text
    assert "0:04 Pressed “I’m done”" in text
    assert "found it difficult, 3 of 7" in text
    assert "Click #somewhere" not in text
    assert "0:01 Click #somewhere · /" in everything


def test_an_attempt_is_judged_on_the_participants_page(signed_in: FlaskClient, study: Study) -> None:
    attempt = make_measured(make_participant(study), outcome="failure")
    address = f"/studies/shop-checkout/attempts/{attempt.session_id:016x}-0/judge"

    signed_in.post(address, data={"outcome": "assisted", "reason": "I pointed to the field"})

    assert db.session.scalars(select(Attempt.judged_outcome)).one() == "assisted"
    text = shown(signed_in, "/studies/shop-checkout/participants/P-01")
    assert "With help I pointed to the field (Alice)" in text
    signed_in.post(address, data={"outcome": ""})
    assert "Not judged" in shown(signed_in, "/studies/shop-checkout/participants/P-01")


def test_filters_are_named_and_can_be_taken_off(signed_in: FlaskClient, study: Study) -> None:
    make_measured(make_participant(study, device="phone", attributes={"plan": "free"}))

    answer = signed_in.get(f"{REPORT}?device=phone&attr.plan=free")

    assert "Device: phone" in answer.text
    assert "plan: free" in answer.text
    assert f'href="{REPORT}?attr.plan=free"' in answer.text
    assert f'href="{REPORT}/tasks/find-book?attr.plan=free&amp;device=phone"' in answer.text


def test_hostile_text_is_harmless(signed_in: FlaskClient, alice: User) -> None:
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    study = make_study(
        alice,
        key="hostile",
        title=bad,
        sites=["https://shop.example"],
        tasks=[
            {
                "key": "t",
                "title": bad,
                "scenario": bad,
                "start_url": "https://shop.example/",
                "success": [{"text": bad}, {"answer": {"question": bad, "accept": [bad]}}],
                "questions": ["seq", {"key": "why", "text": bad, "type": "open"}],
            }
        ],
        after=["sus", {"key": "how", "text": bad, "type": "choice", "options": [bad, "other"], "other": True}],
    )
    person = make_participant(
        study, external_id=bad, browser=bad, language="<b>", device="<b>", problem=bad, attributes={bad: bad}
    )
    occurrence = errors(form=1)[0]
    make_measured(person, task_key="t", outcome="failure", errors=(occurrence,), judged=("partial", bad))
    make_answers(person, {"why": bad}, attempt=0, task_key="t")
    make_answers(person, {"how": [bad, bad + "2"]})
    make_sus(person, [3] * 10)
    with transaction():
        excluded = make_participant(study)
        excluded.excluded_at, excluded.excluded_reason = now(), bad

    for address in (
        "/studies/hostile/report",
        f"/studies/hostile/report?attr.{'x'}={bad}",
        "/studies/hostile/report/tasks/t",
        "/studies/hostile/participants/P-01",
    ):
        text = signed_in.get(address).text
        assert "alert(1)" in text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_an_observer_reads_the_report_and_no_more(client: FlaskClient, study: Study, olive: User) -> None:
    make_measured(make_participant(study))
    with transaction():
        studies_actions.add_member(study, olive, now=now())
    sign_in(client, olive)

    page = client.get(REPORT)

    assert page.status_code == 200
    assert "/participants/" not in page.text
    assert client.get(f"{REPORT}/tasks/find-book").status_code == 200
    assert client.get("/studies/shop-checkout/participants/P-01").status_code == 403
    assert client.get("/studies/shop-checkout/data-csv.zip").status_code == 403


def test_strangers_find_nothing(client: FlaskClient, study: Study, charlie: User) -> None:
    assert client.get(REPORT).status_code == 303
    sign_in(client, charlie)

    assert client.get(REPORT).status_code == 404
    assert client.get(f"{REPORT}.csv").status_code == 404
    assert client.get("/studies/shop-checkout/participants/P-01").status_code == 404


def test_the_workbook_carries_the_filters_of_the_address(signed_in: FlaskClient, study: Study) -> None:
    make_measured(make_participant(study, device="phone"))
    make_measured(make_participant(study, device="desktop"))
    link = re.search(r'href="([^"]*report\.xlsx[^"]*)"', signed_in.get(f"{REPORT}?device=phone").text)
    assert link

    answer = signed_in.get(link[1])

    assert answer.headers["Content-Disposition"] == 'attachment; filename="shop-checkout-report.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book["Tasks"]["C2"].value == 1
    assert ("Showing", "Device: phone, All groups, All dates") in [
        row[:2] for row in book["About"].iter_rows(values_only=True)
    ]
