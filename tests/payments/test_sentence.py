import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from payments.due import Due, due
from payments.models import NoticeKind
from payments.sentence import Action, box_word, sentence, short, third_party_words, year_title
from payments.standing import (
    ApplicationFacts,
    BoxState,
    Case,
    Channel,
    Facts,
    FormerDay,
    LateMoney,
    Money,
    PatentFacts,
    State,
    ThirdParty,
    standing,
)

DAY = timedelta(days=1)
ISSUED = date(2026, 1, 15)
PRICE = Decimal(10_000)
FIRST = Money(PRICE, 1, date(2026, 1, 10), date(2026, 1, 13))


def feb(day):
    return date(2026, 2, day)


def mar(day):
    return date(2026, 3, day)


def of_patent(today, *paid, complete="up to date", price=PRICE, late=(), issued_on=ISSUED, **more):
    patent = PatentFacts("77", "2600000001", issued_on, **more)
    complete = today - DAY if complete == "up to date" else complete
    return standing(Facts((Case(None, patent, paid, late),), complete, price), today)


def of_application(today, status, *paid, price=PRICE, late=(), **more):
    application = ApplicationFacts("1381162", status, date(2026, 2, 20), **more)
    return standing(Facts((Case(application, None, paid, late),), today - DAY, price), today)


def online(paid_on, **more):
    return Money(PRICE, 1, paid_on, **more)


def cheque(paid_on):
    return online(paid_on, channel=Channel.CLAIM, confirmed=False)


def paid_on_time(months, posted_on=date(2026, 1, 25)):
    return Money(PRICE * months, months, date(2026, 1, 20), posted_on)


LATE = LateMoney(PRICE, feb(16), feb(20))
UNKNOWN_DAY = LateMoney(PRICE, None, feb(20))

# Issued on 12 January; until 20 February we named the 15th.
MOVED = {"issued_on": date(2026, 1, 12), "former": (FormerDay(ISSUED, feb(20)),)}
PAID_BY_OUR_WORD = Money(PRICE, 1, feb(14), feb(17), Channel.BANK)

# One of each standing, and each of its variants: (words for the reader, standing).
STANDINGS = {
    "annulled": of_patent(
        mar(5), FIRST, annulled_on=mar(3), annulled_reason="нет копии трудового договора."
    ),
    "annulled, no reason": of_patent(mar(5), FIRST, annulled_on=mar(3)),
    "expired": of_patent(date(2027, 1, 20), FIRST),
    "lapsed": of_patent(feb(22), FIRST),
    "lapsed, late money": of_patent(feb(22), FIRST, late=(LATE,)),
    "lapsed, late cheque": of_patent(feb(22), FIRST, cheque(feb(16))),
    "lapsed, day unknown": of_patent(feb(25), FIRST, late=(LateMoney(PRICE, None, feb(22)),)),
    "unseen, day unknown": of_patent(feb(22), FIRST, late=(UNKNOWN_DAY,)),
    "unseen, sum in doubt": of_patent(feb(22), FIRST, late=(LateMoney(PRICE, feb(14), feb(20)),)),
    "unseen, paid by our word": of_patent(feb(25), FIRST, PAID_BY_OUR_WORD, **MOVED),
    "unseen, paid by our word twice": of_patent(
        feb(25), FIRST, PAID_BY_OUR_WORD, late=(LateMoney(PRICE, feb(14), feb(20)),), **MOVED
    ),
    "unseen, paid by our word, next month near": of_patent(
        mar(5), FIRST, PAID_BY_OUR_WORD, **MOVED
    ),
    "unseen, paid by our word, next month unseen": of_patent(
        mar(15), FIRST, PAID_BY_OUR_WORD, **MOVED
    ),
    "unseen, the day moved and nothing came": of_patent(feb(13), FIRST, **MOVED),
    "tracing": of_patent(feb(22), FIRST, online(feb(14))),
    "tracing a cheque": of_patent(feb(22), FIRST, cheque(feb(14))),
    "tracing, next month due": of_patent(mar(10), FIRST, online(feb(14))),
    "tracing, next month unseen": of_patent(mar(15), FIRST, online(feb(14))),
    "in transit": of_patent(feb(17), FIRST, online(feb(14))),
    "in transit by cheque": of_patent(feb(17), FIRST, cheque(feb(14))),
    "in transit, feed stopped": of_patent(feb(24), FIRST, online(feb(14)), complete=feb(10)),
    "unseen": of_patent(feb(17), FIRST),
    "unseen, late money": of_patent(feb(20), FIRST, late=(LATE,)),
    "unseen, feed stopped": of_patent(feb(25), FIRST, complete=feb(10)),
    "unseen, first month": of_patent(feb(17)),
    "unseen, day of issue": of_patent(ISSUED),
    "unseen, several late": of_patent(feb(20), FIRST, late=(LATE, LATE, UNKNOWN_DAY, UNKNOWN_DAY)),
    "lapsed, late cheques": of_patent(feb(22), FIRST, cheque(feb(16)), cheque(feb(18))),
    "due": of_patent(feb(8), FIRST),
    "due, last day": of_patent(feb(14), FIRST),
    "due, price unknown": of_patent(feb(8), FIRST, price=Decimal(0)),
    "valid": of_patent(date(2026, 4, 20), FIRST, paid_on_time(4)),
    "valid, next year's price": of_patent(
        date(2026, 12, 1), FIRST, paid_on_time(9), issued_on=date(2026, 3, 15)
    ),
    "valid, more on its way": of_patent(feb(25), FIRST, paid_on_time(3), online(feb(20))),
    "valid, whole year": of_patent(date(2027, 1, 8), FIRST, paid_on_time(11)),
    "valid, last day of the year": of_patent(date(2027, 1, 14), FIRST, paid_on_time(11)),
    "ready": of_application(mar(12), "ready", ready_on=mar(10)),
    "ready, price unknown": of_application(mar(12), "ready", price=Decimal(0)),
    "ready, paid": of_application(mar(12), "ready", online(mar(10)), ready_on=mar(10)),
    "ready, paid at a bank": of_application(
        mar(12), "ready", online(mar(5), posted_on=mar(9), channel=Channel.BANK)
    ),
    "ready, day unknown": of_application(mar(12), "ready", late=(UNKNOWN_DAY,)),
    "preparing": of_application(mar(2), "in_review", expected_ready_on=mar(12)),
    "preparing, paid": of_application(
        mar(11), "in_review", online(mar(10)), expected_ready_on=mar(12)
    ),
    "preparing, posted": of_application(mar(11), "in_review", online(mar(5), posted_on=mar(9))),
    "preparing, traced": of_application(mar(30), "accepted", online(mar(10))),
    "preparing, longer": of_application(mar(20), "in_review", expected_ready_on=mar(12)),
    "refused": of_application(
        mar(12), "refused", refused_on=mar(9), refusal_reason="неверные данные в заявлении"
    ),
    "refused, paid": of_application(mar(12), "refused", online(mar(1))),
    "none": standing(Facts(monthly=PRICE), mar(1)),
}

each_standing = pytest.mark.parametrize("it", STANDINGS.values(), ids=STANDINGS.keys())


def words_of(it):
    said = sentence(it)
    return [said.word, said.title, *said.text, said.action_label, *said.note]


def test_every_standing_is_among_those_tested():
    assert {it.state for it in STANDINGS.values()} == set(State)


@pytest.mark.parametrize(
    ("name", "word", "title", "label"),
    [
        ("valid", "Действует", "Патент действует. Оплачено по 14 июня 2026 года.", None),
        (
            "in transit",
            "Платёж в пути",
            "Вы заплатили вовремя. Деньги идут в Казначейство: день 3 из 7.",
            "Скачать справку",
        ),
        ("tracing", "Ищем платёж", "Вы заплатили вовремя. Мы ищем ваши деньги.", None),
        ("due", "Пора платить", "Заплатите 10 000 ₽ до 14 февраля включительно.", None),
        (
            "unseen",
            "Платёж пока не виден",
            "Мы ещё не видим ваш платёж. Деньги идут до 7 дней.",
            "Показать чек",
        ),
        (
            "lapsed",
            "Срок прошёл",
            "Платёж, сделанный до 14 февраля, не пришёл в Казначейство к 21 февраля.",
            "Показать чек",
        ),
        (
            "expired",
            "Год закончился",
            "Год патента закончился 14 января 2027 года.",
            "Документы для нового патента",
        ),
        (
            "annulled",
            "Аннулирован",
            "МВД аннулировало патент 3 марта 2026 года.",
            "Что можно сделать",
        ),
        (
            "ready",
            "Патент готов",
            "Патент готов. Приходите за ним с 10 марта.",
            "Заплатить за первый месяц",
        ),
        ("ready, paid", "Патент готов", "Патент готов. Приходите за ним с 10 марта.", "Записаться"),
        ("preparing", "Готовим", "Мы готовим ваш патент. Ждём до 12 марта.", None),
        ("refused", "Отказ", "МВД отказало в патенте 9 марта 2026 года.", "Что можно сделать"),
        ("none", "Нет заявления", "У вас пока нет заявления на патент.", "Записаться в центр"),
    ],
)
def test_the_russian_of_the_twelve_standings(name, word, title, label):
    with override("ru"):
        said = sentence(STANDINGS[name])

    assert (said.word, said.title.replace("\u00a0", " ")) == (word, title)
    assert label in (None, said.action_label)


def english(name):
    with override("en"):
        said = sentence(STANDINGS[name])
    return [line.replace("\u00a0", " ") for line in (said.title, *said.text)]


def test_transit_says_what_was_taken_by_when_it_is_awaited_and_that_nothing_is_to_be_done():
    assert english("in transit") == [
        "You paid in time. The money is on its way to the Treasury: day 3 of 7.",
        "On February 14 we received 10 000 ₽.",
        "The Treasury should write the payment down by February 21.",
        "There is nothing to do.",
        "Do not pay a second time.",
    ]


def test_a_cheque_nobody_has_looked_at_is_not_called_a_payment_in_time():
    for name in ("in transit by cheque", "tracing a cheque"):
        said = " ".join(english(name))

        assert "You showed a cheque of February 14." in said
        assert "You paid in time" not in said
        assert "The patent is valid" not in said


def test_while_one_payment_is_traced_the_next_is_asked_for():
    said = english("tracing, next month due")

    assert "Do not pay for the same month twice." in said
    assert "Pay 10 000 ₽ by March 14 inclusive." in said
    assert "There is nothing to do." not in said


def test_when_the_next_is_not_visible_either_the_patent_is_not_called_valid():
    said = english("tracing, next month unseen")

    assert "The patent is valid." not in said
    assert any(line.startswith("We do not see the payment for the next month") for line in said)


@pytest.mark.parametrize("name", ["in transit, feed stopped", "unseen, feed stopped"])
def test_a_stopped_feed_is_said_to_be_ours(name):
    assert "The Treasury's data reach us late now. This is not your delay." in english(name)


@pytest.mark.parametrize("name", ["in transit", "unseen"])
def test_while_the_days_run_nothing_is_said_about_the_feed(name):
    assert not any("late" in line for line in english(name))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (
            "lapsed, late money",
            "We have 10 000 ₽ paid on February 16. It waits for a decision of the centre.",
        ),
        (
            "unseen, late money",
            "We have 10 000 ₽ paid on February 16. It waits for a decision of the centre.",
        ),
        (
            "lapsed, late cheque",
            "Your cheque of February 16 for 10 000 ₽ waits for a decision of the centre.",
        ),
        (
            "lapsed, day unknown",
            "We have 10 000 ₽, but we do not know the day of payment. Show us the cheque.",
        ),
        (
            "preparing, paid",
            "The first month was paid on March 10, the money is on its way.",
        ),
        ("preparing, posted", "The first month is paid. The Treasury has the money."),
        (
            "preparing, traced",
            "The first month was paid on March 10. We are looking for the money.",
        ),
        (
            "valid, more on its way",
            "10 000 ₽ paid on February 20 are on their way to the Treasury.",
        ),
        (
            "refused, paid",
            "You paid 10 000 ₽. This money stays yours: it counts for a new application, or you "
            "get it back. Ask the centre.",
        ),
    ],
)
def test_money_that_we_know_of_is_always_named(name, line):
    assert line in english(name)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "unseen, several late",
            [
                "We have several payments of yours, 20 000 ₽ together. The centre will decide.",
                "We have 20 000 ₽, but we do not know the days of payment. Show us the cheques.",
            ],
        ),
        (
            "lapsed, late cheques",
            ["Your cheques for 20 000 ₽ together wait for a decision of the centre."],
        ),
    ],
)
def test_several_sums_that_wait_are_one_sentence_with_a_total(name, lines):
    assert english(name)[-len(lines) :] == lines
    assert not any("10 000 ₽" in line for line in english(name))


@pytest.mark.parametrize("name", ["ready, paid", "preparing, paid"])
def test_before_issue_a_payment_on_its_way_is_awaited_by_a_day(name):
    assert "The Treasury should write the payment down by March 17." in english(name)


def test_who_paid_by_card_brings_a_certificate_and_not_a_cheque():
    certificate = "Bring your passport and the certificate of payment."

    assert certificate in english("ready, paid")
    assert "bring your passport and the certificate" in " ".join(english("preparing, paid"))
    assert "cheque" not in " ".join(english("ready, paid"))
    assert english("ready, paid at a bank")[-1].endswith("the cheque for the first month.")
    with override("en"):
        assert "certificate" in short(STANDINGS["ready, paid"])
        assert "cheque" in short(STANDINGS["ready, paid at a bank"])


def test_on_the_day_of_issue_one_reads_that_today_is_in_time():
    line = "Not paid yet? You can still pay today, inclusive."

    assert line in english("unseen, day of issue")
    assert line not in english("unseen, first month")


def test_who_has_money_waiting_is_not_asked_to_pay_for_the_first_month_again():
    it = STANDINGS["ready, day unknown"]

    assert sentence(it).action == Action.BOOK
    assert "pay for the first month" not in " ".join(english("ready, day unknown"))


def test_the_price_is_named_within_its_year_only():
    assert "Make the next payment of 10 000 ₽ by June 14 inclusive." in english("valid")
    assert "Make the next payment by January 14, 2027 inclusive." in english(
        "valid, next year's price"
    )


def test_the_reminder_that_a_page_promises_is_due_on_that_day():
    it = STANDINGS["valid"]
    on_that_day, before = (
        of_patent(day, FIRST, paid_on_time(4)) for day in (it.remind_on, it.remind_on - DAY)
    )

    assert "We will remind you on June 4." in english("valid")
    assert it.remind_on == date(2026, 6, 4)
    assert Due(NoticeKind.REMIND_10, it.pay_by) in due(on_that_day)
    assert not due(before)


def test_a_paid_year_counts_down_to_the_new_patent():
    said = english("valid, whole year")

    assert "The year of the patent ends in 6 days." in said
    assert sentence(STANDINGS["valid, whole year"]).action == Action.NEW_PATENT
    assert "Today is the last day of the patent's year." in english("valid, last day of the year")


def test_the_last_day_to_pay_is_called_so():
    assert "Today is the last day." in english("due, last day")
    assert not any(line.startswith("Pay 3–4 days earlier") for line in english("due, last day"))
    assert "6 days are left." in english("due")


def test_the_page_says_of_which_day_it_speaks_and_through_which_it_knows():
    with override("en"):
        note = sentence(STANDINGS["unseen"]).note

    assert [line.replace("\u00a0", " ") for line in note] == [
        "Today is February 17, 2026.",
        "The Treasury's data are known through February 16.",
    ]


# Rules that hold for every word of every standing.

BLAME = re.compile(r"просроч|не оплатили|не заплатили|обязаны|нарушил|штраф|долг|!", re.I)
LATE_WORDS = re.compile(r"опозда|поздно заплат|задолж|срок прошёл", re.I)


@each_standing
def test_nobody_is_blamed_or_shouted_at(it):
    with override("ru"):
        said = [*words_of(it), short(it)]

    assert [line for line in said if BLAME.search(line)] == []


@pytest.mark.parametrize("name", [name for name in STANDINGS if name.startswith("unseen")])
def test_unseen_never_says_late(name):
    with override("ru"):
        said = [*words_of(STANDINGS[name]), short(STANDINGS[name])]

    assert [line for line in said if LATE_WORDS.search(line)] == []


@each_standing
def test_every_sentence_is_russian_and_short_enough_for_a_learner(it):
    with override("ru"):
        said = words_of(it)

    assert all(re.search("[а-яё]", line, re.I) for line in said)
    for line in said:
        for one in re.split(r"(?<=[.?:])\s", line):
            assert len(one.split(" ")) <= 12, one


@each_standing
@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_short_sentence_fits_two_parts_of_an_sms(it, language):
    with override(language):
        text = short(it)

    assert 20 < len(text) <= 134
    assert "\u00a0" not in text
    assert "₽" not in text
    assert "%" not in text


@each_standing
def test_dates_and_sums_are_held_together(it):
    with override("ru"):
        said = " ".join(words_of(it))

    assert not re.search(r"\d (₽|января|февраля|марта|апреля|мая|июня|декабря)", said)


@each_standing
def test_there_is_one_button_with_a_label_and_a_sign(it):
    with override("en"):
        said = sentence(it)

    assert said.action in Action
    assert said.action_label
    assert said.sign


def test_seven_segments_are_shown_only_in_transit():
    shown = {it.state for it in STANDINGS.values() if sentence(it).day_no}

    assert shown == {State.IN_TRANSIT}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("due", "Год патента: оплачен 1 месяц из 12"),
        ("valid", "Год патента: оплачено 5 месяцев из 12"),
        ("in transit", "Год патента: оплачен 1 месяц, ещё 1 в пути"),
    ],
)
def test_the_year_is_counted_in_words(name, title):
    with override("ru"):
        assert year_title(STANDINGS[name]) == title


def test_months_and_third_parties_have_their_words():
    with override("en"):
        assert len({box_word(state) for state in BoxState}) == len(BoxState)
        assert len({third_party_words(told) for told in ThirdParty}) == len(ThirdParty)
