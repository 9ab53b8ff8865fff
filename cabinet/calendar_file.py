"""The calendar file: the days that must not be missed, with alarms that a phone rings by itself."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from cabinet.deadlines import LIVING, reissue_by
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
    """The next payment and the last day to apply for a new patent, where they lie ahead."""
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
    """Nothing is asked of somebody whose payment is not visible yet."""
    if standing.state not in LIVING:
        return []
    number = standing.case.application.number
    last = reissue_by(standing)
    events = [
        (f"reissue-{number}", last, _apply_by(last), _("Take the cheques of the whole year."))
    ]
    if standing.pay_until:
        summary, text = _pay_by(standing.pay_until, standing.monthly)
        events.append((f"pay-{number}", standing.pay_until, summary, text))
    return events


def _to_pay(row: ToPay, standing: Standing, number: str) -> Entry:
    # On the extra day of a short month the next payment is still in time.
    day = standing.pay_until if row.number == standing.months + 1 else row.pay_by
    return (f"pay-{number}", day, *_pay_by(day, row.amount))


def _apply_by(day: date) -> str:
    return _("New patent: apply by %(day)s, this day included") % {"day": day_year(day)}


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
