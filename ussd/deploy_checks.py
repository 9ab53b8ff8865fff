"""What a production must have before phones may ask; `check --deploy` names it."""

from django.conf import settings
from django.core import checks


def somebody_may_ask(app_configs=None, **kwargs) -> list[checks.CheckMessage]:
    """Without a secret and without networks the short codes answer nobody."""
    if settings.USSD_SECRET or settings.USSD_NETWORKS:
        return []
    said = "USSD_SECRET and USSD_NETWORKS are empty: the short codes answer nobody."
    return [checks.Error(said, hint="docs/ussd.md", id="ussd.E001")]
