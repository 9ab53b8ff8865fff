from django.conf import settings


def portal(request) -> dict:
    """What every page needs: the hotline as it is read and as it is dialled."""
    digits = "".join(c for c in settings.HOTLINE if c.isdigit())
    return {"hotline": settings.HOTLINE, "hotline_tel": f"+7{digits[-10:]}"}
