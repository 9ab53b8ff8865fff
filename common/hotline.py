from django.conf import settings


def hotline() -> dict[str, str]:
    """The hotline as it is read and as it is dialled."""
    digits = "".join(c for c in settings.HOTLINE if c.isdigit())
    return {"hotline": settings.HOTLINE, "hotline_tel": f"+7{digits[-10:]}"}
