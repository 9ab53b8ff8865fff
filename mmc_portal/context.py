from cabinet.announcements import announcements
from common.hotline import hotline


def portal(request) -> dict:
    """What every page needs; a page that shows no announcements does not ask for them."""
    return {**hotline(), "announcements": announcements}
