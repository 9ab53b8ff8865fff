"""What the patents tell: short in Russian, true when it is sent, without a link."""

from datetime import date

import pytest
from django.utils import translation

from common.identifiers import inn
from notifications.events import known
from notifications.length import segments
from patents import messages
from patents.models import DocumentKind, Paper
from tests.factories import ApplicationFactory, InnFactory, PatentFactory, PhoneFactory

pytestmark = pytest.mark.django_db

OURS = [event for event in known() if event.code.startswith("patents.")]


def ready():
    return ApplicationFactory(number="1381163", ready=True)


def refused():
    return ApplicationFactory(number="1381163", refused=True)


def issued():
    return PatentFactory(application__number="1381163")


def annulled():
    return PatentFactory(application__number="1381163", annulled_on=date(2026, 2, 9))


def accepted():
    return ApplicationFactory(number="1381163")


def in_review():
    return ApplicationFactory(number="1381163", status="in_review")


def to_mend():
    kind = DocumentKind.objects.get(slug="passport")
    return Paper.objects.create(
        application=accepted(), kind=kind, state="mend", remark="x", handed_on=date(2026, 2, 9)
    )


def with_inn():
    return InnFactory(person=accepted().person)


SUBJECTS = {
    "patents.accepted": accepted,
    "patents.in_review": in_review,
    "patents.ready": ready,
    "patents.step_withdrawn": in_review,
    "patents.review_withdrawn": accepted,
    "patents.refusal_restated": refused,
    "patents.refusal_withdrawn": in_review,
    "patents.patent_restated": issued,
    "patents.annulment_restated": annulled,
    "patents.corrected": accepted,
    "patents.paper_to_mend": to_mend,
    "patents.word_undone": accepted,
    "patents.refused": refused,
    "patents.issued": issued,
    "patents.annulled": annulled,
    "patents.annulment_withdrawn": issued,
    "patents.step_taken_back": ready,
    "patents.inn_assigned": with_inn,
}


ONE_PART = {
    "patents.accepted",
    "patents.ready",
    "patents.refused",
    "patents.issued",
    "patents.annulled",
    "patents.inn_assigned",
    "patents.in_review",
    "patents.step_withdrawn",
    "patents.review_withdrawn",
    "patents.refusal_restated",
    "patents.refusal_withdrawn",
    "patents.patent_restated",
    "patents.annulment_restated",
    "patents.corrected",
    "patents.paper_to_mend",
    "patents.word_undone",
}


def told(event, subject, language):
    with translation.override(language):
        return translation.gettext(event.template) % event.context(subject.pk)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("event", OURS, ids=lambda event: event.code)
def test_a_text_fits_two_segments_and_has_no_link(event, language):
    text = told(event, SUBJECTS[event.code](), language)

    assert segments(text) <= 2
    assert "http" not in text
    assert "1381163" not in text


@pytest.mark.parametrize("event", OURS, ids=lambda event: event.code)
def test_a_message_is_true_while_its_fact_stands_and_not_of_another(event):
    subject = SUBJECTS[event.code]()

    assert event.still_true(subject.pk)
    assert not event.still_true(subject.pk + 1000)


def test_a_ready_patent_that_was_issued_is_not_told_as_ready():
    patent = issued()

    assert not messages.PATENT_READY.still_true(patent.application_id)


@pytest.mark.parametrize("code", sorted(ONE_PART))
def test_what_is_told_often_is_one_part_in_russian(code):
    event = next(event for event in OURS if event.code == code)

    assert segments(told(event, SUBJECTS[code](), "ru")) == 1


@pytest.mark.parametrize("code", ["patents.step_withdrawn", "patents.review_withdrawn"])
@pytest.mark.parametrize(("language", "next_step"), [("ru", "Мы сообщим."), ("en", "tell you.")])
def test_a_step_taken_back_says_what_comes_next(code, language, next_step):
    event = next(event for event in OURS if event.code == code)

    assert told(event, SUBJECTS[code](), language).endswith(next_step)


def test_papers_that_were_mended_are_not_asked_for():
    paper = to_mend()
    Paper.objects.update(state="handed_in", remark="")

    assert not messages.PAPER_TO_MEND.still_true(paper.pk)


def test_a_patent_that_became_ready_is_not_told_as_not_ready():
    assert not messages.READY_WITHDRAWN.still_true(ready().pk)


@pytest.mark.parametrize("stands", [in_review, ready])
def test_papers_that_got_there_after_all_are_not_told_as_missing(stands):
    assert not messages.REVIEW_WITHDRAWN.still_true(stands().pk)


def test_a_refusal_that_came_again_is_not_told_as_taken_back():
    assert not messages.REFUSAL_WITHDRAWN.still_true(refused().pk)


def test_a_corrected_inn_is_not_told():
    row = InnFactory(valid_until=date(2026, 2, 1))

    assert not messages.INN_ASSIGNED.still_true(row.pk)


def test_an_annulled_patent_is_not_told_as_issued():
    assert not messages.PATENT_ISSUED.still_true(annulled().pk)


@pytest.mark.parametrize("event", OURS, ids=lambda event: event.code)
def test_each_message_goes_to_its_own_person(event):
    subject = SUBJECTS[event.code]()
    person = getattr(subject, "person", None) or subject.application.person
    phone = PhoneFactory(person=person)

    recipient = event.recipient(subject.pk)

    assert recipient.person_id == person.pk
    assert recipient.addresses == (phone.number,)


def test_decisions_of_the_ministry_and_our_mistakes_are_legal_notices():
    assert {event.code for event in OURS if event.legal} == {
        "patents.refused",
        "patents.refusal_restated",
        "patents.refusal_withdrawn",
        "patents.step_withdrawn",
        "patents.review_withdrawn",
        "patents.patent_restated",
        "patents.annulled",
        "patents.annulment_restated",
        "patents.annulment_withdrawn",
        "patents.corrected",
        "patents.word_undone",
        "patents.step_taken_back",
    }


def test_the_sample_inn_is_a_real_shape():
    assert inn(InnFactory().value)
