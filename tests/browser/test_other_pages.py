"""The pages outside studies and reports: accounts, what participants are told, and what is not there."""

from __future__ import annotations

import datetime as dt

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import BrowserContext

from tests.browser.accessible import faults_at
from tests.browser.conftest import RunFilled
from tests.browser.our_app import OurApp
from tests.factories import make_participant, make_study, now
from usabtest.accounts import actions
from usabtest.accounts.models import LinkPurpose, User
from usabtest.db import transaction

OURS = ["/people", "/settings", "/there-is-no-such-page"]
QUESTION = {"key": "reads", "text": "Do you buy books?", "type": "choice", "options": ["Yes", "No"], "accept": ["Yes"]}


@pytest.fixture(scope="module")
def site(run_filled: RunFilled) -> OurApp:
    return run_filled(_fill)


def _fill(rosa: User, _: FlaskClient) -> dict[str, str]:
    """Studies at whose doors a participant is told something; what is told, by the address."""
    yesterday = str(now().date() - dt.timedelta(days=1))
    make_study(rosa, key="welcome", screener=[QUESTION], contact={"organisation": "Otter", "email": "ux@shop.example"})
    make_study(rosa, key="paused", status="paused")
    make_study(rosa, key="closed", status="closed")
    make_study(rosa, key="draft", status="draft")
    make_study(rosa, key="too-late", closes_at=yesterday)
    make_study(rosa, key="phones", devices=["phone"])
    make_study(rosa, key="invited", access="invited")
    make_participant(make_study(rosa, key="full", quota=1), status="completed")
    with transaction():
        setup = actions.make_link(LinkPurpose.SETUP, rosa, now=now())
        once = actions.make_link(LinkPurpose.SIGN_IN, rosa, now=now())
    doors = ("welcome", "paused", "closed", "draft", "too-late", "phones", "invited", "full", "there-is-none")
    ends = ("thanks", "left", "withdrawn")
    told = [f"/s/{key}" for key in doors] + [f"/s/welcome/{end}" for end in ends]
    addresses = ("/sign-in", f"/sign-in/{once}", f"/setup/{setup}", "/i/unknown", "/r/unknown", *told)
    return {address: address for address in addresses}


def test_nothing_is_wrong_with_what_strangers_see(reader: BrowserContext, site: OurApp) -> None:
    assert faults_at(reader.new_page(), site.paths) == []


def test_nothing_is_wrong_with_what_is_ours(rosa: BrowserContext) -> None:
    assert faults_at(rosa.new_page(), OURS) == []
