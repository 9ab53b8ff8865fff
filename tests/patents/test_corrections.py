"""A wrong day or number put right by staff: with a reason, and nothing is lost."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from notifications.models import Message
from patents import errors, services
from patents.models import Application, Inn, Patent, RefusalKind
from tests.factories import ApplicationFactory, InnFactory, PatentFactory, StaffFactory
from tests.patents.desk import sign_in_as

pytestmark = pytest.mark.django_db
WHY = "день переписан с ошибкой"


@pytest.fixture(autouse=True)
def moscow_february():
    with time_machine.travel("2026-02-10 09:00:00+00:00", tick=False):
        yield


def last_reason(row):
    kept = type(row).pgh_event_model.objects.filter(pgh_obj_id=row.pk).latest("pgh_id")
    return (kept.pgh_context or {}).get("reason")


def page(application_id, name):
    return reverse("admin:patents_application_step", args=[application_id, name])


def test_a_corrected_day_moves_the_step_and_the_application_and_keeps_the_reason(client):
    operator = sign_in_as(client, "operator")
    application = ApplicationFactory(ready=True)

    answer = client.post(
        page(application.pk, "days"),
        {"accepted": "2026-01-02", "ready": "2026-01-14", "reason": WHY},
    )

    assert answer.status_code == 302
    application.refresh_from_db()
    step = application.steps.get(status="ready")
    assert (application.ready_on, step.on) == (date(2026, 1, 14), date(2026, 1, 14))
    assert (step.recorded_by, step.source, last_reason(step)) == (operator, "desk", WHY)
    assert application.person.timeline.filter(kind="patents.corrected").count() == 1


def test_who_was_told_a_wrong_day_to_come_is_told_the_right_one():
    application = ApplicationFactory(ready=True)

    services.correct_days(application=application, days={"ready": date(2026, 1, 14)}, reason=WHY)

    assert Message.objects.filter(event="patents.ready", subject_id=application.pk).count() == 1


@pytest.mark.parametrize(
    ("days", "refusal"),
    [
        ({"ready": date(2026, 1, 1)}, errors.DayNotPossible),
        ({"ready": date(2026, 2, 11)}, errors.DayNotPossible),
        ({"accepted": date(2026, 1, 13)}, errors.DayNotPossible),
        ({"ready": date(2026, 1, 12)}, errors.NothingToCorrect),
        ({"refused": date(2026, 1, 13)}, errors.NothingToCorrect),
    ],
)
def test_impossible_or_empty_corrections_change_nothing(days, refusal):
    application = ApplicationFactory(ready=True)

    with pytest.raises(refusal):
        services.correct_days(application=application, days=days, reason=WHY)

    application.refresh_from_db()
    assert (application.accepted_on, application.ready_on) == (
        date(2026, 1, 2),
        date(2026, 1, 12),
    )


def along_the_way():
    """Sent on the 5th, ready on the 12th, handed out on the 15th."""
    application = PatentFactory().application
    application.steps.create(status="in_review", on=date(2026, 1, 5))
    return application


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"accepted": date(2026, 1, 6)}, "«в МВД» не может быть раньше 06.01.2026"),
        ({"in_review": date(2026, 1, 13)}, "«готов» не может быть раньше 13.01.2026"),
        ({"ready": date(2026, 1, 4)}, "«готов» не может быть раньше 05.01.2026"),
        ({"ready": date(2026, 1, 16)}, "«выдан» не может быть раньше 16.01.2026"),
    ],
)
def test_steps_are_not_corrected_out_of_their_order(days, said):
    application = along_the_way()

    with pytest.raises(errors.DayNotPossible, match=said):
        services.correct_days(application=application, days=days, reason=WHY)


def test_the_day_of_issue_is_not_corrected_apart_from_the_patent():
    application = along_the_way()
    days = {"issued": date(2026, 1, 16), "ready": date(2026, 1, 13)}

    with pytest.raises(errors.DayNotPossible):
        services.correct_days(application=application, days=days, reason=WHY)

    known = dict(application.steps.values_list("status", "on"))
    assert (known["issued"], known["ready"]) == (date(2026, 1, 15), date(2026, 1, 12))


def test_a_refusal_is_not_corrected_before_the_step_that_led_to_it():
    application = ApplicationFactory(refused=True)
    application.steps.create(status="in_review", on=date(2026, 1, 5))

    with pytest.raises(errors.DayNotPossible):
        services.correct_days(
            application=application, days={"refused": date(2026, 1, 4)}, reason=WHY
        )


def test_two_days_that_fit_each_other_are_corrected_together():
    application = along_the_way()
    days = {"in_review": date(2026, 1, 13), "ready": date(2026, 1, 14)}

    assert services.correct_days(application=application, days=days, reason=WHY) == [*days]


def test_disorder_elsewhere_does_not_stand_in_the_way():
    application = along_the_way()
    application.steps.filter(status="in_review").update(on=date(2026, 1, 13))
    days = {"accepted": date(2026, 1, 3)}

    assert services.correct_days(application=application, days=days, reason=WHY) == ["accepted"]


def test_a_correction_without_a_reason_is_refused():
    days = {"ready": date(2026, 1, 14)}

    with pytest.raises(errors.ReasonMissing):
        services.correct_days(application=ApplicationFactory(ready=True), days=days, reason=" ")


def test_a_corrected_patent_counts_from_the_right_day(client):
    sign_in_as(client, "operator")
    patent = PatentFactory(number="2600000001")
    typed = {
        "series": "77",
        "number": "26-99999999",
        "issued_on": "2026-01-16",
        "profession": "повар",
        "reason": WHY,
    }

    assert client.get(page(patent.application_id, "patent")).status_code == 200
    assert client.post(page(patent.application_id, "patent"), typed).status_code == 302

    patent.refresh_from_db()
    assert (patent.number, patent.issued_on) == ("2699999999", date(2026, 1, 16))
    assert patent.application.steps.get(status="issued").on == date(2026, 1, 16)
    assert last_reason(patent) == WHY
    assert Patent.pgh_event_model.objects.earliest("pgh_id").number == "2600000001"


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"number": "1"}, errors.PatentNumberWrong),
        ({"issued_on": date(2026, 1, 1)}, errors.DayNotPossible),
        ({}, errors.NothingToCorrect),
        ({"number": "2600000099"}, errors.PatentTaken),
    ],
)
def test_a_wrong_correction_of_a_patent_is_refused(facts, refusal):
    PatentFactory(number="2600000099")
    patent = PatentFactory(number="2600000001")
    known = {"series": "77", "number": "2600000001", "issued_on": patent.issued_on}

    with pytest.raises(refusal):
        services.correct_patent(patent=patent, reason=WHY, profession="", **(known | facts))


def test_a_patent_is_not_moved_before_the_steps_that_led_to_it():
    patent = along_the_way().patent
    known = {"series": patent.series, "number": patent.number, "profession": ""}

    with pytest.raises(errors.DayNotPossible, match="«выдан» не может быть раньше 12.01.2026"):
        services.correct_patent(patent=patent, issued_on=date(2026, 1, 11), reason=WHY, **known)

    moved = services.correct_patent(patent=patent, issued_on=date(2026, 1, 12), reason=WHY, **known)
    assert moved.issued_on == date(2026, 1, 12)


def test_another_number_is_corrected_whatever_the_order_of_days_is():
    patent = along_the_way().patent
    patent.application.steps.filter(status="ready").update(on=date(2026, 1, 20))
    facts = {"series": "77", "number": "2699999999", "issued_on": patent.issued_on}

    assert services.correct_patent(patent=patent, reason=WHY, profession="", **facts)


def test_an_annulled_patent_is_not_moved_behind_its_annulment():
    patent = PatentFactory(annulled_on=date(2026, 1, 20))
    known = {"series": patent.series, "number": patent.number, "profession": ""}

    with pytest.raises(errors.DayNotPossible):
        services.correct_patent(patent=patent, issued_on=date(2026, 1, 21), reason=WHY, **known)


def test_what_is_said_of_a_refusal_can_be_put_right(client):
    sign_in_as(client, "operator")
    application = ApplicationFactory(refused=True)
    kind = RefusalKind.objects.get(slug="missing-paper")
    typed = {
        "kind": kind.pk,
        "reason": "нет страховки",
        "advice": "Купите полис.",
        "until": "2026-03-01",
        "why": WHY,
    }

    assert client.get(page(application.pk, "refusal")).status_code == 200
    assert client.post(page(application.pk, "refusal"), typed).status_code == 302

    application.refresh_from_db()
    assert (application.refusal_kind, application.refusal_until) == (kind, date(2026, 3, 1))
    assert (application.refusal_reason, last_reason(application)) == ("нет страховки", WHY)


def test_only_a_refusal_has_words_to_correct():
    with pytest.raises(errors.StepNotPossible):
        services.correct_refusal(
            application=ApplicationFactory(),
            refusal_reason="нет",
            refusal_kind=None,
            advice="",
            until=None,
            reason=WHY,
        )


def test_the_correction_is_written_in_the_name_of_who_made_it():
    operator, application = StaffFactory(), ApplicationFactory(ready=True)
    days = {"accepted": date(2026, 1, 3)}

    services.correct_days(application=application, days=days, reason=WHY, actor=operator)

    assert Application.objects.get().accepted_on == date(2026, 1, 3)
    assert application.person.timeline.get(kind="patents.corrected").actor == operator


def test_a_wrong_day_of_an_inn_is_put_right_and_history_keeps_it(client):
    operator = sign_in_as(client, "operator")
    application = ApplicationFactory()
    inn = InnFactory(person=application.person, valid_from=date(2026, 1, 20), source="ministry")
    assert "Исправить день ИНН" in client.get(card(application)).content.decode()
    assert 'value="2026-01-20"' in client.get(page(application.pk, "inn-day")).content.decode()

    answer = client.post(page(application.pk, "inn-day"), {"on": "2026-01-10", "reason": WHY})

    assert answer.status_code == 302
    inn.refresh_from_db()
    assert (inn.valid_from, inn.source, last_reason(inn)) == (date(2026, 1, 10), "ministry", WHY)
    assert Inn.pgh_event_model.objects.earliest("pgh_id").valid_from == date(2026, 1, 20)
    entry = application.person.timeline.get(kind="patents.inn_day_corrected")
    assert entry.actor == operator


def test_the_inn_before_it_ends_where_the_corrected_one_begins():
    person = ApplicationFactory().person
    InnFactory(person=person, value="770000000156", valid_from=date(2026, 1, 5))
    services.enter_inn(person=person, value="775100004210", on=date(2026, 1, 20))

    services.correct_inn_day(person=person, on=date(2026, 1, 10), reason=WHY)

    days = person.inns.order_by("valid_from").values_list("valid_from", "valid_until")
    assert list(days) == [(date(2026, 1, 5), date(2026, 1, 9)), (date(2026, 1, 10), None)]


@pytest.mark.parametrize(
    ("on", "refusal"),
    [
        (date(2026, 2, 11), errors.DayNotPossible),
        (date(2026, 1, 4), errors.DayNotPossible),
        (date(2026, 1, 20), errors.NothingToCorrect),
    ],
)
def test_an_impossible_day_of_an_inn_changes_nothing(on, refusal):
    person = ApplicationFactory().person
    InnFactory(person=person, value="770000000156", valid_from=date(2026, 1, 5))
    services.enter_inn(person=person, value="775100004210", on=date(2026, 1, 20))

    with pytest.raises(refusal):
        services.correct_inn_day(person=person, on=on, reason=WHY)

    assert person.inns.current().get().valid_from == date(2026, 1, 20)


def card(application):
    return reverse("admin:patents_application_change", args=[application.pk])
