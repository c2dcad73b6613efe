"""A task's page: its attempts in an order, what is odd, and changes that say what they do."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

from tests.factories import make_participant, make_study, now, sign_in
from tests.measured import errors, first_click, make_measured
from tests.web.reports.study import FULL
from usabtest.accounts.models import User
from usabtest.db import db, transaction
from usabtest.measurement.fold import Visit
from usabtest.participation.models import Participant
from usabtest.studies import actions as studies_actions
from usabtest.studies.models import Invitation, Study

STUDY = "/studies/shop-checkout"
TASK = f"{STUDY}/report/tasks/find-book"


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


def codes(page: str) -> list[str]:
    """The participants in the list of attempts, from above."""
    return re.findall(r'<th scope="row"><a [^>]*attempt=0">(P-\d+)</a></th>', page)


def table_file(client: FlaskClient, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(answer.text)))


def test_the_attempts_are_sorted_by_links_in_the_head(signed_in: FlaskClient, study: Study) -> None:
    for time_s in (50, 20, 90):
        make_measured(make_participant(study, device="phone"), time_s=time_s)

    page = signed_in.get(f"{TASK}?device=phone&sort=time&order=descending").text

    assert codes(page) == ["P-03", "P-01", "P-02"]
    assert re.search(r'aria-sort="descending"><a class="sort" href="[^"]*device=phone[^"]*sort=time[^"]*">Time', page)
    assert page.count("aria-sort") == 1


def test_long_lists_are_paged(signed_in: FlaskClient, study: Study) -> None:
    for _ in range(52):
        make_measured(make_participant(study), outcome="failure")

    first, second = signed_in.get(TASK).text, signed_in.get(f"{TASK}?page=2").text

    assert (len(codes(first)), codes(second)) == (50, ["P-51", "P-52"])
    assert "Later attempts" in first
    assert "Earlier attempts" in second


def test_odd_times_are_flagged_and_set_aside_by_one_link(signed_in: FlaskClient, study: Study) -> None:
    for time_s in (50, 52, 54, 56, 58, 60, 900):
        make_measured(make_participant(study), time_s=time_s)

    page = shown(signed_in, TASK)
    without = shown(signed_in, f"{TASK}?outliers=without")

    assert "1 time looks odd: P-07 with 15:00. It counts all the same." in page
    assert "Show the figures without them" in page
    assert "Without 1" not in page
    assert re.search(r"With all 7 1:2\d geometric mean of 7", without)
    assert "Without 1 55 s geometric mean of 6, likely 51 s to 59 s" in without
    assert "7 of 7" in without


def test_ways_end_as_attempts_ended(signed_in: FlaskClient, study: Study) -> None:
    way = [Visit(at, f"https://shop.example{page}") for at, page in enumerate(("/", "/basket/", "/help/", "/basket/"))]
    make_measured(make_participant(study), path=tuple(way[:2]))
    make_measured(make_participant(study), path=tuple(way[:2]))
    make_measured(make_participant(study), path=tuple(way), outcome="gave_up")

    text = shown(signed_in, TASK)

    assert "The commonest way, taken by 2 of 3: / → /basket/." in text
    head, *steps = table_file(signed_in, f"{TASK}/paths.csv")
    assert head == ["From", "To", "People"]
    assert sorted(steps) == [
        ["/", "/basket/", "3"],
        ["/basket/", "/help/", "1"],
        ["/basket/", "Success", "2"],
        ["/help/", "Gave up", "1"],
    ]


def test_the_three_witnesses_are_counted(signed_in: FlaskClient, study: Study) -> None:
    make_measured(make_participant(study))
    make_measured(make_participant(study), outcome="failure")
    make_measured(make_participant(study), outcome="failure", judged=("success", "It was there, behind the chat"))

    text = shown(signed_in, TASK)

    assert "The criteria and the participant agree in 1 of 3; 2 thought they were done and were not." in text
    assert "Success The participant said" not in text
    assert "Moderators judged 1 of 3; 0 of 1 as the criteria did." in text
    assert "judged by hand; criteria: nothing met, participant: done" in text


def test_leaving_somebody_out_says_what_it_does_and_comes_back(signed_in: FlaskClient, study: Study) -> None:
    make_measured(make_participant(study))
    make_measured(make_participant(study), outcome="failure")

    page = signed_in.get(f"{TASK}?sort=time&leave_out=P-02").text
    back = re.search(r'name="back" value="([^"]*)"', page)
    assert back is not None
    answer = signed_in.post(
        f"{STUDY}/participants/P-02/exclude", data={"reason": "Lost the connection", "back": back[1]}
    )

    assert "Success of “Find a book as a present” would go from 1 of 2 to 1 of 1." in page
    assert answer.headers["Location"] == f"{TASK}?sort=time"
    assert db.session.query(Participant).filter_by(number=2).one().excluded_reason == "Lost the connection"


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/studies/other/report", "/\\evil.example"]
)
def test_a_form_leads_back_to_pages_of_its_study_only(signed_in: FlaskClient, study: Study, back: str) -> None:
    make_participant(study)

    answer = signed_in.post(f"{STUDY}/participants/P-01/exclude", data={"reason": "Why not", "back": back})

    assert answer.headers["Location"] == f"{STUDY}/participants"


def test_judging_from_the_list_says_what_it_does_and_keeps_the_automatic_verdict(
    signed_in: FlaskClient, study: Study
) -> None:
    attempt = make_measured(make_participant(study), outcome="failure")
    attempt_id = f"{attempt.session_id:016x}-0"

    asked = shown(signed_in, f"{TASK}?judge={attempt_id}")
    answer = signed_in.post(
        f"{STUDY}/attempts/{attempt_id}/judge", data={"outcome": "success", "reason": "It was there", "back": TASK}
    )

    assert "Success of “Find a book as a present” is 0 of 1 now. Judged a success it would be 1 of 1" in asked
    assert answer.headers["Location"] == TASK
    assert "Success judged by hand; criteria: nothing met, participant: done" in shown(signed_in, TASK)


def test_who_may_not_correct_is_offered_no_change(client: FlaskClient, study: Study, olive: User, alice: User) -> None:
    attempt = make_measured(make_participant(study), outcome="failure")
    with transaction():
        studies_actions.add_member(study, olive, now=now())
    sign_in(client, olive)

    page = client.get(f"{TASK}?leave_out=P-01&judge={attempt.session_id:016x}-0").text

    assert "<dialog" not in page
    assert "Leave out" not in page


def test_the_filters_offer_what_occurs(signed_in: FlaskClient, study: Study) -> None:
    with transaction() as writing:
        group = Invitation(study_id=study.id, token_hash=b"1" * 32, label="Club members", created_at=now())
        writing.add(group)
        writing.flush()
        invitation_id = group.id
    phone = {"device": "phone", "browser": "Firefox 131", "language": "de-AT", "invitation_id": invitation_id}
    for place in range(2):
        make_measured(make_participant(study, **phone, attributes={"plan": "free", "click": f"id{place}"}))
    make_measured(make_participant(study, device="desktop", browser="Firefox 130", attributes={"plan": "pro"}))
    make_participant(study, pilot=True, device="tablet")

    page = signed_in.get(f"{STUDY}/report").text
    filtered = shown(signed_in, f"{STUDY}/report?group=Club+members&browser=Firefox&attr.plan=free&from=2026-01-02")

    for name, value in (
        *(("device", "phone"), ("browser", "Firefox"), ("language", "de"), ("group", "Club members")),
        *(("attr.plan", "free"), ("status", "started")),
    ):
        assert f'name="{name}" value="{value}"' in page
    assert "tablet" not in page
    assert "attr.click" not in page
    assert "Filters are on." in filtered
    assert "plan: free, Browser: Firefox, From 2 January 2026, Group: Club members: 2 of 3 people." in filtered


def test_files_keep_the_filters_and_no_text_is_a_formula(signed_in: FlaskClient, study: Study) -> None:
    bad = "=cmd|' /C calc'!A0"
    make_measured(make_participant(study, device="phone"), first_click=True, first_click_at=first_click(bad))
    make_measured(make_participant(study, device="desktop"), errors=errors(form=1))

    page = signed_in.get(f"{TASK}?device=phone").text

    assert f'href="{TASK}/first-clicks.csv?device=phone"' in page
    assert table_file(signed_in, f"{TASK}/first-clicks.csv?device=phone")[1] == [f"'{bad}", "/", "right", "1", "1"]
    assert len(table_file(signed_in, f"{TASK}/attempts.csv?device=phone")) == 2


@pytest.mark.parametrize(
    "name", ["outcomes", "times", "ease", "errors", "first-clicks", "paths", "questions", "attempts"]
)
def test_each_chart_of_a_task_has_its_file(signed_in: FlaskClient, study: Study, name: str) -> None:
    make_measured(make_participant(study), errors=errors(form=1), first_click_at=first_click(), ease=5)

    assert len(table_file(signed_in, f"{TASK}/{name}.csv")) > 1


@pytest.mark.parametrize(
    "address", [f"{STUDY}/report/nothing.csv", f"{TASK}/nothing.csv", f"{STUDY}/report/tasks/no/ease.csv"]
)
def test_an_unknown_file_is_not_found(signed_in: FlaskClient, study: Study, address: str) -> None:
    assert signed_in.get(address).status_code == 404


def test_a_title_from_right_to_left_keeps_its_direction(signed_in: FlaskClient, alice: User) -> None:
    title = "ادفع بالقسيمة"
    study = make_study(alice, **{**FULL, "key": "arabic", "title": title, "language": "ar"})
    make_measured(make_participant(study), outcome="failure")

    page = signed_in.get("/studies/arabic/report").text

    assert f'<h1><bdi lang="ar">{title}</bdi></h1>' in page
