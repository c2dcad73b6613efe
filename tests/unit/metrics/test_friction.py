import pytest

from usabtest.metrics import (
    Burst,
    dead_clicks,
    error_clicks,
    javascript_errors,
    network_errors,
    quick_backs,
    rage_clicks,
    wrong_paths,
)


def make_clicks(*times_ms, x=100, y=100):
    return [(time_ms, x, y) for time_ms in times_ms]


@pytest.mark.parametrize(
    ("clicks", "bursts"),
    [
        ([], ()),
        (make_clicks(0, 100), ()),
        (make_clicks(0, 100, 200), (Burst(0, 2),)),
        (make_clicks(0, 1000, 2000), (Burst(0, 2),)),
        (make_clicks(0, 1001, 2000), ()),
        (make_clicks(0, 100, 200, 300, 400, 500), (Burst(0, 5),)),
        (make_clicks(0, 100, 200, 9000, 9100, 9200), (Burst(0, 2), Burst(3, 5))),
        ([(0, 0, 0), (100, 15, 15), (200, 30, 30)], (Burst(0, 2),)),
        ([(0, 0, 0), (100, 15, 16), (200, 15, 16)], ()),
        ([(0, 0, 0), (100, -30, 0), (200, -30, -30)], (Burst(0, 2),)),
    ],
)
def test_three_clicks_on_one_spot_are_one_burst(clicks, bursts):
    assert rage_clicks(clicks) == bursts


def test_a_changed_threshold_gives_another_count_from_the_same_clicks():
    clicks = make_clicks(0, 400, 800, 1200)

    assert len(rage_clicks(clicks)) == 1
    assert len(rage_clicks(clicks, at_least=5)) == 0
    assert len(rage_clicks(clicks, within_ms=300)) == 0
    assert len(rage_clicks([(0, 0, 0), (1, 9, 0), (2, 0, 0)], px=8)) == 0


@pytest.mark.parametrize(
    ("click", "dead"),
    [
        ((True, None), True),
        ((True, 2500), False),
        ((True, 2501), True),
        ((True, 0), False),
        ((False, None), False),
        ((False, 9000), False),
    ],
)
def test_a_click_is_dead_if_it_promises_and_nothing_comes(click, dead):
    assert dead_clicks([click]) == ((0,) if dead else ())


def test_the_patience_with_dead_clicks_is_a_setting():
    assert dead_clicks([(True, 800), (True, 400)], dead_click_ms=500) == (0,)


@pytest.mark.parametrize(
    ("clicks", "errors", "blamed"),
    [
        ([], [100], ()),
        ([100], [], ()),
        ([100], [100], (0,)),
        ([100], [1100], (0,)),
        ([100], [1101], ()),
        ([100], [99], ()),
        ([100, 300], [400], (1,)),
        ([100, 300], [200, 400], (0, 1)),
        ([100], [200, 300, 400], (0,)),
    ],
)
def test_an_error_is_blamed_on_the_last_click_before_it(clicks, errors, blamed):
    assert error_clicks(clicks, errors) == blamed


@pytest.mark.parametrize(
    ("visits", "returns"),
    [
        ([], ()),
        ([(0, "/")], ()),
        ([(0, "/"), (1000, "/a"), (6000, "/")], (2,)),
        ([(0, "/"), (1000, "/a"), (6001, "/")], ()),
        ([(0, "/"), (1000, "/a"), (2000, "/b")], ()),
        ([(0, "/"), (1000, "/a"), (2000, "/b"), (3000, "/")], ()),
        ([(0, "/"), (1000, "/a"), (4000, "/a"), (7000, "/")], ()),
        ([(0, "/"), (1000, "/a"), (2000, "/a"), (3000, "/")], (3,)),
        ([(0, "/"), (1000, "/"), (2000, "/")], ()),
        ([(0, "/"), (1000, "/a"), (2000, "/"), (3000, "/a")], (2, 3)),
    ],
)
def test_a_quick_back_returns_to_the_page_before(visits, returns):
    assert quick_backs(visits) == returns


def test_the_stay_of_a_quick_back_is_a_setting():
    visits = [(0, "/"), (1000, "/a"), (3000, "/")]

    assert quick_backs(visits, within_s=1) == ()
    assert quick_backs(visits, within_s=2) == (2,)


@pytest.mark.parametrize(
    ("errors", "counted"),
    [
        ([], ()),
        ([(0, "m", "s"), (1000, "m", "s")], (0,)),
        ([(0, "m", "s"), (1001, "m", "s")], (0, 1)),
        ([(0, "m", "s"), (10, "m", "other")], (0, 1)),
        ([(0, "m", "s"), (10, "other", "s")], (0, 1)),
        ([(0, "m", "s"), (700, "m", "s"), (1400, "m", "s")], (0, 2)),
    ],
)
def test_the_same_script_error_within_a_second_counts_once(errors, counted):
    assert javascript_errors(errors) == counted


@pytest.mark.parametrize(
    ("request_", "failed"),
    [
        ((200, False), False),
        ((304, False), False),
        ((399, False), False),
        ((400, False), True),
        ((401, False), False),
        ((404, False), True),
        ((503, False), True),
        ((None, False), True),
        ((0, False), True),
        ((None, True), False),
        ((0, True), False),
    ],
)
def test_a_failed_request_is_400_and_above_or_no_answer(request_, failed):
    assert network_errors([request_]) == ((0,) if failed else ())


@pytest.mark.parametrize(
    ("visits", "wrong"),
    [
        ([], ()),
        ([("/", True), ("/a", True)], ()),
        ([("/x", False), ("/", True)], ()),
        ([("/", True), ("/x", False)], (1,)),
        ([("/", True), ("/x", False), ("/x", False)], (1,)),
        ([("/", True), ("/x", False), ("/y", False)], (1, 2)),
        ([("/", True), ("/x", False), ("/", True), ("/x", False)], (1, 3)),
        ([("/x", False), ("/x", False)], ()),
    ],
)
def test_a_wrong_path_counts_where_it_is_entered(visits, wrong):
    assert wrong_paths(visits) == wrong


@pytest.mark.parametrize(
    "fold",
    [
        lambda: rage_clicks(make_clicks(100, 0)),
        lambda: error_clicks([100, 0], []),
        lambda: error_clicks([], [100, 0]),
        lambda: quick_backs([(100, "/"), (0, "/a")]),
        lambda: javascript_errors([(100, "m", "s"), (0, "m", "s")]),
    ],
)
def test_what_is_out_of_order_is_refused(fold):
    with pytest.raises(ValueError, match="must be in the order of time, got 0 at position 1"):
        fold()


@pytest.mark.parametrize(
    ("fold", "message"),
    [
        (lambda: rage_clicks([], at_least=1), "at_least must be a whole number, 2 or more"),
        (lambda: rage_clicks([], within_ms=-1), "within_ms must be a number from 0"),
        (lambda: rage_clicks([], px=-1), "px must be a number from 0"),
        (lambda: dead_clicks([], dead_click_ms=0), "dead_click_ms must be a number above 0"),
        (lambda: error_clicks([], [], within_ms=-1), "within_ms must be a number from 0"),
        (lambda: quick_backs([], within_s=-1), "within_s must be a number from 0"),
        (lambda: javascript_errors([], repeat_ms=-1), "repeat_ms must be a number from 0"),
    ],
)
def test_impossible_thresholds_are_refused_by_name(fold, message):
    with pytest.raises(ValueError, match=message):
        fold()
