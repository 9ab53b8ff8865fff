import pytest
from django.utils import translation

from notifications import events


def test_two_events_cannot_share_a_code(news):
    with pytest.raises(events.EventTwice):
        events.Event(code=news.code, template="", recipient=news.recipient)


def test_event_is_found_by_its_code(news):
    assert events.find("tests.news") is news
    assert news in events.known()
    assert events.find("tests.nobody") is None


def test_every_event_of_ours_has_words_for_the_staff():
    ours = [event for event in events.known() if not event.code.startswith("tests.")]

    assert len(ours) >= 20
    assert [event.code for event in ours if not event.label] == []
    with translation.override("en"):
        assert events.words("payments.posted") == "the payment is posted"


def test_an_event_without_a_label_is_shown_by_its_code(news):
    assert events.words(news.code) == news.code
    assert events.words("tests.forgotten") == "tests.forgotten"
