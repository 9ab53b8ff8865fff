"""Who needs a patent on a day: the dated rules that the centre edits (domain facts 2.9)."""

from datetime import date

from django.db.models import Q

from patents.models import PatentRule


def rule_on(country_id: str, day: date) -> PatentRule | None:
    """The rule in force on a day, both ends included; the one that began last wins."""
    return (
        PatentRule.objects.filter(country_id=country_id, valid_from__lte=day)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))
        .order_by("-valid_from", "-pk")
        .first()
    )


def known_to_need_none(country_id: str, day: date) -> bool:
    """Whether a rule says that no patent is needed; a country without a rule is not known."""
    rule = rule_on(country_id, day)
    return rule is not None and not rule.needs_patent
