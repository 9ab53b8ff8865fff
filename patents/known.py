"""Who says a fact and when the centre got to know it: stale data must show its age."""

from datetime import datetime

from django.utils.translation import gettext, gettext_noop

from common import clock
from common.formats import day, day_year
from patents.models import Source

SENTENCES = {
    Source.DESK: gettext_noop("data of the centre at %(time)s, %(day)s"),
    Source.MINISTRY: gettext_noop("data of the Interior Ministry at %(time)s, %(day)s"),
    Source.FILE: gettext_noop(
        "data of the Interior Ministry from a file, received at %(time)s, %(day)s"
    ),
    Source.OPENING: gettext_noop("from earlier records of the centre, taken over on %(day)s"),
}


def known(source: str, received_at: datetime) -> str:
    """«данные МВД на 12:03, 14 февраля», by Moscow's clock; the year when it is another one."""
    at = received_at.astimezone(clock.MOSCOW)
    is_this_year = at.year == clock.today().year
    said = day(at.date()) if is_this_year else day_year(at.date())
    return gettext(SENTENCES[source]) % {"time": f"{at:%H:%M}", "day": said}
