"""Every step of an application: when it is possible, what it writes, whom it tells."""

from datetime import date

import pytest
import time_machine

from accounts.models import LoginName, TimelineEntry
from accounts.timeline import words
from common.errors import Refusal
from notifications.models import Message
from patents import errors, services
from patents.models import Application, ApplicationStatus, Inn, Patent
from patents.services import enrolments
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    PatentFactory,
    PersonFactory,
    StaffFactory,
    UserFactory,
)

ANOTHER_INN = "770000000156"
INN = "775100004210"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moscow_february():
    with time_machine.travel("2026-02-10 09:00:00+00:00", tick=False):
        yield


def kinds(person):
    return list(person.timeline.order_by("pk").values_list("kind", flat=True))


def queued(event):
    return list(Message.objects.filter(event=event).values_list("subject_id", flat=True))


def in_review():
    return ApplicationFactory(status=ApplicationStatus.IN_REVIEW)


STEPS = {
    "review": lambda a: services.send_to_review(application=a),
    "ready": lambda a: services.mark_ready(application=a, ready_on=date(2026, 2, 9)),
    "issue": lambda a: services.issue_patent(
        application=a, series="77", number="2600418163", issued_on=date(2026, 2, 9)
    ),
    "refuse": lambda a: services.refuse(
        application=a, refused_on=date(2026, 2, 9), reason="неверные данные"
    ),
}
POSSIBLE = {
    ("accepted", "review"): "in_review",
    ("accepted", "refuse"): "refused",
    ("in_review", "ready"): "ready",
    ("in_review", "refuse"): "refused",
    ("ready", "issue"): "issued",
}
FACTS = {
    "ready": {"ready": True},
    "refused": {"refused": True},
    "issued": {"status": "issued", "ready_on": date(2026, 1, 12)},
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("status", ApplicationStatus.values)
def test_a_step_follows_the_drawing_and_nothing_else(status, step):
    application = ApplicationFactory(**FACTS.get(status, {"status": status}))

    if (status, step) in POSSIBLE:
        STEPS[step](application)
    else:
        with pytest.raises(errors.StepNotPossible):
            STEPS[step](application)

    application.refresh_from_db()
    assert application.status == POSSIBLE.get((status, step), status)
    assert bool(kinds(application.person)) == ((status, step) in POSSIBLE)


def test_a_registered_application_opens_the_cabinet_of_its_person():
    person = PersonFactory(user=None)
    operator = StaffFactory()

    application = services.register_application(
        person=person, number="1381170", accepted_on=date(2026, 2, 10), actor=operator
    )

    person.refresh_from_db()
    assert LoginName.objects.get(value="1381170").user == person.user
    assert (application.status, application.registered_by) == ("accepted", operator)
    assert kinds(person)[0] == "patents.accepted"
    assert person.timeline.get(kind="patents.accepted").actor == operator


def test_a_taken_number_leaves_nothing_behind():
    ApplicationFactory(number="1381170")
    person = PersonFactory()

    with pytest.raises(errors.NumberTaken):
        services.register_application(
            person=person, number="1381170", accepted_on=date(2026, 2, 10)
        )

    assert not person.applications.exists()
    assert not person.timeline.exists()


def test_an_application_is_not_accepted_tomorrow():
    with pytest.raises(errors.DayNotPossible):
        services.register_application(
            person=PersonFactory(), number="1381170", accepted_on=date(2026, 2, 11)
        )


def test_a_second_application_opens_the_same_cabinet_with_the_same_password():
    first = ApplicationFactory()
    before = first.person.user.password

    made = services.enrol(person=first.person, number="1381199", accepted_on=date(2026, 2, 10))

    first.person.user.refresh_from_db()
    assert made.password == ""
    assert first.person.user.password == before
    assert first.person.user.login_names.count() == 2


def test_whoever_never_chose_a_password_gets_a_new_one_with_the_second_application():
    user = UserFactory()
    user.set_unusable_password()
    user.save()
    person = PersonFactory(user=user)

    made = services.enrol(person=person, number="1381199", accepted_on=date(2026, 2, 10))

    user.refresh_from_db()
    assert user.check_password(made.password)
    assert user.must_change_password


def test_readiness_is_told_once_and_written_down():
    application = in_review()

    services.mark_ready(application=application, ready_on=date(2026, 2, 9))

    application.refresh_from_db()
    assert application.ready_on == date(2026, 2, 9)
    assert queued("patents.ready") == [application.pk]
    assert kinds(application.person) == ["patents.ready"]


def test_a_patent_is_not_ready_before_its_application_nor_tomorrow():
    for day in (date(2026, 1, 1), date(2026, 2, 11)):
        with pytest.raises(errors.DayNotPossible):
            services.mark_ready(application=in_review(), ready_on=day)

    assert not Message.objects.exists()


def test_a_refusal_keeps_its_day_and_reason_and_is_told():
    application = in_review()

    services.refuse(
        application=application, refused_on=date(2026, 2, 9), reason=" неверные данные "
    )

    application.refresh_from_db()
    assert (application.refused_on, application.refusal_reason) == (
        date(2026, 2, 9),
        "неверные данные",
    )
    assert queued("patents.refused") == [application.pk]


def test_a_refusal_without_a_reason_is_not_taken():
    with pytest.raises(errors.ReasonMissing):
        services.refuse(application=in_review(), refused_on=date(2026, 2, 9), reason="  ")


def test_an_issued_patent_stands_with_its_application():
    application = ApplicationFactory(ready=True)

    patent = services.issue_patent(
        application=application,
        series="77",
        number="2600418163",
        issued_on=date(2026, 1, 15),
        profession="повар",
    )

    assert Patent.objects.get(application=application) == patent
    assert (str(patent), patent.issued_on) == ("77 № 2600418163", date(2026, 1, 15))
    assert queued("patents.issued") == [patent.pk]


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 2, 11)])
def test_a_patent_is_not_issued_before_its_application_nor_tomorrow(day):
    application = ApplicationFactory(ready=True)

    with pytest.raises(errors.DayNotPossible):
        services.issue_patent(
            application=application, series="77", number="2600418163", issued_on=day
        )

    application.refresh_from_db()
    assert application.status == "ready"


def test_a_patent_number_belongs_to_one_application():
    PatentFactory(series="77", number="2600418163")
    application = ApplicationFactory(ready=True)

    with pytest.raises(errors.PatentTaken):
        STEPS["issue"](application)

    application.refresh_from_db()
    assert application.status == "ready"
    assert not kinds(application.person)


@pytest.mark.parametrize(("series", "number"), [("7", "2600418163"), ("77", "26004181")])
def test_a_patent_number_has_its_digits(series, number):
    with pytest.raises(errors.PatentNumberWrong):
        services.issue_patent(
            application=ApplicationFactory(ready=True),
            series=series,
            number=number,
            issued_on=date(2026, 2, 9),
        )


def test_an_annulment_keeps_the_patent_and_is_told():
    patent = PatentFactory()

    services.annul(patent=patent, annulled_on=date(2026, 2, 9), reason="решение МВД")

    patent.refresh_from_db()
    assert (patent.annulled_on, patent.annulled_reason) == (date(2026, 2, 9), "решение МВД")
    assert patent.application.status == "issued"
    assert queued("patents.annulled") == [patent.pk]


def test_a_patent_is_annulled_once_and_not_before_its_issue():
    patent = PatentFactory(issued_on=date(2026, 1, 15))

    with pytest.raises(errors.DayNotPossible):
        services.annul(patent=patent, annulled_on=date(2026, 1, 14), reason="решение МВД")
    services.annul(patent=patent, annulled_on=date(2026, 1, 15), reason="решение МВД")
    with pytest.raises(errors.AlreadyAnnulled):
        services.annul(patent=patent, annulled_on=date(2026, 1, 16), reason="решение МВД")


def test_an_inn_is_known_and_told():
    person = PersonFactory()

    inn = services.enter_inn(person=person, value="7751 0000 4210", on=date(2026, 2, 9))

    assert services.current_inn(person) == INN
    assert queued("patents.inn_assigned") == [inn.pk]
    assert kinds(person) == ["patents.inn_entered"]


def test_nobody_has_an_inn_before_it_is_entered():
    assert services.current_inn(PersonFactory()) is None


def test_the_same_inn_again_changes_nothing():
    person = PersonFactory()
    first = services.enter_inn(person=person, value=INN, on=date(2026, 2, 8))

    again = services.enter_inn(person=person, value=INN, on=date(2026, 2, 9))

    assert again == first
    assert Message.objects.count() == 1


@pytest.mark.parametrize("wrong", ["775100004211", "77510000421", "005100004210", "letters"])
def test_an_inn_with_wrong_check_digits_is_refused_in_a_sentence(wrong):
    with pytest.raises(errors.InnWrong) as refused:
        services.enter_inn(person=PersonFactory(), value=wrong, on=date(2026, 2, 9))

    assert str(refused.value)
    assert not Inn.objects.exists()


def test_an_inn_of_somebody_else_is_refused():
    InnFactory(value=INN)

    with pytest.raises(errors.InnTaken):
        services.enter_inn(person=PersonFactory(), value=INN, on=date(2026, 2, 9))

    assert Inn.objects.count() == 1


def test_a_corrected_inn_closes_the_row_before_it():
    person = PersonFactory()
    services.enter_inn(person=person, value=ANOTHER_INN, on=date(2026, 2, 1))

    services.enter_inn(person=person, value=INN, on=date(2026, 2, 9))

    rows = Inn.objects.filter(person=person).order_by("pk").values_list("value", "valid_until")
    assert list(rows) == [(ANOTHER_INN, date(2026, 2, 8)), (INN, None)]
    assert kinds(person) == ["patents.inn_entered", "patents.inn_corrected"]


def test_a_corrected_inn_frees_the_wrong_one_for_its_owner():
    person, owner = PersonFactory(), PersonFactory()
    services.enter_inn(person=person, value=ANOTHER_INN, on=date(2026, 2, 9))
    services.enter_inn(person=person, value=INN, on=date(2026, 2, 9))

    services.enter_inn(person=owner, value=ANOTHER_INN, on=date(2026, 2, 9))

    assert services.current_inn(owner) == ANOTHER_INN


def test_an_inn_is_not_corrected_before_it_was_known():
    person = PersonFactory()
    services.enter_inn(person=person, value=ANOTHER_INN, on=date(2026, 2, 8))

    with pytest.raises(errors.DayNotPossible):
        services.enter_inn(person=person, value=INN, on=date(2026, 2, 7))

    assert services.current_inn(person) == ANOTHER_INN


def test_the_earliest_first_payment_stays():
    application = ApplicationFactory()

    for day in (date(2026, 2, 5), date(2026, 2, 3), date(2026, 2, 9)):
        services.set_first_paid(application=application, paid_on=day)

    application.refresh_from_db()
    assert application.first_paid_on == date(2026, 2, 3)


def test_the_number_after_the_last_registered_one_is_offered():
    ApplicationFactory(number="1381165")

    assert services.offer_number() == "1381166"


def test_an_empty_centre_offers_a_number_too():
    assert services.offer_number() == enrolments.FIRST_NUMBER


def test_taken_numbers_are_passed_over():
    for number in ("1381166", "1381167", "9999999", "1381165"):
        ApplicationFactory(number=number)

    assert services.offer_number() == "1381168"


def test_leading_zeros_stay():
    ApplicationFactory(number="0000099")

    assert services.offer_number() == "0000100"


def test_nothing_is_offered_when_the_digits_are_used_up():
    ApplicationFactory(number="9999999999")

    assert services.offer_number() == ""


def test_every_line_of_the_timeline_reads_as_a_sentence():
    application = ApplicationFactory()
    services.send_to_review(application=application)
    services.mark_ready(application=application, ready_on=date(2026, 2, 9))
    patent = STEPS["issue"](application)
    services.annul(patent=patent, annulled_on=date(2026, 2, 9), reason="решение МВД")
    services.enter_inn(person=application.person, value=INN, on=date(2026, 2, 9))

    sentences = [words(entry) for entry in TimelineEntry.objects.all()]

    assert len(sentences) == 5
    assert not [sentence for sentence in sentences if "%(" in sentence]


def test_every_refusal_is_a_sentence_for_a_person():
    refusals = [value for value in vars(errors).values() if isinstance(value, type)]

    assert all(issubclass(one, Refusal) and str(one()).endswith(".") for one in refusals)


def test_a_refused_step_leaves_the_object_in_hand_as_it_was():
    application = ApplicationFactory()

    with pytest.raises(errors.StepNotPossible):
        STEPS["issue"](application)

    assert application.status == ApplicationStatus.ACCEPTED
    assert Application.objects.get().status == ApplicationStatus.ACCEPTED
