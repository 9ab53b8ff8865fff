from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from payments import pricing
from payments.errors import RequisitesUnknown, TariffUnknown
from payments.models import Requisites, Tariff


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "monthly"),
    [
        (date(2025, 12, 31), "8900"),
        (date(2026, 1, 1), "10000"),
        (date(2020, 1, 26), "5350"),
        (date(2020, 1, 27), "5341"),
    ],
)
def test_the_tariff_is_that_of_the_payment_date(day, monthly):
    assert pricing.tariff_on(day).monthly == Decimal(monthly)


@pytest.mark.django_db
def test_an_unknown_payment_date_is_a_clear_sentence():
    with translation.override("en"), pytest.raises(TariffUnknown) as refusal:
        pricing.tariff_on(date(2027, 1, 1))

    said = str(refusal.value).replace("\u00a0", " ")
    assert said == "The price for payments on January 1, 2027 is not known yet. Look again later."


@pytest.mark.django_db
def test_another_region_does_not_lend_its_tariff(settings):
    Tariff.objects.create(region="50", valid_from=date(2027, 1, 1), monthly=Decimal("1"))

    with pytest.raises(TariffUnknown):
        pricing.tariff_on(date(2027, 1, 1))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "kpp"), [(date(2025, 12, 4), "770801001"), (date(2025, 12, 5), "770701001")]
)
def test_the_requisites_are_those_of_the_payment_date(day, kpp):
    assert pricing.requisites_on(day).kpp == kpp


@pytest.mark.django_db
def test_a_day_without_requisites_is_a_clear_sentence():
    Requisites.objects.all().delete()

    with pytest.raises(RequisitesUnknown):
        pricing.requisites_on(date(2026, 2, 10))


def test_each_choice_says_its_sum_and_the_last_covered_day():
    found = pricing.options(Decimal(10000), 2, issued_on=date(2026, 1, 31), paid_months=1)

    assert [(option.months, option.amount, option.until) for option in found] == [
        (1, Decimal(10000), date(2026, 3, 30)),
        (2, Decimal(20000), date(2026, 4, 30)),
    ]


def test_before_issue_no_day_is_promised():
    assert pricing.options(Decimal(10000), 1)[0].until is None


def test_with_no_month_left_there_is_nothing_to_choose():
    assert pricing.options(Decimal(10000), 0) == ()
