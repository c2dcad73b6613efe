"""The summary in plain words, and how a researcher words it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.crowd import make_crowd
from tests.factories import make_participant, make_study, now, sign_in
from tests.measured import errors, make_measured, make_people
from tests.web.reports.study import FULL
from usabtest.accounts.models import User
from usabtest.conclusions.queries import Cost, FindingText, concluded_of
from usabtest.db import transaction
from usabtest.studies import actions as studies_actions
from usabtest.studies.models import Study

SUMMARY = "/studies/shop-checkout/report/summary"
SAVE = "/studies/shop-checkout/conclusions"


@pytest.fixture
def study(alice: User) -> Study:
    return make_study(alice, **FULL)


@pytest.fixture
def signed_in(client: FlaskClient, alice: User) -> FlaskClient:
    sign_in(client, alice)
    return client


def twelve(study: Study) -> None:
    """Eleven find the book; five pay with the voucher, and the others had a form refused."""
    for place in range(12):
        person = make_participant(study)
        make_measured(person, outcome="success" if place < 11 else "gave_up")
        if place < 5:
            make_measured(person, number=2, task_key="pay", outcome="success")
        else:
            make_measured(person, number=2, task_key="pay", outcome="failure", said="done", errors=errors(form=1))


def shown(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


def make_form(**changes: str) -> dict[str, str]:
    """The form with one finding of the researcher's own, and a sum."""
    return {
        "lead": "Vouchers are the trouble",
        "findings-0-task_key": "pay",
        "findings-0-title": "The voucher field refuses codes",
        "findings-0-text": "It does not say why.",
        "findings-0-seen": "The printed code has spaces in it.",
        "cost-task_key": "pay",
        "cost-visitors": "1,200",
        "cost-visitors_words": "voucher orders a month",
        "cost-share": "",
        "cost-currency": "£",
        "cost-value": "4.20",
        "cost-value_words": "for a contact",
        **changes,
    }


def test_nobody_has_taken_part(signed_in: FlaskClient, study: Study) -> None:
    text = shown(signed_in, SUMMARY)

    assert "Nobody has taken part yet" in text
    assert "0 %" not in text


def test_a_filter_that_nobody_fits_is_not_called_an_empty_study(signed_in: FlaskClient, study: Study) -> None:
    twelve(study)

    text = shown(signed_in, f"{SUMMARY}?from=2100-01-01")

    assert "Nobody fits these filters" in text
    assert "Nobody has taken part yet" not in text


def test_it_says_what_stopped_most(signed_in: FlaskClient, study: Study) -> None:
    twelve(study)

    text = shown(signed_in, SUMMARY)

    assert "“Pay with a voucher” stopped 7 of 12." in text
    assert "11 of 12 likely 62 to 100 of 100" in text
    assert (
        "7 of 12 did not manage “Pay with a voucher” by themselves. All of them had a form refused on /checkout."
        in text
    )
    assert "7 thought it was done and it was not." in text
    assert "“Pay with a voucher” stops many people: of 100, likely 32 to 81 would not manage it." in text
    assert text.index("Pay with a voucher” by themselves") < text.index("Find a book as a present” by themselves")


def test_what_is_written_takes_the_place_of_what_is_suggested(
    signed_in: FlaskClient, study: Study, alice: User
) -> None:
    twelve(study)

    answer = signed_in.post(SAVE, data=make_form())
    text = shown(signed_in, SUMMARY)

    assert answer.status_code == 303
    assert answer.location == SUMMARY
    assert "Vouchers are the trouble" in text
    assert "The voucher field refuses codes 7 of 12 did not manage" in text
    assert "It does not say why." in text
    assert "Find a book as a present” by themselves" not in text


def test_the_sum_follows_the_measured_share(signed_in: FlaskClient, study: Study) -> None:
    twelve(study)
    signed_in.post(SAVE, data=make_form())

    text = shown(signed_in, SUMMARY)

    assert "about £2,900 a month" in text
    assert "Likely between £1,600 and £4,100" in text


def test_a_reader_may_change_the_sum(signed_in: FlaskClient, study: Study) -> None:
    twelve(study)
    signed_in.post(SAVE, data=make_form())

    text = shown(signed_in, f"{SUMMARY}?visitors=100&share=50&value=10")
    refused = shown(signed_in, f"{SUMMARY}?visitors=many")

    assert "about £500 a month" in text
    assert "The share is assumed, not measured" in text
    assert "A number belongs here." in refused
    assert "about £2,900 a month" in refused
    assert concluded_of(study).cost == Cost(
        task_key="pay",
        visitors=1200,
        visitors_words="voucher orders a month",
        value=4.2,
        value_words="for a contact",
        currency="£",
    )


def test_what_is_left_as_suggested_follows_the_data(signed_in: FlaskClient, study: Study) -> None:
    twelve(study)
    page = signed_in.get(f"{SUMMARY}/edit").text
    sent = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', page.replace("&#34;", '"')))
    suggested = {name: sent[name] for name in sent if name.startswith("findings-0-suggested_")}
    texts = {name.replace("suggested_", ""): value for name, value in suggested.items()}

    signed_in.post(SAVE, data={"lead": "", "findings-0-task_key": "pay", **suggested, **texts})

    assert concluded_of(study).findings == (FindingText(task_key="pay"),)
    assert "All of them had a form refused" in shown(signed_in, SUMMARY)


@pytest.mark.parametrize(
    ("do", "titles"),
    [
        ("up-1", ["Second", "First"]),
        ("down-0", ["Second", "First"]),
        ("out-0", ["Second"]),
        ("add", ["First", "Second", ""]),
        ("take-0", ["First", "Second", "Third"]),
        ("up-0", ["First", "Second"]),
        ("up-77", ["First", "Second"]),
        ("nonsense", ["First", "Second"]),
    ],
)
def test_moving_a_finding_keeps_what_was_typed(
    signed_in: FlaskClient, study: Study, do: str, titles: list[str]
) -> None:
    rows = {"findings-0-title": "First", "findings-1-title": "Second", "findings-1-text": "Typed <b>"}
    more = {"more-0-title": "Third", "more-0-suggested_title": "Third"}

    answer = signed_in.post(SAVE, data={"lead": "Typed, too", **rows, **more, "do": do})

    shown_titles = re.findall(r'name="findings-\d-title" value="([^"]*)"', answer.text)
    assert answer.status_code == 200
    assert shown_titles == titles
    assert 'value="Typed, too"' in answer.text
    assert ("Typed &lt;b&gt;" in answer.text) == ("Second" in titles)
    assert concluded_of(study).findings is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"findings-0-title": ""}, "Finding 1 needs a headline, or is left out."),
        ({"findings-1-title": "Hearsay"}, "Finding 2 is about no task that shows it, so say what was seen."),
        ({"findings-0-title": "x" * 201}, "At most 200 characters; these are 201."),
        ({"findings-0-task_key": "other"}, "about a task that this study does not have"),
        ({"cost-visitors": "many"}, "How many try it in a month: a number belongs here."),
        ({"cost-value": "-1"}, "What each one who fails costs: a number belongs here."),
        ({"cost-share": "101"}, "A percentage from 0 to 100"),
        ({"cost-task_key": "other"}, "The sum is about one of the tasks."),
        ({f"findings-{place}-title": "x" for place in range(13)}, "At most 12 findings"),
    ],
)
def test_what_must_be_mended_is_said_and_nothing_is_lost(
    signed_in: FlaskClient, study: Study, changes: dict[str, str], said: str
) -> None:
    answer = signed_in.post(SAVE, data=make_form(**changes))

    assert answer.status_code == 422
    assert said in answer.text
    assert "The printed code has spaces in it." in answer.text
    assert concluded_of(study).findings is None


def test_it_goes_back_to_what_the_data_suggest(signed_in: FlaskClient, study: Study) -> None:
    twelve(study)
    signed_in.post(SAVE, data=make_form())

    signed_in.post(f"{SAVE}/forget")

    assert concluded_of(study).findings is None
    assert "“Pay with a voucher” stopped 7 of 12." in shown(signed_in, SUMMARY)
    assert concluded_of(study).cost is not None


def test_no_findings_are_an_answer_too(signed_in: FlaskClient, study: Study) -> None:
    twelve(study)

    signed_in.post(SAVE, data={"lead": ""})

    assert concluded_of(study).findings == ()
    assert "did not manage" not in shown(signed_in, SUMMARY)


@pytest.fixture
def round_before(study: Study, alice: User, bob: User) -> Study:
    """An earlier study of bob's, of which this one is the next round."""
    before = make_study(bob, **{**FULL, "key": "round-1", "title": "Shop checkout, round 1"})
    twelve(before)
    twelve(study)
    with transaction():
        study.previous_id = before.id
    return before


def test_it_says_what_changed_since_the_round_before(signed_in: FlaskClient, round_before: Study, alice: User) -> None:
    with transaction():
        studies_actions.add_member(round_before, alice, now=now())

    text = shown(signed_in, SUMMARY)

    assert "What changed since Shop checkout, round 1" in text
    assert "Too few people to tell" in text


def test_that_nothing_can_be_compared_is_said_once(signed_in: FlaskClient, study: Study, alice: User) -> None:
    other = [{**task, "scenario": "Do something else."} for task in FULL["tasks"]]
    before = make_study(alice, **{**FULL, "key": "round-1", "title": "Round 1", "tasks": other, "after": []})
    twelve(before)
    twelve(study)
    with transaction():
        study.previous_id = before.id

    assert shown(signed_in, SUMMARY).count("Nothing can be compared yet") == 1


def test_a_round_that_somebody_may_not_read_is_not_told(signed_in: FlaskClient, round_before: Study) -> None:
    assert "round 1" not in shown(signed_in, SUMMARY)


def test_with_a_filter_it_says_why_no_change_is_told(signed_in: FlaskClient, round_before: Study, alice: User) -> None:
    with transaction():
        studies_actions.add_member(round_before, alice, now=now())

    page = signed_in.get(f"{SUMMARY}?device=desktop").text
    text = shown(signed_in, f"{SUMMARY}?device=desktop")

    assert "What changed since Shop checkout, round 1 That is told of everybody together , and filters show" in text
    assert "Too few people to tell" not in text
    assert 'href="/studies/shop-checkout/compare?device=desktop">See the comparison' in page


def test_with_a_filter_a_round_that_somebody_may_not_read_is_not_told(
    signed_in: FlaskClient, round_before: Study
) -> None:
    assert "round 1" not in shown(signed_in, f"{SUMMARY}?device=desktop")


def test_an_observer_reads_and_does_not_write(client: FlaskClient, study: Study, olive: User) -> None:
    with transaction():
        studies_actions.add_member(study, olive, now=now())
    sign_in(client, olive)

    page = client.get(SUMMARY)

    assert page.status_code == 200
    assert "Edit summary" not in page.text
    assert client.get(f"{SUMMARY}/edit").status_code == 403
    assert client.post(SAVE, data=make_form()).status_code == 403


@pytest.mark.parametrize("field", ["lead", "findings-0-title", "findings-0-text", "findings-0-seen", "cost-currency"])
def test_hostile_text_stays_text(signed_in: FlaskClient, study: Study, field: str) -> None:
    twelve(study)
    signed_in.post(SAVE, data=make_form(**{field: "<i>x</i>"}))

    assert "<i>x</i>" not in signed_in.get(SUMMARY).text
    assert "&lt;i&gt;x&lt;/i&gt;" in signed_in.get(SUMMARY).text


def test_how_it_felt_is_told_in_words_and_its_measures_are_explained(signed_in: FlaskClient, alice: User) -> None:
    make_crowd(make_study(alice, **{**FULL, "key": "asked", "after": ["sus", "umux_lite", "csat", "ces", "nps"]}), 6)

    page = signed_in.get("/studies/asked/report/summary").text

    explained = re.findall(r'<button class="explain" [^>]*popovertarget="cx-about-\d">([^<]+)</button>', page)
    assert [word.partition(" (")[2] for word in explained] == ["SUS)", "UMUX-Lite)", "CSAT)", "CES)", "NPS)"]
    assert '<div class="cx-scale" role="img" aria-labelledby="cx-felt-1">' in page
    assert '<p id="cx-felt-1">People rated it <strong>' in page
    assert 'href="/studies/asked/report/sus.csv"' in page


def test_a_crowd_is_a_bar_and_no_figures(signed_in: FlaskClient, study: Study) -> None:
    make_people(study, 25)

    page: Any = signed_in.get(SUMMARY).text

    assert 'class="person"' not in page
    assert 'class="dot-bar"' in page
    assert "Each figure is one person" not in page
    assert "Each dot is the share of people who finished without help." in page
