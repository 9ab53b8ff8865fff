"""The 30 days of a shown cheque: its number, each step seen and told, never silence."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from accounts.models import TimelineEntry
from desk.waiting import KINDS
from notifications.length import segments
from notifications.models import Message
from payments import messages, timeline
from payments.errors import ChequeNotPossible, ClaimDecided
from payments.models import Claim
from payments.services.claims.claim_steps import answer, ask_for_more, look_at_the_clock
from payments.services.claims.claims import confirm, reject
from payments.standing import State
from payments.tasks import look_at_claims
from tests.payments.shown_cheques import line, show, standing_on

CLAIMS = reverse("payments:claims")
TOLD = [messages.CHEQUE_SHOWN, messages.CHEQUE_ASKED, messages.CHEQUE_LONG]


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def asked(covered, accountant):
    return ask_for_more(claim=show(covered), question="Снимите чек целиком", actor=accountant)


def told() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("event", flat=True))


def photo() -> ContentFile:
    return ContentFile(b"%PDF-1.7 more", name="cheques/more.pdf")


def content_of(claim) -> bytes:
    with claim.cheque.open() as file:
        return file.read()


def page(client, address: str) -> str:
    answer_ = client.get(address, headers={"accept-language": "en"})
    assert answer_.status_code == 200
    return answer_.content.decode().replace("\xa0", " ")


# --- the number and the clock


def test_whoever_shows_a_cheque_hears_its_number_and_until_when_we_answer(covered):
    claim = show(covered)

    assert told() == [messages.CHEQUE_SHOWN.code]
    said = messages.CHEQUE_SHOWN.context(claim.pk)
    assert (said["number"], said["by"]) == (claim.pk, "22.03.2026")


def test_shown_again_it_is_the_same_number_and_no_second_message(covered):
    assert show(covered).pk == show(covered).pk
    assert told() == [messages.CHEQUE_SHOWN.code]


@pytest.mark.parametrize("event", TOLD, ids=lambda event: event.code)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_each_message_fits_into_two_parts(covered, event, language):
    with translation.override(language):
        said = event.context(show(covered).pk) | {"number": 1_234_567}
        text = translation.gettext(event.template) % said

    assert segments(text) <= 2


def test_the_thirtieth_day_is_the_person_s_and_after_it_a_supervisor_s(covered, february_20):
    claim = show(covered)
    february_20.move_to(datetime(2026, 3, 21, 9, tzinfo=UTC))
    assert look_at_the_clock() == 0

    february_20.move_to(datetime(2026, 3, 22, 9, tzinfo=UTC))
    assert [look_at_the_clock() for _hour in range(3)] == [1, 0, 0]

    assert told()[-1] == messages.CHEQUE_LONG.code
    assert messages.CHEQUE_LONG.still_true(claim.pk)
    assert TimelineEntry.objects.filter(kind=timeline.CHEQUE_LONG).count() == 1
    with translation.override("en"):
        [work] = [one for one in KINDS if one.words == "Cheques of 30 days without an end"]
    assert work.rows().get() == claim
    assert standing_on(covered, date(2026, 3, 22)).state != State.LAPSED


def test_a_cheque_that_ended_is_not_looked_for(covered, accountant, february_20):
    reject(claim=show(covered), reason="Чек другого человека", actor=accountant)
    february_20.move_to(datetime(2026, 4, 22, 9, tzinfo=UTC))

    look_at_claims()

    assert messages.CHEQUE_LONG.code not in told()


# --- staff ask for more


def test_staff_ask_and_the_person_hears_that_something_is_needed(asked):
    assert asked.is_asked
    assert told() == [messages.CHEQUE_SHOWN.code, messages.CHEQUE_ASKED.code]
    assert messages.CHEQUE_ASKED.still_true(asked.pk)
    entry = TimelineEntry.objects.get(kind=timeline.CHEQUE_ASKED)
    assert entry.facts["question"] == "Снимите чек целиком"


def test_while_staff_wait_for_the_person_the_money_lives(asked, covered):
    assert standing_on(covered, date(2026, 2, 20)).state == State.IN_TRANSIT


def test_a_question_without_words_is_none(covered, accountant):
    with pytest.raises(ChequeNotPossible):
        ask_for_more(claim=show(covered), question=" ", actor=accountant)


def test_another_photo_answers_and_the_former_stays_in_the_history(asked):
    before = asked.cheque.name
    answer(claim=asked, cheque=photo())

    claim = Claim.objects.get()
    assert not claim.is_asked
    assert content_of(claim) == b"%PDF-1.7 more"
    assert before in Claim.pgh_event_model.objects.values_list("cheque", flat=True)
    assert not messages.CHEQUE_ASKED.still_true(claim.pk)


def test_an_answer_to_no_question_is_refused(covered):
    with pytest.raises(ClaimDecided):
        answer(claim=show(covered), cheque=photo())


def test_staff_may_ask_again(asked, accountant):
    answer(claim=asked, cheque=photo())

    assert ask_for_more(claim=asked, question="Где номер?", actor=accountant).is_asked
    assert told().count(messages.CHEQUE_ASKED.code) == 2


def test_a_line_ends_the_question_too(asked, covered):
    line(on=date(2026, 2, 14), posted_on=date(2026, 2, 19))

    claim = Claim.objects.get()
    assert not claim.is_asked
    assert not messages.CHEQUE_ASKED.still_true(claim.pk)


@pytest.mark.parametrize(
    "broken", [{"question": "?"}, {"asked_at": datetime(2026, 2, 20, tzinfo=UTC)}], ids=str
)
def test_the_database_refuses_half_a_question(covered, broken):
    claim = show(covered)

    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**broken)


# --- what the person sees


def test_the_page_shows_the_number_the_clock_and_each_step(asked, client, accountant):
    answer(claim=asked, cheque=photo())
    confirm(claim=asked, paid_on=asked.paid_on, actor=accountant)
    client.force_login(asked.application.person.user)

    shown = page(client, CLAIMS)

    assert f"Cheque No. {asked.pk}, application" in shown
    assert "We answer by March 22" in shown
    for step in ("you showed the cheque", "we asked you", "you sent another photo", "staff looked"):
        assert f"20.02.2026: {step}" in shown


def test_after_thirty_days_the_page_says_who_has_it(asked, client, february_20):
    february_20.move_to(datetime(2026, 3, 23, 9, tzinfo=UTC))
    client.force_login(asked.application.person.user)

    assert "A supervisor is looking for the money" in page(client, CLAIMS)


def test_the_person_reads_what_is_needed_and_sends_it(asked, client):
    client.force_login(asked.application.person.user)
    address = reverse("payments:claim_answer", args=[asked.pk])
    assert "Снимите чек целиком" in page(client, CLAIMS)
    assert "Снимите чек целиком" in page(client, address)

    done = client.post(address, {"cheque": ContentFile(b"%PDF-1.7 new", name="c.pdf")})

    assert done.url == CLAIMS
    assert content_of(Claim.objects.get()) == b"%PDF-1.7 new"


def test_home_leads_to_the_question_until_it_is_answered(asked, client):
    home = reverse("cabinet:home")
    client.force_login(asked.application.person.user)
    shown = page(client, home)
    assert "Снимите чек целиком" in shown.partition("data-asked")[2].partition("</div>")[0]
    assert reverse("payments:claim_answer", args=[asked.pk]) in shown

    answer(claim=asked, cheque=photo())

    assert "data-asked" not in page(client, home)


def test_without_a_file_the_page_says_what_to_do(asked, client):
    client.force_login(asked.application.person.user)

    shown = client.post(reverse("payments:claim_answer", args=[asked.pk]), {})

    assert shown.status_code == 200
    assert Claim.objects.get().is_asked


def test_nobody_answers_for_somebody_else(asked, client, django_user_model):
    client.force_login(django_user_model.objects.create(username="other"))

    answered = client.post(reverse("payments:claim_answer", args=[asked.pk]), {})

    assert answered.status_code in (302, 403, 404)
    assert Claim.objects.get().is_asked


def test_staff_ask_on_the_card(covered, client, accountant):
    claim = show(covered)
    client.force_login(accountant)

    client.post(reverse("admin:payments_claim_ask", args=[claim.pk]), {"question": "Где номер?"})

    assert Claim.objects.get().question == "Где номер?"
    card = page(client, reverse("admin:payments_claim_change", args=[claim.pk]))
    assert "no answer yet" in card
