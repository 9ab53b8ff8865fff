"""Minimal valid objects; traits are named as states."""

from datetime import date
from decimal import Decimal

import factory

from accounts.models import LoginKind, LoginName, Passport, Person, Phone, PhoneKind, User
from patents.models import Application, ApplicationStatus, Inn, Patent

PASSWORD = "dalniy-les-42"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user-{n}")
    password = factory.django.Password(PASSWORD)


class StaffFactory(UserFactory):
    is_staff = True
    is_superuser = True


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    user = factory.SubFactory(UserFactory)
    last_name = "Каримов"
    first_name = "Тимур"
    middle_name = "Рустамович"
    birth_date = date(1990, 5, 17)
    citizenship_id = "UZB"


class PhoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Phone

    person = factory.SubFactory(PersonFactory)
    kind = PhoneKind.CENTRE_SIM
    number = factory.Sequence(lambda n: f"+7916{n:07d}")
    valid_from = date(2026, 1, 1)


class PassportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Passport

    person = factory.SubFactory(PersonFactory)
    number = "FA1234567"
    valid_from = date(2026, 1, 1)


class ApplicationFactory(factory.django.DjangoModelFactory):
    """Accepted; its number is a login of the person's account."""

    class Meta:
        model = Application
        skip_postgeneration_save = True

    class Params:
        ready = factory.Trait(status=ApplicationStatus.READY, ready_on=date(2026, 1, 12))
        refused = factory.Trait(
            status=ApplicationStatus.REFUSED,
            refused_on=date(2026, 1, 12),
            refusal_reason="неверные данные в заявлении",
        )

    person = factory.SubFactory(PersonFactory)
    number = factory.Sequence(lambda n: str(2000001 + n))
    accepted_on = date(2026, 1, 2)
    migration_card = "4615 1234567"

    @factory.post_generation
    def login(self, create, extracted, **kwargs):
        if create and self.person.user_id:
            LoginName.objects.create(
                kind=LoginKind.APPLICATION, value=self.number, user=self.person.user
            )


class PatentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Patent

    application = factory.SubFactory(
        ApplicationFactory, status=ApplicationStatus.ISSUED, ready_on=date(2026, 1, 12)
    )
    series = "77"
    number = factory.Sequence(lambda n: f"26{n:08d}")
    issued_on = date(2026, 1, 15)


class InnFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Inn

    person = factory.SubFactory(PersonFactory)
    value = "775100004210"
    valid_from = date(2026, 1, 5)


MONTHLY = Decimal("10000.00")
