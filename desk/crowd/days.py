from datetime import date, datetime, time, timedelta

from common.clock import MOSCOW

MONTH, WEEK = timedelta(days=30), timedelta(days=7)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), MOSCOW)
