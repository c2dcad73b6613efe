import pytest

from usabtest import metrics
from usabtest.instruments import INSTRUMENTS, instrument

STUDY_INSTRUMENTS = {
    "sus": [f"sus_{number}" for number in range(1, 11)],
    "umux_lite": ["umux_lite_1", "umux_lite_2"],
    "nps": ["nps"],
    "csat": ["csat"],
    "ces": ["ces"],
    "seq": ["seq"],
}


def test_it_works():
    assert instrument("sus").name == "System Usability Scale"


@pytest.mark.parametrize(("key", "items"), STUDY_INSTRUMENTS.items())
def test_it_has_the_instruments_that_a_study_may_name(key, items):
    assert [item.key for item in instrument(key).items] == items


@pytest.mark.parametrize(
    ("key", "low", "high"),
    [("sus", 1, 5), ("umux_lite", 1, 7), ("nps", 0, 10), ("csat", 1, 5), ("ces", 1, 7), ("seq", 1, 7)],
)
def test_its_scales_are_those_of_the_study_file(key, low, high):
    assert {(item.min, item.max) for item in instrument(key).items} == {(low, high)}


def test_an_unknown_key_is_refused_by_name():
    with pytest.raises(ValueError, match=r"key must be one of sus, .*got 'supr_q'"):
        instrument("supr_q")


def test_keys_are_the_names_under_which_instruments_are_found():
    assert all(key == found.key for key, found in INSTRUMENTS.items())


def test_no_two_items_share_a_key():
    keys = [item.key for found in INSTRUMENTS.values() for item in found.items]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("found", INSTRUMENTS.values(), ids=INSTRUMENTS)
def test_each_says_who_made_it_and_how_it_is_scored(found):
    assert found.source
    assert found.scoring in metrics.__all__
    assert all(item.text and all(item.labels) and item.min < item.max for item in found.items)


def test_sus_alternates_between_praise_and_blame():
    blame = ("unnecessarily complex", "technical person", "inconsistency", "cumbersome", "learn a lot")

    for position, item in enumerate(instrument("sus").items):
        assert (position % 2 == 1) == any(word in item.text for word in blame)


def test_likelihood_to_recommend_credits_the_mark():
    found = instrument("nps")

    assert found.name == "Likelihood to recommend"
    assert "registered trademarks of Bain & Company" in found.note
