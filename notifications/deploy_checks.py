"""Operators that nobody knows are named at every start, accounts that are missing by
`check --deploy`."""

from django.conf import settings
from django.core import checks

from notifications.providers import PROVIDERS, in_use


def operators_are_known(app_configs=None, **kwargs) -> list[checks.CheckMessage]:
    """Without an operator no code and no password reaches anybody."""
    unknown = sorted(set(settings.SMS_PROVIDERS) - set(PROVIDERS))
    if settings.SMS_PROVIDERS and not unknown:
        return []
    named = f"names {', '.join(unknown)}" if unknown else "is empty"
    hint = f"Of these, by commas: {', '.join(PROVIDERS)}"
    said = f"SMS_PROVIDERS {named}: nobody takes the SMS."
    return [checks.Error(said, hint=hint, id="notifications.E001")]


def operators_have_our_account(app_configs=None, **kwargs) -> list[checks.CheckMessage]:
    return [
        checks.Error(
            f"{setting} is empty: the operator {name} takes no SMS of ours.",
            hint="docs/settings.md",
            id="notifications.E002",
        )
        for name in in_use()
        for setting in PROVIDERS[name].needs
        if not getattr(settings, setting)
    ]
