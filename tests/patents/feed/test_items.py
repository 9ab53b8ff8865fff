"""Reading an item: a fact, or a reason that a clerk understands."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patents.feed.facts import Annulled, InnAssigned, Issued, NewsTold, Ready
from patents.feed.items import KINDS, NotAFact, as_text, parse
from tests.patents.feed.items import INN, item


def read(one):
    return parse(as_text(one))


def reason_of(one):
    with pytest.raises(NotAFact) as refusal:
        read(one)
    return refusal.value.reason


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_read(kind):
    fact = read(item(kind))

    assert fact.occurred == date(2026, 1, 15)
    assert fact.recorded_at.isoformat() == "2026-01-15T12:00:00+03:00"


def test_each_kind_has_its_own_fields():
    patent = {"series": "77", "number": "2600001234", "profession": " швея "}

    assert read(item("ready")).__class__ is Ready
    assert read(item("issued", patent=patent)).profession == "швея"
    assert isinstance(read(item("issued")), Issued)
    assert read(item("annulled", patent=patent)).number == "2600001234"
    assert isinstance(read(item("annulled")), Annulled)
    assert read(item("annulled")).number == ""
    assert isinstance(read(item("inn")), InnAssigned)
    assert read(item("inn", inn="7751 0000 4210")).value == INN
    assert isinstance(read(item("news")), NewsTold)


def test_a_refusal_says_what_may_be_done_and_by_when_or_leaves_it_out():
    said = {"reason_code": "ban", "advice": " Обжалуйте. ", "until": "2026-01-15"}

    full, bare = read(item("refused", **said)), read(item("refused", until=None))

    assert (full.code, full.advice, full.until) == ("ban", "Обжалуйте.", date(2026, 1, 15))
    assert (bare.code, bare.advice, bare.until) == ("", "", None)


def test_fields_that_nobody_named_are_not_read():
    assert read(item("ready", colour="red", patent=5)).word == (date(2026, 1, 15),)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"id": None}, "no_id"),
        ({"id": "x" * 65}, "no_id"),
        ({"kind": "teleported"}, "unknown_kind"),
        ({"kind": ["ready"]}, "unknown_kind"),
        ({"occurred": "2026-02-30"}, "no_day"),
        ({"occurred": "20260115"}, "no_day"),
        ({"occurred": 20260115}, "no_day"),
        ({"occurred": "1026-01-15"}, "no_day"),
        ({"recorded_at": "2026-01-15T12:00:00"}, "no_instant"),
        ({"recorded_at": "вчера"}, "no_instant"),
        ({"recorded_at": None}, "no_instant"),
        ({"application": "12345"}, "no_application"),
        ({"application": 1381170}, "no_application"),
        ({"application": "١٣٨١١٧٠"}, "no_application"),
        ({"kind": "issued", "patent": None}, "no_patent"),
        ({"kind": "issued", "patent": {"series": "77", "number": "1"}}, "no_patent"),
        ({"kind": "issued", "patent": {"series": 77, "number": 2600001234}}, "no_patent"),
        ({"kind": "annulled", "reason": "нет", "patent": "77"}, "no_patent"),
        ({"kind": "refused", "reason": "  "}, "no_reason"),
        ({"kind": "refused", "reason": "нет", "reason_code": "x" * 51}, "wrong_advice"),
        ({"kind": "refused", "reason": "нет", "reason_code": 5}, "wrong_advice"),
        ({"kind": "refused", "reason": "нет", "advice": "а" * 601}, "wrong_advice"),
        ({"kind": "refused", "reason": "нет", "until": "2026-02-30"}, "wrong_advice"),
        ({"kind": "refused", "reason": "нет", "until": "2026-01-14"}, "wrong_advice"),
        ({"kind": "refused", "reason": "а" * 301}, "no_reason"),
        ({"kind": "refused", "reason": "а\0"}, "no_reason"),
        ({"kind": "refused", "reason": "\ud800"}, "no_reason"),
        ({"kind": "inn", "inn": "775100004211"}, "wrong_inn"),
        ({"kind": "inn", "inn": 775100004210}, "wrong_inn"),
        ({"kind": "news"}, "no_news"),
        ({"kind": "news", "news": {"key": "k", "title": {"en": "x"}, "text": {}}}, "no_news"),
    ],
)
def test_what_makes_no_sense_has_its_reason(fields, reason):
    assert reason_of(item("ready") | fields) == reason


@pytest.mark.parametrize("one", ["не запись", None, 5, [], True])
def test_what_is_no_object_is_no_item(one):
    assert reason_of(one) == "not_an_item"


def test_spaces_and_order_of_names_make_no_other_item():
    one = item("ready")
    turned = json.loads(json.dumps(dict(reversed(one.items())), indent=4))

    assert as_text(turned) == as_text(one)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.dictionaries(st.sampled_from(sorted(item("issued")) + ["inn", "news", "reason"]), JSON))
def test_garbage_has_a_reason_and_never_breaks(garbage):
    for kind in KINDS:
        with pytest.raises(NotAFact):
            read(item(kind) | {"occurred": None} | garbage | {"recorded_at": 0})
