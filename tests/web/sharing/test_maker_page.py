from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import make_study, sign_in
from tests.measured import make_people
from tests.web.sharing.shares import make_link, stranger
from usabtest.accounts.models import User
from usabtest.db import db
from usabtest.sharing.queries import latest_shares
from usabtest.studies.models import Study

GROUPS = {"a.device": "phone", "b.device": "desktop"}


@pytest.fixture
def study(alice: User) -> Study:
    study = make_study(alice)
    make_people(study, 3)
    return study


@pytest.fixture
def maker(client: FlaskClient, alice: User) -> FlaskClient:
    sign_in(client, alice)
    return client


def test_a_link_is_made_shown_once_and_revoked(app: Flask, maker: FlaskClient, study: Study) -> None:
    address = f"/studies/{study.key}/shares"
    assert "No links yet" in maker.get(address).text
    chosen = {"label": "Customer care", "sections": ["overview"], "expires_days": "30", "kind": "live"}

    made = maker.post(address, data=chosen)

    link = re.search(r'id="new-link" value="([^"]+)"', made.text)
    assert link is not None
    assert stranger(app).get(urlsplit(link[1]).path).status_code == 200
    listed = maker.get(address).text
    assert "Customer care" in listed
    assert urlsplit(link[1]).path not in listed
    assert "1 time" in listed
    assert "It was opened 1 time. From now on whoever opens it finds nothing." in listed

    [share] = latest_shares(study, at_most=9)
    assert maker.post(f"{address}/{share.id}/revoke").status_code == 303
    assert stranger(app).get(urlsplit(link[1]).path).status_code == 404
    assert "Customer care" not in maker.get(address).text


def test_a_comparison_is_taken_along(app: Flask, maker: FlaskClient, study: Study) -> None:
    compared = maker.get(f"/studies/{study.key}/compare?a.device=phone&b.device=desktop").text
    leads = re.search(r'href="([^"]+)">Share comparison', compared)
    assert leads is not None
    page = maker.get(html.unescape(leads[1])).text
    assert "It compares <bdi>Device: phone beside Device: desktop</bdi>." in page
    assert re.search(r'value="compare"[^>]* checked', page)
    action = re.search(r'action="([^"]+/shares[^"]+)" method="post"', page)
    assert action is not None

    made = maker.post(
        html.unescape(action[1]), data={"sections": ["compare"], "expires_days": "30", "kind": "live"}
    ).text

    link = re.search(r'id="new-link" value="([^"]+)"', made)
    assert link is not None
    assert "Device: desktop, " in (shown := stranger(app).get(urlsplit(link[1]).path).text)
    assert "Device: phone, " in shown
    assert "compares <bdi>Device: phone beside Device: desktop</bdi>" in made
    unticked = maker.post(html.unescape(action[1]), data={"sections": ["cx"], "expires_days": "30", "kind": "live"})
    assert unticked.status_code == 200
    assert [share.comparison for share in latest_shares(study, at_most=9)] == [{}, dict(GROUPS)]


def test_what_shows_people_is_ticked_only_by_hand(maker: FlaskClient, study: Study) -> None:
    page = maker.get(f"/studies/{study.key}/shares").text

    ticked = re.findall(r'<input type="(?:checkbox|radio)"[^>]* value="([^"]+)"[^>]* checked', page)

    assert ticked == ["cx", "overview", "tasks", "live"]


def test_the_filters_of_the_report_go_along_and_are_named(maker: FlaskClient, study: Study) -> None:
    report = maker.get(f"/studies/{study.key}/report?device=phone").text
    assert f'href="/studies/{study.key}/shares?device=phone">Share report' in report
    page = maker.get(f"/studies/{study.key}/shares?device=phone").text
    assert "Only: Device: phone." in page
    [action] = re.findall(rf'action="(/studies/{study.key}/shares[^"/]*)"', page)

    maker.post(action, data={"sections": "overview", "expires_days": "30", "kind": "live"})

    [share] = latest_shares(study, at_most=9)
    assert share.filters == {"device": "phone"}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("expires_days", "0", "How long it is good: a whole number from 1 to 365"),
        ("expires_days", "soon", "How long it is good: a whole number from 1 to 365"),
        ("expires_days", "9" * 5000, "How long it is good: a whole number from 1 to 365"),
        ("password", "short", "Password: a text of 6 to 200 characters"),
        ("sections", [], "What it shows: a list of what the link shows belongs here"),
        ("sections", ["everything"], "What it shows: there is no such section"),
        ("label", "x" * 201, "For whom it is: a text of up to 200 characters"),
    ],
)
def test_what_has_to_be_mended_is_said_and_nothing_is_lost(
    maker: FlaskClient, study: Study, field: str, value: object, said: str
) -> None:
    chosen = {"label": "Care & more", "sections": ["tasks"], "people": [], "expires_days": "9", "kind": "frozen"}

    answer = maker.post(f"/studies/{study.key}/shares", data={**chosen, field: value})

    assert answer.status_code == 422
    assert said in answer.text
    assert field == "label" or 'value="Care &amp; more"' in answer.text
    assert 'value="frozen" checked' in answer.text
    assert latest_shares(study, at_most=9) == []


def test_a_link_of_another_study_is_not_revoked_from_here(maker: FlaskClient, alice: User, study: Study) -> None:
    share = make_link(make_study(alice)).share

    assert maker.post(f"/studies/{study.key}/shares/{share.id}/revoke").status_code == 404
    assert maker.post(f"/studies/{study.key}/shares/{10**20}/revoke").status_code == 404
    db.session.refresh(share)
    assert share.revoked_at is None


def test_deleting_a_study_deletes_its_links(app: Flask, maker: FlaskClient, study: Study) -> None:
    link = make_link(study, frozen=True)

    assert maker.post(f"/studies/{study.key}/delete").status_code == 303

    assert stranger(app).get(link.path).status_code == 404
    assert db.session.execute(db.text("SELECT count(*) FROM kept_face")).scalar() == 0
