"""The calendar file: the days that must not be missed, with alarms that a phone rings by itself."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from cabinet.deadlines import LIVING, deadlines
from cabinet.models import Deadline
from common.clock import MOSCOW
from common.formats import day_year, roubles
from payments.history import ToPay
from payments.standing import Standing

MIME = "text/calendar; charset=utf-8"
ALARMS = (10, 3, 1)  # days before
# Calendars ring an all-day event at midnight: at this hour of Moscow people read it.
RINGS_AT, LASTS = time(10), timedelta(minutes=30)


Entry = tuple[str, date, str, str]  # key, day, summary, text


def calendar_of(standing: Standing, *, now: datetime, host: str) -> bytes:
    """The days of the page «Obligations» on which something is to be done, where they lie ahead."""
    return _file(standing, _events(standing), now, host)


def payments_calendar(
    standing: Standing, coming: Iterable[ToPay], *, now: datetime, host: str
) -> bytes:
    """Every payment to the end of the patent's year. The next one is the event of `calendar_of`:
    whoever takes both files in has it once."""
    if standing.state not in LIVING:
        return _file(standing, [], now, host)
    number = standing.case.application.number
    return _file(standing, [_to_pay(row, standing, number) for row in coming], now, host)


def _file(standing: Standing, entries: Iterable[Entry], now: datetime, host: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Migration centre//Personal cabinet//RU")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Patent"))
    for key, day, summary, text in entries:
        if day >= standing.today:
            calendar.add_component(_event(f"{key}-{day:%Y%m%d}@{host}", day, summary, text, now))
    return calendar.to_ical()


def _events(standing: Standing) -> list[Entry]:
    """While a payment is not visible yet, no money is asked for."""
    if standing.case is None:
        return []
    number, days = standing.case.application.number, deadlines(standing)
    return [
        (f"{kind}-{number}", days[kind], *words(standing, days[kind]))
        for kind, words in WORDS.items()
        if kind in days
    ]


def _reissue(standing: Standing, day: date) -> tuple[str, str]:
    summary = _("New patent: apply by %(day)s, this day included") % {"day": day_year(day)}
    return summary, _("Take the cheques of the whole year.")


def _contract(standing: Standing, day: date) -> tuple[str, str]:
    summary = _("Copy of the contract: hand it in by %(day)s, this day included")
    return summary % {"day": day_year(day)}, _("Already done? Then nothing needs to be done.")


def _registration(standing: Standing, day: date) -> tuple[str, str]:
    summary = _("Registration: prolong it by %(day)s, this day included") % {"day": day_year(day)}
    return summary, _("Paid for new months? Then take the cheque and prolong the registration.")


def _pay(standing: Standing, day: date) -> tuple[str, str]:
    return _pay_by(day, standing.monthly)


WORDS = {
    Deadline.REISSUE: _reissue,
    Deadline.CONTRACT: _contract,
    Deadline.REGISTRATION: _registration,
    Deadline.PAY: _pay,
}


def _to_pay(row: ToPay, standing: Standing, number: str) -> Entry:
    # On the extra day of a short month the next payment is still in time.
    day = standing.pay_until if row.number == standing.months + 1 else row.pay_by
    return (f"pay-{number}", day, *_pay_by(day, row.amount))


def _pay_by(day: date, amount: Decimal | None) -> tuple[str, str]:
    text = _("Already paid? Then nothing needs to be done. Keep the cheque.")
    if not amount:
        return _("Patent: pay by %(day)s, this day included") % {"day": day_year(day)}, text
    facts = {"amount": roubles(amount), "day": day_year(day)}
    return _("Patent: pay %(amount)s by %(day)s, this day included") % facts, text


def _event(uid: str, day: date, summary: str, text: str, now: datetime) -> Event:
    begins = datetime.combine(day, RINGS_AT, MOSCOW).astimezone(now.tzinfo)
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now)
    event.add("dtstart", begins)
    event.add("dtend", begins + LASTS)
    event.add("summary", summary)
    event.add("description", text)
    event.add("transp", "TRANSPARENT")
    for days in ALARMS:
        event.add_component(_alarm(days, summary))
    return event


def _alarm(days: int, summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(days=-days))
    return alarm
