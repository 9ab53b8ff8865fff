import pytest

from notifications import events


def test_two_events_cannot_share_a_code(news):
    with pytest.raises(events.EventTwice):
        events.Event(code=news.code, template="", recipient=news.recipient)


def test_event_is_found_by_its_code(news):
    assert events.find("tests.news") is news
    assert news in events.known()
    assert events.find("tests.nobody") is None
