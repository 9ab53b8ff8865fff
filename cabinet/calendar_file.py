"""The calendar file: the days that must not be missed, with alarms that a phone rings by itself."""

from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from cabinet.deadlines import LIVING, reissue_by
from common.clock import MOSCOW
from common.formats import day_year, roubles
from payments.standing import Standing

MIME = "text/calendar; charset=utf-8"
ALARMS = (10, 3, 1)  # days before
# Calendars ring an all-day event at midnight: at this hour of Moscow people read it.
RINGS_AT, LASTS = time(10), timedelta(minutes=30)


def calendar_of(standing: Standing, *, now: datetime, host: str) -> bytes:
    """The next payment and the last day to apply for a new patent, where they lie ahead."""
    calendar = Calendar()
    calendar.add("prodid", "-//Migration centre//Personal cabinet//RU")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Patent"))
    for key, day, summary, text in _events(standing):
        if day >= standing.today:
            calendar.add_component(_event(f"{key}-{day:%Y%m%d}@{host}", day, summary, text, now))
    return calendar.to_ical()


def _events(standing: Standing) -> list[tuple[str, date, str, str]]:
    """Nothing is asked of somebody whose payment is not visible yet."""
    if standing.state not in LIVING:
        return []
    number = standing.case.application.number
    last = reissue_by(standing)
    events = [
        (f"reissue-{number}", last, _apply_by(last), _("Take the cheques of the whole year."))
    ]
    if standing.pay_until:
        summary, text = _pay_by(standing)
        events.append((f"pay-{number}", standing.pay_until, summary, text))
    return events


def _apply_by(day: date) -> str:
    return _("New patent: apply by %(day)s, this day included") % {"day": day_year(day)}


def _pay_by(standing: Standing) -> tuple[str, str]:
    facts = {"amount": roubles(standing.monthly), "day": day_year(standing.pay_until)}
    summary = _("Patent: pay %(amount)s by %(day)s, this day included") % facts
    return summary, _("Already paid? Then nothing needs to be done. Keep the cheque.")


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
