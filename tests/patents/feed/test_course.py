"""Which facts stand: situations in plain words, against the pure decision."""

from datetime import date, datetime, timedelta

import pytest

from common.clock import MOSCOW
from patents.feed.course import Handed, Known, decide
from patents.feed.facts import Annulled, Issued, Ready, Refused, Sent

ABOUT = {"application": "1381170"}
KNOWN = Known(today=date(2026, 2, 1), accepted_on=date(2026, 1, 2))
PATENT = {"series": "77", "number": "2600001234"}
OTHER = {"series": "77", "number": "2600009999"}


def told(kind, day, hour=12, key=None, **fields):
    more = {"reason": "нет"} if kind in (Refused, Annulled) else PATENT if kind is Issued else {}
    instant = datetime(2026, 1, 20, hour, tzinfo=MOSCOW)
    key = key or f"{kind.__name__}-{day}-{hour}"
    facts = ABOUT | more | fields
    return kind(key=key, occurred=date(2026, 1, day), recorded_at=instant, **facts)


def lots(known, *facts):
    """What becomes of each fact, in one word with its reason."""
    verdicts = decide(known, facts).verdicts
    return [" ".join(filter(None, (verdicts[f.key].status, verdicts[f.key].reason))) for f in facts]


def test_a_whole_course_is_applied():
    facts = [told(Sent, 5), told(Ready, 12), told(Issued, 15), told(Annulled, 20)]
    course = decide(KNOWN, facts).course

    assert lots(KNOWN, *facts) == ["applied"] * 4
    assert [course.sent, course.ready, course.issued, course.annulled] == facts


def test_steps_that_were_not_told_are_not_waited_for():
    assert lots(KNOWN, told(Issued, 15)) == ["applied"]


def test_the_word_recorded_last_stands():
    early, late = told(Ready, 12, hour=9), told(Ready, 13, hour=10)

    assert lots(KNOWN, late, early) == ["applied", "superseded"]
    assert decide(KNOWN, [early, late]).course.ready == late


def test_the_same_word_again_is_known_and_the_first_who_said_it_stays():
    first, again = told(Ready, 12, hour=9), told(Ready, 12, hour=10)

    assert lots(KNOWN, again, first) == ["known", "applied"]


def test_two_words_of_one_instant_go_to_the_staff_but_for_one():
    assert sorted(lots(KNOWN, told(Ready, 12), told(Ready, 13))) == ["applied", "bad same_instant"]


@pytest.mark.parametrize("granted", [told(Ready, 12), told(Issued, 15)])
def test_a_refusal_beside_what_was_granted_goes_to_the_staff(granted):
    assert lots(KNOWN, told(Refused, 18), granted) == ["bad refused_though_granted", "applied"]
    assert decide(KNOWN, [told(Refused, 18), granted]).course.refused is None


def test_a_refusal_alone_is_applied():
    assert lots(KNOWN, told(Refused, 18)) == ["applied"]


def test_an_annulment_waits_for_its_patent():
    assert lots(KNOWN, told(Annulled, 18)) == ["waiting not_issued_yet"]
    assert lots(KNOWN, told(Ready, 12), told(Annulled, 18))[1] == "waiting not_issued_yet"


def test_an_annulment_before_the_issue_or_of_another_patent_goes_to_the_staff():
    before, of_another = told(Annulled, 14), told(Annulled, 18, **OTHER)

    found = lots(KNOWN, told(Issued, 15), before, of_another, told(Annulled, 19, key="a", **PATENT))

    assert found == ["applied", "bad out_of_order", "bad other_patent", "applied"]


def test_days_that_do_not_fit_go_to_the_staff():
    found = lots(KNOWN, told(Sent, 14), told(Ready, 13), told(Issued, 12))

    assert found == ["bad out_of_order", "bad out_of_order", "applied"]


def test_a_day_to_come_and_a_day_before_the_application_go_to_the_staff():
    known = Known(today=date(2026, 1, 21), accepted_on=date(2026, 1, 10))

    assert lots(known, told(Ready, 22), told(Ready, 9)) == ["bad future", "bad before_accepted"]


def test_a_stamp_from_the_future_does_not_outlive_every_later_word():
    far = told(Ready, 12)
    far = Ready(
        key="far", occurred=far.occurred, recorded_at=far.recorded_at + timedelta(days=90), **ABOUT
    )

    assert lots(KNOWN, far, told(Ready, 13)) == ["bad future", "applied"]


def test_the_number_of_somebody_elses_patent_goes_to_the_staff():
    known = Known(KNOWN.today, KNOWN.accepted_on, taken=frozenset({("77", "2600001234")}))

    assert lots(known, told(Issued, 15)) == ["bad patent_taken"]


def test_what_the_desk_entered_stands():
    desk = Handed(date(2026, 1, 15), **PATENT)
    known = Known(KNOWN.today, KNOWN.accepted_on, sent=True, ready=date(2026, 1, 12), handed=desk)

    found = lots(
        known,
        told(Sent, 5),
        told(Ready, 13),
        told(Issued, 15),
        told(Issued, 16),
        told(Annulled, 18),
    )

    assert found == ["known", "known", "known", "bad not_as_at_desk", "applied"]


def test_an_issue_before_the_readiness_of_the_desk_goes_to_the_staff():
    known = Known(KNOWN.today, KNOWN.accepted_on, ready=date(2026, 1, 12))

    assert lots(known, told(Issued, 11)) == ["bad out_of_order"]
    assert decide(known, [told(Issued, 11)]).course.issued is None
    assert lots(known, told(Issued, 11), told(Issued, 12)) == ["bad out_of_order", "applied"]


def test_a_refusal_of_the_desk_is_not_overturned_by_a_machine():
    known = Known(KNOWN.today, KNOWN.accepted_on, refused=True)

    found = lots(known, told(Refused, 18), told(Ready, 12), told(Issued, 15))

    assert found == ["known", "bad refused_at_desk", "bad refused_at_desk"]


def test_an_annulment_of_the_desk_is_compared_by_its_day():
    desk = Handed(date(2026, 1, 15), **PATENT)
    known = Known(KNOWN.today, KNOWN.accepted_on, handed=desk, annulled_on=date(2026, 1, 20))

    assert lots(known, told(Annulled, 20), told(Annulled, 21)) == ["known", "bad not_as_at_desk"]


def test_every_fact_has_its_lot():
    facts = [told(kind, day) for kind in (Sent, Ready, Issued, Refused, Annulled) for day in (5, 9)]

    assert set(decide(KNOWN, facts).verdicts) == {fact.key for fact in facts}
