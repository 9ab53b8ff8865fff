import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.expressions
import payments.models.tariffs
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("patents", "0001_initial"),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(),
        migrations.CreateModel(
            name="MobileOperator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="operator")),
                (
                    "most",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="empty: not known; then the page says so",
                        max_digits=10,
                        null=True,
                        verbose_name="at most at once, roubles",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="for the staff",
                        max_length=200,
                        verbose_name="where this is known from",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, verbose_name="place in the list"),
                ),
            ],
            options={
                "verbose_name": "mobile operator",
                "verbose_name_plural": "mobile operators",
                "ordering": ["position", "name"],
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_the_one", models.BooleanField(default=True, editable=False, unique=True)),
                ("content_hash", models.CharField(max_length=64, verbose_name="content hash")),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("persons", models.PositiveIntegerField(verbose_name="people")),
                ("applications", models.PositiveIntegerField(verbose_name="applications")),
                ("patents", models.PositiveIntegerField(verbose_name="patents")),
                ("months", models.PositiveIntegerField(verbose_name="months")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="sum, roubles"
                    ),
                ),
                ("taken_at", models.DateTimeField(auto_now_add=True, verbose_name="taken in at")),
            ],
            options={
                "verbose_name": "opening position",
                "verbose_name_plural": "opening position",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("is_the_one", True)), name="opening_is_one"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OpeningCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opening_corrections",
                        to="patents.application",
                        verbose_name="application",
                    ),
                ),
                ("months_before", models.PositiveSmallIntegerField(verbose_name="months before")),
                (
                    "amount_before",
                    models.DecimalField(decimal_places=2, max_digits=10, verbose_name="sum before"),
                ),
                ("months", models.PositiveSmallIntegerField(verbose_name="months")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="sum, roubles"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
            ],
            options={
                "verbose_name": "correction of the opening",
                "verbose_name_plural": "corrections of the opening",
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asked_by", models.F("decided_by")), _negated=True),
                        name="opening_correction_by_two",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentMethod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("bank_card", "Bank card"),
                            ("sbp", "SBP: from a bank's application"),
                            ("yoo_money", "YooMoney wallet"),
                            ("mobile_balance", "Money of a phone number"),
                        ],
                        max_length=20,
                        unique=True,
                        verbose_name="way of paying",
                    ),
                ),
                (
                    "least",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="at least, roubles"
                    ),
                ),
                (
                    "surely",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        verbose_name="everybody can pay up to, roubles",
                    ),
                ),
                (
                    "most",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="at most, roubles"
                    ),
                ),
                ("is_open", models.BooleanField(default=True, verbose_name="offered")),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, verbose_name="place in the list"),
                ),
            ],
            options={
                "verbose_name": "way of paying online",
                "verbose_name_plural": "ways of paying online",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("least__gt", 0),
                            ("most__gte", models.F("surely")),
                            ("surely__gte", models.F("least")),
                        ),
                        name="method_limits_in_order",
                        violation_error_message="The limits must grow from the first to the last.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=8, unique=True, verbose_name="number")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="patents.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "patent",
                    models.ForeignKey(
                        blank=True,
                        help_text="empty while the patent is not issued",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="receipts",
                        to="patents.patent",
                        verbose_name="patent",
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(verbose_name="months")),
                (
                    "monthly",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="a month, roubles"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="sum, roubles"
                    ),
                ),
                ("formed_on", models.DateField(verbose_name="formed on")),
                (
                    "snapshot",
                    models.JSONField(
                        help_text="payer and requisites of the day it was formed",
                        verbose_name="as formed",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("formed", "formed"),
                            ("posted", "posted"),
                            ("cancelled", "cancelled"),
                        ],
                        default="formed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("posted_on", models.DateField(blank=True, null=True, verbose_name="posted on")),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="cancelled at"),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="cancelled by",
                    ),
                ),
                (
                    "cancel_reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it is cancelled"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
            ],
            options={
                "verbose_name": "receipt",
                "verbose_name_plural": "receipts",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["-formed_on", "-id"], name="receipt_by_day"),
                    models.Index(
                        condition=models.Q(("status", "posted"), _negated=True),
                        fields=["status", "-formed_on", "-id"],
                        name="receipt_not_posted",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("months__gte", 1), ("months__lte", 12)),
                        name="receipt_months_one_to_twelve",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "amount",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("months"), "*", models.F("monthly")
                                ),
                            ),
                            ("amount__gt", 0),
                        ),
                        name="receipt_amount_is_months_by_monthly",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["formed", "posted", "cancelled"])),
                        name="receipt_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("posted_on__isnull", False), ("status", "posted")),
                            models.Q(
                                models.Q(("status", "posted"), _negated=True),
                                ("posted_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="receipt_posted_on_iff_posted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("cancel_reason", ""), _negated=True),
                                ("cancelled_at__isnull", False),
                                ("cancelled_by__isnull", False),
                                ("status", "cancelled"),
                            ),
                            models.Q(
                                models.Q(("status", "cancelled"), _negated=True),
                                ("cancel_reason", ""),
                                ("cancelled_at__isnull", True),
                                ("cancelled_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="receipt_cancelled_says_by_whom_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Requisites",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("region", models.CharField(max_length=2, verbose_name="region")),
                ("valid_from", models.DateField(verbose_name="from day")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="included; empty: open",
                        null=True,
                        verbose_name="last day",
                    ),
                ),
                ("payee", models.CharField(max_length=160, verbose_name="payee")),
                ("inn", models.CharField(blank=True, max_length=10, verbose_name="payee's INN")),
                ("kpp", models.CharField(blank=True, max_length=9, verbose_name="payee's KPP")),
                ("account", models.CharField(max_length=20, verbose_name="payee's account")),
                ("bank", models.CharField(max_length=160, verbose_name="bank")),
                (
                    "bank_short",
                    models.CharField(
                        help_text="at most 45 characters: goes into the QR",
                        max_length=45,
                        verbose_name="bank, short",
                    ),
                ),
                ("bic", models.CharField(max_length=9, verbose_name="BIC")),
                (
                    "corr_account",
                    models.CharField(
                        default="0", max_length=20, verbose_name="correspondent account"
                    ),
                ),
                ("kbk", models.CharField(max_length=20, verbose_name="KBK (104)")),
                ("oktmo", models.CharField(max_length=11, verbose_name="OKTMO (105)")),
                (
                    "drawer_status",
                    models.CharField(max_length=2, verbose_name="payer status (101)"),
                ),
                ("basis", models.CharField(default="0", max_length=2, verbose_name="basis (106)")),
                (
                    "period",
                    models.CharField(default="0", max_length=10, verbose_name="tax period (107)"),
                ),
                (
                    "document_number",
                    models.CharField(
                        default="0", max_length=15, verbose_name="document number (108)"
                    ),
                ),
                (
                    "document_date",
                    models.CharField(
                        default="0", max_length=10, verbose_name="document date (109)"
                    ),
                ),
                ("purpose", models.CharField(max_length=140, verbose_name="purpose")),
            ],
            options={
                "verbose_name": "requisites",
                "verbose_name_plural": "requisites",
                "ordering": ["region", "valid_from"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                payments.models.tariffs.DateRange(
                                    "valid_from",
                                    "valid_until",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(True, True),
                                ),
                                "&&",
                            ),
                            ("region", "="),
                        ],
                        name="requisites_one_a_day",
                        violation_error_message="Other requisites hold on some of these days.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tariff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("region", models.CharField(max_length=2, verbose_name="region")),
                ("valid_from", models.DateField(verbose_name="from day")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="included; empty: open",
                        null=True,
                        verbose_name="last day",
                    ),
                ),
                (
                    "monthly",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="a month, roubles"
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
            ],
            options={
                "verbose_name": "tariff",
                "verbose_name_plural": "tariffs",
                "ordering": ["region", "valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("monthly__gt", 0)), name="tariff_positive"
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                payments.models.tariffs.DateRange(
                                    "valid_from",
                                    "valid_until",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(True, True),
                                ),
                                "&&",
                            ),
                            ("region", "="),
                        ],
                        name="tariff_one_a_day",
                        violation_error_message="Another tariff holds on some of these days.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Till",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        error_messages={"unique": "There is a till of this name."},
                        max_length=60,
                        unique=True,
                        verbose_name="name",
                    ),
                ),
                (
                    "register_number",
                    models.CharField(
                        blank=True,
                        help_text="the factory number, or that of the fiscal storage",
                        max_length=20,
                        verbose_name="number of the cash register",
                    ),
                ),
                (
                    "is_open",
                    models.BooleanField(
                        default=True,
                        help_text="a closed till stays in the reports",
                        verbose_name="takes money",
                    ),
                ),
            ],
            options={
                "verbose_name": "till",
                "verbose_name_plural": "tills",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(max_length=20, unique=True, verbose_name="account number"),
                ),
                (
                    "counted_through",
                    models.DateField(
                        help_text="completeness starts after this day",
                        verbose_name="opening: counted through",
                    ),
                ),
                (
                    "complete_through",
                    models.DateField(
                        help_text="included; derived from whole-day files",
                        verbose_name="statements complete through",
                    ),
                ),
            ],
            options={
                "verbose_name": "Treasury account",
                "verbose_name_plural": "Treasury accounts",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("complete_through__gte", models.F("counted_through"))),
                        name="account_complete_not_before_opening",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptCheque",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_cheques",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
                ("paid_on", models.DateField(verbose_name="day on the cheque")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="sum, roubles"
                    ),
                ),
                (
                    "bank",
                    models.CharField(blank=True, max_length=120, verbose_name="where it was paid"),
                ),
                ("cheque", models.FileField(upload_to="", verbose_name="picture of the cheque")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
            ],
            options={
                "verbose_name": "kept cheque",
                "verbose_name_plural": "kept cheques",
                "ordering": ["-paid_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="kept_cheque_positive"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MobileOperatorHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="payments.mobileoperator",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=40, verbose_name="operator")),
                (
                    "most",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="empty: not known; then the page says so",
                        max_digits=10,
                        null=True,
                        verbose_name="at most at once, roubles",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="for the staff",
                        max_length=200,
                        verbose_name="where this is known from",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, verbose_name="place in the list"),
                ),
            ],
            options={
                "verbose_name": "history of MobileOperator",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OpeningMonths",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "opening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="months_paid",
                        to="payments.opening",
                        verbose_name="opening position",
                    ),
                ),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opening_months",
                        to="patents.application",
                        verbose_name="application",
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(verbose_name="months")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="sum, roubles"
                    ),
                ),
                (
                    "counted_on",
                    models.DateField(
                        help_text="the money was there by this day; an issued patent counts from its day of issue",
                        verbose_name="counted on",
                    ),
                ),
            ],
            options={
                "verbose_name": "months paid before the opening",
                "verbose_name_plural": "months paid before the opening",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("months__gte", 0), ("months__lte", 12)),
                        name="opening_months_at_most_twelve",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount", 0), ("months", 0)),
                            models.Q(("amount__gt", 0), ("months__gt", 0)),
                            _connector="OR",
                        ),
                        name="opening_months_have_their_sum",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        editable=False, max_length=43, unique=True, verbose_name="address"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay_links",
                        to="patents.application",
                        verbose_name="application",
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(verbose_name="months")),
                (
                    "months_before",
                    models.PositiveSmallIntegerField(verbose_name="months paid before"),
                ),
                (
                    "good_through",
                    models.DateField(
                        help_text="the last day, inclusive", verbose_name="good through"
                    ),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at"),
                ),
                (
                    "receipt",
                    models.OneToOneField(
                        blank=True,
                        help_text="made when the payer goes to the payment",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay_link",
                        to="payments.receipt",
                        verbose_name="receipt",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
            ],
            options={
                "verbose_name": "link for a payer",
                "verbose_name_plural": "links for payers",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="pay_link_by_instant")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("months__gte", 1), ("months__lte", 12)),
                        name="pay_link_months_one_to_twelve",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentMethodHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="payments.paymentmethod",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("bank_card", "Bank card"),
                            ("sbp", "SBP: from a bank's application"),
                            ("yoo_money", "YooMoney wallet"),
                            ("mobile_balance", "Money of a phone number"),
                        ],
                        max_length=20,
                        verbose_name="way of paying",
                    ),
                ),
                (
                    "least",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="at least, roubles"
                    ),
                ),
                (
                    "surely",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        verbose_name="everybody can pay up to, roubles",
                    ),
                ),
                (
                    "most",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="at most, roubles"
                    ),
                ),
                ("is_open", models.BooleanField(default=True, verbose_name="offered")),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, verbose_name="place in the list"),
                ),
            ],
            options={
                "verbose_name": "history of PaymentMethod",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReceiptHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="payments.receipt",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=8, verbose_name="number")),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patents.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "patent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="empty while the patent is not issued",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patents.patent",
                        verbose_name="patent",
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(verbose_name="months")),
                (
                    "monthly",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="a month, roubles"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="sum, roubles"
                    ),
                ),
                ("formed_on", models.DateField(verbose_name="formed on")),
                (
                    "snapshot",
                    models.JSONField(
                        help_text="payer and requisites of the day it was formed",
                        verbose_name="as formed",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("formed", "formed"),
                            ("posted", "posted"),
                            ("cancelled", "cancelled"),
                        ],
                        default="formed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("posted_on", models.DateField(blank=True, null=True, verbose_name="posted on")),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="cancelled at"),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="cancelled by",
                    ),
                ),
                (
                    "cancel_reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it is cancelled"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
            ],
            options={
                "verbose_name": "history of Receipt",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Register",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sender", models.CharField(max_length=160, unique=True, verbose_name="sender")),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        help_text="that all its payments go to; empty when a column names it",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registers",
                        to="payments.account",
                        verbose_name="Treasury account",
                    ),
                ),
                (
                    "in_kopecks",
                    models.BooleanField(default=False, verbose_name="sums are in kopecks"),
                ),
                (
                    "number_after",
                    models.CharField(
                        blank=True,
                        help_text="such as «Реестр №»: the number tells a copy from another register",
                        max_length=60,
                        verbose_name="words before the register's number",
                    ),
                ),
                (
                    "is_read",
                    models.BooleanField(default=True, verbose_name="such registers are read"),
                ),
                ("amount", models.CharField(max_length=100, verbose_name="column: sum")),
                (
                    "posted_on",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="column: day of posting"
                    ),
                ),
                (
                    "paid_on",
                    models.CharField(
                        blank=True,
                        max_length=100,
                        verbose_name="column: day on which the person paid",
                    ),
                ),
                (
                    "document_date",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="column: order's date"
                    ),
                ),
                (
                    "document_number",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="column: order's number"
                    ),
                ),
                (
                    "payer_name",
                    models.CharField(blank=True, max_length=100, verbose_name="column: payer"),
                ),
                (
                    "payer_inn",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="column: payer's INN"
                    ),
                ),
                (
                    "payer_account",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="column: payer's account"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(blank=True, max_length=100, verbose_name="column: purpose"),
                ),
                ("uin", models.CharField(blank=True, max_length=100, verbose_name="column: UIN")),
                (
                    "account_column",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="column: Treasury account"
                    ),
                ),
            ],
            options={
                "verbose_name": "register of a sender",
                "verbose_name_plural": "registers of senders",
                "ordering": ["sender"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount", ""), _negated=True),
                        name="register_has_a_sum",
                        violation_error_message="Say which column has the sum.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("document_date", ""), ("paid_on", ""), ("posted_on", ""), _negated=True
                        ),
                        name="register_has_a_day",
                        violation_error_message="Say which column has a day: without one no payment.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("account__isnull", False),
                            models.Q(("account_column", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="register_has_an_account",
                        violation_error_message="Say which account the money goes to, or its column.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "content_hash",
                    models.CharField(max_length=64, unique=True, verbose_name="content hash"),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="payments.account",
                        verbose_name="Treasury account",
                    ),
                ),
                ("sender", models.CharField(blank=True, max_length=160, verbose_name="sender")),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(help_text="included", verbose_name="last day")),
                (
                    "formed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="formed at"),
                ),
                (
                    "file_number",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="the sender's file number"
                    ),
                ),
                (
                    "whole_through",
                    models.DateField(
                        blank=True,
                        help_text="the last day, included, that was over when the file was formed; empty: its sums prove no whole day",
                        null=True,
                        verbose_name="whole through",
                    ),
                ),
                ("line_count", models.PositiveIntegerField(verbose_name="lines")),
                (
                    "incoming",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="incoming, roubles"
                    ),
                ),
                (
                    "imported_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="imported at"),
                ),
            ],
            options={
                "verbose_name": "statement",
                "verbose_name_plural": "statements",
                "ordering": ["-imported_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="statement_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("whole_through__isnull", True),
                            models.Q(
                                ("whole_through__gte", models.F("first_day")),
                                ("whole_through__lte", models.F("last_day")),
                            ),
                            _connector="OR",
                        ),
                        name="statement_whole_within_its_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TillHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="payments.till",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "name",
                    models.CharField(
                        error_messages={"unique": "There is a till of this name."},
                        max_length=60,
                        verbose_name="name",
                    ),
                ),
                (
                    "register_number",
                    models.CharField(
                        blank=True,
                        help_text="the factory number, or that of the fiscal storage",
                        max_length=20,
                        verbose_name="number of the cash register",
                    ),
                ),
                (
                    "is_open",
                    models.BooleanField(
                        default=True,
                        help_text="a closed till stays in the reports",
                        verbose_name="takes money",
                    ),
                ),
            ],
            options={
                "verbose_name": "history of Till",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TillPayment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "till",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="payments.till",
                        verbose_name="till",
                    ),
                ),
                (
                    "cheque_number",
                    models.CharField(max_length=20, verbose_name="number of the cheque"),
                ),
                (
                    "taken_on",
                    models.DateField(
                        help_text="the Moscow day of the payment", verbose_name="taken on"
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        blank=True,
                        help_text="empty: a correction says that no money was taken",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="till_payments",
                        to="payments.receipt",
                        verbose_name="receipt",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="sum, roubles"
                    ),
                ),
                (
                    "fiscal_sign",
                    models.CharField(
                        blank=True,
                        help_text="storage, document and sign, from the code of the cheque",
                        max_length=50,
                        verbose_name="fiscal sign",
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="payments.tillpayment",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "asks_day",
                    models.BooleanField(
                        default=False,
                        help_text="recorded later than the cheque says: two of the staff confirm the day",
                        verbose_name="day to be confirmed",
                    ),
                ),
                (
                    "approval",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="till_payment",
                        to="accounts.approval",
                        verbose_name="decision of two",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="recorded at"),
                ),
            ],
            options={
                "verbose_name": "payment at the cash desk",
                "verbose_name_plural": "payments at the cash desk",
                "ordering": ["-recorded_at", "-pk"],
                "indexes": [
                    models.Index(fields=["-recorded_at", "-id"], name="till_payment_by_instant"),
                    models.Index(fields=["-taken_on", "-id"], name="till_payment_by_day"),
                    models.Index(fields=["cheque_number"], name="till_payment_by_cheque"),
                    models.Index(
                        condition=models.Q(("fiscal_sign", ""), _negated=True),
                        fields=["fiscal_sign"],
                        name="till_payment_by_fiscal_sign",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("receipt__isnull", False)),
                            models.Q(
                                ("amount", 0),
                                ("corrects__isnull", False),
                                ("receipt__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="till_payment_money_iff_receipt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approval__isnull", True), ("corrects__isnull", True)),
                            models.Q(("approval__isnull", False), ("corrects__isnull", False)),
                            _connector="OR",
                        ),
                        name="till_payment_correction_needs_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asks_day", False), ("corrects__isnull", True), _connector="OR"
                        ),
                        name="till_payment_of_two_asks_no_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cheque_number", ""), _negated=True),
                        name="till_payment_has_cheque",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("corrects__isnull", True)),
                        fields=("till", "taken_on", "cheque_number"),
                        name="till_payment_cheque_once_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpeningMonthsHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="payments.openingmonths",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "opening",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payments.opening",
                        verbose_name="opening position",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patents.application",
                        verbose_name="application",
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(verbose_name="months")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="sum, roubles"
                    ),
                ),
                (
                    "counted_on",
                    models.DateField(
                        help_text="the money was there by this day; an issued patent counts from its day of issue",
                        verbose_name="counted on",
                    ),
                ),
            ],
            options={
                "verbose_name": "history of OpeningMonths",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RegisterHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="payments.register",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("sender", models.CharField(max_length=160, verbose_name="sender")),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="that all its payments go to; empty when a column names it",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payments.account",
                        verbose_name="Treasury account",
                    ),
                ),
                (
                    "in_kopecks",
                    models.BooleanField(default=False, verbose_name="sums are in kopecks"),
                ),
                (
                    "number_after",
                    models.CharField(
                        blank=True,
                        help_text="such as «Реестр №»: the number tells a copy from another register",
                        max_length=60,
                        verbose_name="words before the register's number",
                    ),
                ),
                (
                    "is_read",
                    models.BooleanField(default=True, verbose_name="such registers are read"),
                ),
                ("amount", models.CharField(max_length=100, verbose_name="column: sum")),
                (
                    "posted_on",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="column: day of posting"
                    ),
                ),
                (
                    "paid_on",
                    models.CharField(
                        blank=True,
                        max_length=100,
                        verbose_name="column: day on which the person paid",
                    ),
                ),
                (
                    "document_date",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="column: order's date"
                    ),
                ),
                (
                    "document_number",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="column: order's number"
                    ),
                ),
                (
                    "payer_name",
                    models.CharField(blank=True, max_length=100, verbose_name="column: payer"),
                ),
                (
                    "payer_inn",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="column: payer's INN"
                    ),
                ),
                (
                    "payer_account",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="column: payer's account"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(blank=True, max_length=100, verbose_name="column: purpose"),
                ),
                ("uin", models.CharField(blank=True, max_length=100, verbose_name="column: UIN")),
                (
                    "account_column",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="column: Treasury account"
                    ),
                ),
            ],
            options={
                "verbose_name": "history of Register",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Sighting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sightings",
                        to="payments.statement",
                        verbose_name="statement",
                    ),
                ),
                ("digest", models.CharField(db_index=True, max_length=64, verbose_name="likeness")),
                ("count", models.PositiveIntegerField(verbose_name="how many")),
            ],
            options={
                "verbose_name": "sighting",
                "verbose_name_plural": "sightings",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("statement", "digest"), name="sighting_once_a_statement"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("count__gt", 0)), name="sighting_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="payments.statement",
                        verbose_name="statement",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="payments.account",
                        verbose_name="Treasury account",
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        help_text="equal lines have equal digests",
                        max_length=64,
                        verbose_name="likeness",
                    ),
                ),
                ("occurrence", models.PositiveIntegerField(verbose_name="which of the equal ones")),
                ("posted_on", models.DateField(verbose_name="posted on")),
                (
                    "document_number",
                    models.CharField(blank=True, max_length=30, verbose_name="order"),
                ),
                (
                    "document_date",
                    models.DateField(blank=True, null=True, verbose_name="order's date"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="sum, roubles"
                    ),
                ),
                ("payer_name", models.CharField(blank=True, max_length=200, verbose_name="payer")),
                (
                    "payer_account",
                    models.CharField(blank=True, max_length=20, verbose_name="payer's account"),
                ),
                (
                    "payer_inn",
                    models.CharField(blank=True, max_length=20, verbose_name="payer's INN"),
                ),
                ("purpose", models.TextField(blank=True, verbose_name="purpose")),
                (
                    "paid_on",
                    models.DateField(
                        blank=True,
                        help_text="the earliest day that the order itself proves",
                        null=True,
                        verbose_name="paid on, by the order",
                    ),
                ),
                ("raw", models.JSONField(verbose_name="as sent")),
            ],
            options={
                "verbose_name": "statement line",
                "verbose_name_plural": "statement lines",
                "ordering": ["-posted_on", "-pk"],
                "indexes": [
                    models.Index(fields=["-posted_on", "-id"], name="line_by_day"),
                    models.Index(fields=["document_number"], name="line_by_number"),
                    models.Index(
                        condition=models.Q(("payer_inn", ""), _negated=True),
                        fields=["payer_inn"],
                        name="line_by_payer_inn",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("digest", "occurrence"), name="statement_line_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="statement_line_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Charge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="payments.receipt",
                        verbose_name="receipt",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        editable=False,
                        help_text="the receipt's; the database fills it in",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="patents.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="sum, roubles"
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("bank_card", "Bank card"),
                            ("sbp", "SBP: from a bank's application"),
                            ("yoo_money", "YooMoney wallet"),
                            ("mobile_balance", "Money of a phone number"),
                        ],
                        default="bank_card",
                        max_length=20,
                        verbose_name="way of paying",
                    ),
                ),
                (
                    "first_month",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="first month"
                    ),
                ),
                (
                    "last_month",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="this month included",
                        null=True,
                        verbose_name="last month",
                    ),
                ),
                ("idempotence_key", models.UUIDField(unique=True, verbose_name="idempotence key")),
                (
                    "provider_id",
                    models.CharField(
                        blank=True,
                        max_length=60,
                        null=True,
                        unique=True,
                        verbose_name="acquirer's number",
                    ),
                ),
                (
                    "confirmation_url",
                    models.URLField(blank=True, max_length=500, verbose_name="payment page"),
                ),
                (
                    "order",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="as the acquirer was first told; emptied when the payment has ended",
                        verbose_name="order",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "not yet known to the acquirer"),
                            ("pending", "waiting for the payer"),
                            ("succeeded", "taken"),
                            ("canceled", "not paid"),
                            ("refunded", "given back"),
                        ],
                        default="new",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "captured_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken at"),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "left_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="the person said that they will not pay on this page",
                        null=True,
                        verbose_name="left for the cash desk at",
                    ),
                ),
                (
                    "is_second",
                    models.BooleanField(
                        default=False,
                        help_text="its receipt, or its months, were paid otherwise, too",
                        verbose_name="second money",
                    ),
                ),
                (
                    "settled_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="two of the staff said what became of money that came twice",
                        null=True,
                        verbose_name="settled at",
                    ),
                ),
                (
                    "payers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=160),
                        blank=True,
                        default=list,
                        help_text="by a link, as they wrote it; several when several opened one page",
                        size=None,
                        verbose_name="who pays for the person",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
            ],
            options={
                "verbose_name": "online payment",
                "verbose_name_plural": "online payments",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="charge_by_instant"),
                    models.Index(
                        condition=models.Q(("status", "succeeded"), _negated=True),
                        fields=["status", "-created_at", "-id"],
                        name="charge_not_taken",
                    ),
                    models.Index(
                        condition=models.Q(("method", "bank_card"), _negated=True),
                        fields=["method", "-created_at", "-id"],
                        name="charge_by_method",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("is_second", False), ("status__in", ["new", "pending", "succeeded"])
                        ),
                        fields=("receipt",),
                        name="charge_one_live_a_receipt",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["new", "pending"])),
                        fields=("application",),
                        name="charge_one_open_an_application",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            ("first_month__isnull", False),
                            ("status__in", ["new", "pending", "succeeded"]),
                        ),
                        expressions=[
                            ("application", "="),
                            (
                                models.Func(
                                    models.F("first_month"),
                                    models.F("last_month"),
                                    models.Value("[]"),
                                    function="int4range",
                                ),
                                "&&",
                            ),
                        ],
                        name="charge_no_month_twice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first_month__isnull", True), ("last_month__isnull", True)),
                            models.Q(
                                ("first_month__gte", 1),
                                ("last_month__gte", models.F("first_month")),
                                ("last_month__lte", 12),
                            ),
                            _connector="OR",
                        ),
                        name="charge_months_of_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_second", False),
                            models.Q(
                                ("first_month__isnull", True),
                                ("status__in", ["succeeded", "refunded"]),
                            ),
                            _connector="OR",
                        ),
                        name="charge_second_is_taken_and_holds_no_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["new", "pending", "succeeded", "canceled", "refunded"])
                        ),
                        name="charge_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("captured_at__isnull", False),
                                ("status__in", ["succeeded", "refunded"]),
                            ),
                            models.Q(
                                models.Q(("status__in", ["succeeded", "refunded"]), _negated=True),
                                ("captured_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="charge_captured_at_iff_taken",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="payments.statementline",
                        verbose_name="line",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("matched", "counted as paid months"),
                            ("credit", "the person's credit"),
                            ("queue", "waits for staff"),
                            ("returned", "returned"),
                            ("set_aside", "set aside"),
                        ],
                        max_length=10,
                        verbose_name="place",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="sum, roubles"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="patents.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="payments.receipt",
                        verbose_name="receipt",
                    ),
                ),
                (
                    "charge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="payments.charge",
                        verbose_name="online payment",
                    ),
                ),
                (
                    "till_payment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="payments.tillpayment",
                        verbose_name="payment at the cash desk",
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(default=0, verbose_name="months")),
                (
                    "paid_on",
                    models.DateField(
                        blank=True,
                        help_text="the earliest day that anything proves",
                        null=True,
                        verbose_name="paid on",
                    ),
                ),
                (
                    "queue_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown_payer", "payer not recognised"),
                            ("amount", "the sum does not fit"),
                            ("day_unknown", "day of payment unknown"),
                            ("late", "late money"),
                            ("repeat", "possible repeat"),
                            ("ambiguous", "several people fit"),
                            ("no_room", "all twelve months are paid"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        help_text="a sentence for the clerk", max_length=300, verbose_name="reason"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="empty: by the rules",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                ("opened_at", models.DateTimeField(auto_now_add=True, verbose_name="since")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "verbose_name": "place of money",
                "verbose_name_plural": "money: where it is",
                "ordering": ["-opened_at", "-pk"],
                "indexes": [
                    models.Index(fields=["-opened_at", "-id"], name="placement_by_instant"),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True), ("place", "queue")),
                        fields=["-opened_at", "-id"],
                        name="placement_queued",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True), ("place", "credit")),
                        fields=["-opened_at", "-id"],
                        name="placement_credit",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="placement_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("place__in", ["matched", "credit", "queue", "returned", "set_aside"])
                        ),
                        name="placement_place_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("place", "matched"), _negated=True),
                            models.Q(
                                ("application__isnull", False),
                                ("months__gte", 1),
                                ("paid_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="placement_matched_says_whose_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place", "matched"), ("months", 0), _connector="OR"),
                        name="placement_months_only_when_matched",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("place", "queue"),
                                (
                                    "queue_reason__in",
                                    [
                                        "unknown_payer",
                                        "amount",
                                        "day_unknown",
                                        "late",
                                        "repeat",
                                        "ambiguous",
                                        "no_room",
                                    ],
                                ),
                            ),
                            models.Q(
                                models.Q(("place", "queue"), _negated=True), ("queue_reason", "")
                            ),
                            _connector="OR",
                        ),
                        name="placement_queue_reason_iff_queue",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True), ("place", "matched")),
                        fields=("receipt",),
                        name="placement_receipt_settled_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True), ("place", "matched")),
                        fields=("charge",),
                        name="placement_charge_posted_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True), ("place", "matched")),
                        fields=("till_payment",),
                        name="placement_till_payment_posted_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "charge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refunds",
                        to="payments.charge",
                        verbose_name="online payment",
                    ),
                ),
                (
                    "approval",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refund",
                        to="accounts.approval",
                        verbose_name="decision of two",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="sum, roubles"
                    ),
                ),
                ("idempotence_key", models.UUIDField(unique=True, verbose_name="idempotence key")),
                (
                    "provider_id",
                    models.CharField(
                        blank=True,
                        max_length=60,
                        null=True,
                        unique=True,
                        verbose_name="acquirer's number",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "not yet known to the acquirer"),
                            ("pending", "the acquirer is giving it back"),
                            ("succeeded", "given back"),
                            ("canceled", "not given back"),
                        ],
                        default="new",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "told_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="the acquirer was first told at"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="why not")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
            ],
            options={
                "verbose_name": "refund",
                "verbose_name_plural": "refunds",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["new", "pending", "succeeded"])),
                        fields=("charge",),
                        name="refund_one_live_a_charge",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["new", "pending", "succeeded", "canceled"])
                        ),
                        name="refund_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("status__in", ["succeeded", "canceled"]),
                            ),
                            models.Q(
                                ("ended_at__isnull", True), ("status__in", ["new", "pending"])
                            ),
                            _connector="OR",
                        ),
                        name="refund_ended_at_iff_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChargeCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "charge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="payments.charge",
                        verbose_name="online payment",
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("new", "not yet known to the acquirer"),
                            ("pending", "waiting for the payer"),
                            ("succeeded", "taken"),
                            ("canceled", "not paid"),
                            ("refunded", "given back"),
                        ],
                        max_length=10,
                        verbose_name="it was",
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("new", "not yet known to the acquirer"),
                            ("pending", "waiting for the payer"),
                            ("succeeded", "taken"),
                            ("canceled", "not paid"),
                            ("refunded", "given back"),
                        ],
                        max_length=10,
                        verbose_name="it is",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="empty: by the acquirer's word",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
            ],
            options={
                "verbose_name": "correction of an online payment",
                "verbose_name_plural": "corrections of online payments",
                "ordering": ["-made_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="patents.application",
                        verbose_name="application",
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(verbose_name="months")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="sum, roubles"
                    ),
                ),
                (
                    "paid_on",
                    models.DateField(
                        help_text="as the person says", verbose_name="day on the cheque"
                    ),
                ),
                (
                    "bank",
                    models.CharField(blank=True, max_length=120, verbose_name="where it was paid"),
                ),
                (
                    "document_number",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="number on the cheque"
                    ),
                ),
                (
                    "cheque",
                    models.FileField(
                        blank=True, upload_to="", verbose_name="picture of the cheque"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "waits for staff"),
                            ("confirmed", "cheque checked, money not yet posted"),
                            ("rejected", "not accepted"),
                            ("posted", "money found"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "proven_on",
                    models.DateField(
                        blank=True,
                        help_text="as staff read it on the cheque",
                        null=True,
                        verbose_name="day of payment",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="decided at"),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "placement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="payments.placement",
                        verbose_name="place of money",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="shown at")),
            ],
            options={
                "verbose_name": "shown cheque",
                "verbose_name_plural": "shown cheques",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="claim_by_instant"),
                    models.Index(fields=["status", "-created_at", "-id"], name="claim_by_state"),
                    models.Index(fields=["document_number"], name="claim_by_number"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("months__gte", 1), ("months__lte", 12)),
                        name="claim_months_one_to_twelve",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="claim_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["open", "confirmed", "rejected", "posted"])
                        ),
                        name="claim_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="claim_decided_by_and_at_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_by__isnull", False),
                                ("status__in", ["confirmed", "rejected"]),
                            ),
                            models.Q(("decided_by__isnull", True), ("status", "open")),
                            models.Q(
                                ("decided_by__isnull", True),
                                ("proven_on__isnull", True),
                                ("status", "posted"),
                            ),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("proven_on__isnull", False),
                                ("status", "posted"),
                            ),
                            _connector="OR",
                        ),
                        name="claim_decided_iff_staff_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "confirmed"), _negated=True),
                            ("proven_on__isnull", False),
                            _connector="OR",
                        ),
                        name="claim_confirmed_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "open"), _negated=True),
                            ("proven_on__isnull", True),
                            _connector="OR",
                        ),
                        name="claim_open_says_nothing_proven",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status", "rejected"), models.Q(("reason", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("status", "rejected"), _negated=True), ("reason", "")
                            ),
                            _connector="OR",
                        ),
                        name="claim_reason_iff_rejected",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("placement__isnull", False), ("status", "posted")),
                            models.Q(
                                models.Q(("status", "posted"), _negated=True),
                                ("placement__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="claim_placement_iff_posted",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["open", "confirmed"])),
                        fields=("application", "paid_on", "amount"),
                        name="claim_one_living_a_payment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlacementHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="payments.placement",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "line",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payments.statementline",
                        verbose_name="line",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("matched", "counted as paid months"),
                            ("credit", "the person's credit"),
                            ("queue", "waits for staff"),
                            ("returned", "returned"),
                            ("set_aside", "set aside"),
                        ],
                        max_length=10,
                        verbose_name="place",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="sum, roubles"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patents.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payments.receipt",
                        verbose_name="receipt",
                    ),
                ),
                (
                    "charge",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payments.charge",
                        verbose_name="online payment",
                    ),
                ),
                (
                    "till_payment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payments.tillpayment",
                        verbose_name="payment at the cash desk",
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(default=0, verbose_name="months")),
                (
                    "paid_on",
                    models.DateField(
                        blank=True,
                        help_text="the earliest day that anything proves",
                        null=True,
                        verbose_name="paid on",
                    ),
                ),
                (
                    "queue_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown_payer", "payer not recognised"),
                            ("amount", "the sum does not fit"),
                            ("day_unknown", "day of payment unknown"),
                            ("late", "late money"),
                            ("repeat", "possible repeat"),
                            ("ambiguous", "several people fit"),
                            ("no_room", "all twelve months are paid"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        help_text="a sentence for the clerk", max_length=300, verbose_name="reason"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="empty: by the rules",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                ("opened_at", models.DateTimeField(auto_now_add=True, verbose_name="since")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "verbose_name": "history of Placement",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RefundHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="payments.refund",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "charge",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payments.charge",
                        verbose_name="online payment",
                    ),
                ),
                (
                    "approval",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.approval",
                        verbose_name="decision of two",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="sum, roubles"
                    ),
                ),
                ("idempotence_key", models.UUIDField(verbose_name="idempotence key")),
                (
                    "provider_id",
                    models.CharField(
                        blank=True, max_length=60, null=True, verbose_name="acquirer's number"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "not yet known to the acquirer"),
                            ("pending", "the acquirer is giving it back"),
                            ("succeeded", "given back"),
                            ("canceled", "not given back"),
                        ],
                        default="new",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "told_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="the acquirer was first told at"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="why not")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
            ],
            options={
                "verbose_name": "history of Refund",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ChargeHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="payments.charge",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "receipt",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payments.receipt",
                        verbose_name="receipt",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="sum, roubles"
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("bank_card", "Bank card"),
                            ("sbp", "SBP: from a bank's application"),
                            ("yoo_money", "YooMoney wallet"),
                            ("mobile_balance", "Money of a phone number"),
                        ],
                        default="bank_card",
                        max_length=20,
                        verbose_name="way of paying",
                    ),
                ),
                (
                    "first_month",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="first month"
                    ),
                ),
                (
                    "last_month",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="this month included",
                        null=True,
                        verbose_name="last month",
                    ),
                ),
                ("idempotence_key", models.UUIDField(verbose_name="idempotence key")),
                (
                    "provider_id",
                    models.CharField(
                        blank=True, max_length=60, null=True, verbose_name="acquirer's number"
                    ),
                ),
                (
                    "confirmation_url",
                    models.URLField(blank=True, max_length=500, verbose_name="payment page"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "not yet known to the acquirer"),
                            ("pending", "waiting for the payer"),
                            ("succeeded", "taken"),
                            ("canceled", "not paid"),
                            ("refunded", "given back"),
                        ],
                        default="new",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "captured_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken at"),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "left_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="the person said that they will not pay on this page",
                        null=True,
                        verbose_name="left for the cash desk at",
                    ),
                ),
                (
                    "is_second",
                    models.BooleanField(
                        default=False,
                        help_text="its receipt, or its months, were paid otherwise, too",
                        verbose_name="second money",
                    ),
                ),
                (
                    "settled_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="two of the staff said what became of money that came twice",
                        null=True,
                        verbose_name="settled at",
                    ),
                ),
                (
                    "payers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=160),
                        blank=True,
                        default=list,
                        help_text="by a link, as they wrote it; several when several opened one page",
                        size=None,
                        verbose_name="who pays for the person",
                    ),
                ),
                (
                    "correction",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payments.chargecorrection",
                        verbose_name="last correction",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
            ],
            options={
                "verbose_name": "history of Charge",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ClaimHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="payments.claim",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "application",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patents.application",
                        verbose_name="application",
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(verbose_name="months")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="sum, roubles"
                    ),
                ),
                (
                    "paid_on",
                    models.DateField(
                        help_text="as the person says", verbose_name="day on the cheque"
                    ),
                ),
                (
                    "bank",
                    models.CharField(blank=True, max_length=120, verbose_name="where it was paid"),
                ),
                (
                    "document_number",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="number on the cheque"
                    ),
                ),
                (
                    "cheque",
                    models.FileField(
                        blank=True, upload_to="", verbose_name="picture of the cheque"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "waits for staff"),
                            ("confirmed", "cheque checked, money not yet posted"),
                            ("rejected", "not accepted"),
                            ("posted", "money found"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "proven_on",
                    models.DateField(
                        blank=True,
                        help_text="as staff read it on the cheque",
                        null=True,
                        verbose_name="day of payment",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="decided at"),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "placement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payments.placement",
                        verbose_name="place of money",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="shown at")),
            ],
            options={
                "verbose_name": "history of Claim",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SignedCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "serial",
                    models.CharField(max_length=9, unique=True, verbose_name="code by voice"),
                ),
                ("code", models.CharField(max_length=130, verbose_name="code")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="patents.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "charge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="payments.charge",
                        verbose_name="online payment",
                    ),
                ),
                (
                    "till_payment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="payments.tillpayment",
                        verbose_name="payment at the cash desk",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="payments.claim",
                        verbose_name="shown cheque",
                    ),
                ),
                ("snapshot", models.JSONField(verbose_name="what the paper says")),
                ("made_on", models.DateField(verbose_name="made on")),
                (
                    "good_through",
                    models.DateField(
                        help_text="the last day, inclusive", verbose_name="good through"
                    ),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at"),
                ),
            ],
            options={
                "verbose_name": "signed code",
                "verbose_name_plural": "signed codes",
                "ordering": ["-made_on", "-pk"],
                "indexes": [models.Index(fields=["-made_on", "-id"], name="signed_code_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("charge__isnull", False),
                                ("claim__isnull", True),
                                ("till_payment__isnull", True),
                            ),
                            models.Q(
                                ("charge__isnull", True),
                                ("claim__isnull", True),
                                ("till_payment__isnull", False),
                            ),
                            models.Q(
                                ("charge__isnull", True),
                                ("claim__isnull", False),
                                ("till_payment__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="signed_code_about_one_payment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("good_through__gte", models.F("made_on"))),
                        name="signed_code_not_over_before_made",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Trace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="traces",
                        to="patents.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "charge",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trace",
                        to="payments.charge",
                        verbose_name="online payment",
                    ),
                ),
                (
                    "till_payment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trace",
                        to="payments.tillpayment",
                        verbose_name="payment at the cash desk",
                    ),
                ),
                (
                    "claim",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trace",
                        to="payments.claim",
                        verbose_name="shown cheque",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="sum, roubles"
                    ),
                ),
                ("paid_on", models.DateField(verbose_name="paid on")),
                (
                    "started_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="searched since"),
                ),
            ],
            options={
                "verbose_name": "search for a payment",
                "verbose_name_plural": "searches for payments",
                "ordering": ["paid_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("charge__isnull", False),
                                ("claim__isnull", True),
                                ("till_payment__isnull", True),
                            ),
                            models.Q(
                                ("charge__isnull", True),
                                ("claim__isnull", False),
                                ("till_payment__isnull", True),
                            ),
                            models.Q(
                                ("charge__isnull", True),
                                ("claim__isnull", True),
                                ("till_payment__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="trace_of_one_payment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="trace_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignedCodeHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="payments.signedcode",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("serial", models.CharField(max_length=9, verbose_name="code by voice")),
                ("code", models.CharField(max_length=130, verbose_name="code")),
                (
                    "application",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patents.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "charge",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payments.charge",
                        verbose_name="online payment",
                    ),
                ),
                (
                    "till_payment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payments.tillpayment",
                        verbose_name="payment at the cash desk",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payments.claim",
                        verbose_name="shown cheque",
                    ),
                ),
                ("snapshot", models.JSONField(verbose_name="what the paper says")),
                ("made_on", models.DateField(verbose_name="made on")),
                (
                    "good_through",
                    models.DateField(
                        help_text="the last day, inclusive", verbose_name="good through"
                    ),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at"),
                ),
            ],
            options={
                "verbose_name": "history of SignedCode",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="charge",
            name="correction",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="payments.chargecorrection",
                verbose_name="last correction",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mobileoperator",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payments_mobileoperatorhistory" ("id", "most", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "source") VALUES (NEW."id", NEW."most", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."source"); RETURN NULL;',
                    hash="aebc79f3fd1bd5615b5f156e430a129ef9e690f7",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_37859",
                    table="payments_mobileoperator",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mobileoperator",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payments_mobileoperatorhistory" ("id", "most", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "source") VALUES (NEW."id", NEW."most", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."source"); RETURN NULL;',
                    hash="0f1f73b83d004a06546cd801649df9d9b9cffadd",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0fc3e",
                    table="payments_mobileoperator",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mobileoperator",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payments_mobileoperatorhistory" ("id", "most", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "source") VALUES (OLD."id", OLD."most", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."source"); RETURN NULL;',
                    hash="c38010b3a8ad5faf584d7debecb66fd2f6a342bd",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5739c",
                    table="payments_mobileoperator",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentmethod",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payments_paymentmethodhistory" ("code", "id", "is_open", "least", "most", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "surely") VALUES (NEW."code", NEW."id", NEW."is_open", NEW."least", NEW."most", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."surely"); RETURN NULL;',
                    hash="8a7f84a84717d4683fccf1e9fa44500da076b31b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_66877",
                    table="payments_paymentmethod",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentmethod",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payments_paymentmethodhistory" ("code", "id", "is_open", "least", "most", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "surely") VALUES (NEW."code", NEW."id", NEW."is_open", NEW."least", NEW."most", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."surely"); RETURN NULL;',
                    hash="442476849aae63fb5c0959f99cc80a5af22a7232",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_12d06",
                    table="payments_paymentmethod",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentmethod",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payments_paymentmethodhistory" ("code", "id", "is_open", "least", "most", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "surely") VALUES (OLD."code", OLD."id", OLD."is_open", OLD."least", OLD."most", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."surely"); RETURN NULL;',
                    hash="30be1b4df5d71637f5dd115cc47494f16060e9b1",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_95719",
                    table="payments_paymentmethod",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="till",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payments_tillhistory" ("id", "is_open", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "register_number") VALUES (NEW."id", NEW."is_open", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."register_number"); RETURN NULL;',
                    hash="c9cafe85912c5ada6103a98b2f2fd5ff76743170",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_58aa5",
                    table="payments_till",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="till",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payments_tillhistory" ("id", "is_open", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "register_number") VALUES (NEW."id", NEW."is_open", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."register_number"); RETURN NULL;',
                    hash="c17a43ea601facfb7a4e0a9c75629a30334aa42e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e71f1",
                    table="payments_till",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="till",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payments_tillhistory" ("id", "is_open", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "register_number") VALUES (OLD."id", OLD."is_open", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."register_number"); RETURN NULL;',
                    hash="54af9168411dbdfd6f1fc8a89dcd6a0c82f0aa57",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_db47a",
                    table="payments_till",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="chargecorrection",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nRAISE EXCEPTION 'a correction of %, once written, stays', TG_TABLE_NAME\n    USING ERRCODE = 'integrity_constraint_violation';\n",
                    hash="43b23ae88edb9826265d8082f214c9cb8e039e41",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_written_once_9c522",
                    table="payments_chargecorrection",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="chargecorrection",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;",
                    hash="c93e671082ed50e869234e580a11273b7ec26bdf",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_4705c",
                    table="payments_chargecorrection",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mobileoperatorhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;",
                    hash="eca7d71c7b18b310cc087bce5c5433d996dc9dec",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_70019",
                    table="payments_mobileoperatorhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mobileoperatorhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9c532d00cff2060b0aa70e91dfbb753c794b1672",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_37558",
                    table="payments_mobileoperatorhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="openingcorrection",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;",
                    hash="c48d60783b7ccebf0dccb67035a04bfe258e91cd",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_4ca6b",
                    table="payments_openingcorrection",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="openingcorrection",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="60e71dfed898f7c407a9bffd02240a249edd73ae",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0e455",
                    table="payments_openingcorrection",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="openingmonths",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payments_openingmonthshistory" ("amount", "application_id", "counted_on", "id", "months", "opening_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."amount", OLD."application_id", OLD."counted_on", OLD."id", OLD."months", OLD."opening_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id"); RETURN NULL;',
                    hash="729f9913a13ea6c15fd9fcb01f096bf7823fce62",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9f298",
                    table="payments_openingmonths",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="openingmonths",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payments_openingmonthshistory" ("amount", "application_id", "counted_on", "id", "months", "opening_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."amount", OLD."application_id", OLD."counted_on", OLD."id", OLD."months", OLD."opening_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="b3dd6afee0b35007068719de1e813f4322412796",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0b363",
                    table="payments_openingmonths",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="openingmonthshistory",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;",
                    hash="76fd8d61626c7bbac192674498a0df0b792bec36",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_eccdd",
                    table="payments_openingmonthshistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="openingmonthshistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a86612ea8dcf240568e0019bde047ca873baf32a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_19289",
                    table="payments_openingmonthshistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentmethodhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;",
                    hash="7a6e8bc64edd1071f0be20bce196e550f9709bac",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_c607f",
                    table="payments_paymentmethodhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentmethodhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9b1d6b1cba805f71ffa1dd9b3f4a556b83934022",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d601b",
                    table="payments_paymentmethodhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;",
                    hash="0fb73edbfd96da4573ea9f3a03f4b4c8840b0448",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_2e1a6",
                    table="payments_claimhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="279c584f03a1c54fa2a6d9417f5090e2dec5bdd7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0ebd1",
                    table="payments_claimhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payments_claimhistory" ("amount", "application_id", "bank", "cheque", "created_at", "decided_at", "decided_by_id", "document_number", "id", "months", "paid_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proven_on", "reason", "status") VALUES (OLD."amount", OLD."application_id", OLD."bank", OLD."cheque", OLD."created_at", OLD."decided_at", OLD."decided_by_id", OLD."document_number", OLD."id", OLD."months", OLD."paid_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."placement_id", OLD."proven_on", OLD."reason", OLD."status"); RETURN NULL;',
                    hash="bf0da6c5c69938bc875409d7d033ef0109c2df7d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c8e8c",
                    table="payments_claim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payments_claimhistory" ("amount", "application_id", "bank", "cheque", "created_at", "decided_at", "decided_by_id", "document_number", "id", "months", "paid_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proven_on", "reason", "status") VALUES (OLD."amount", OLD."application_id", OLD."bank", OLD."cheque", OLD."created_at", OLD."decided_at", OLD."decided_by_id", OLD."document_number", OLD."id", OLD."months", OLD."paid_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."proven_on", OLD."reason", OLD."status"); RETURN NULL;',
                    hash="c3c49ba7ca6b72649fa22e0a51fccd415b499f00",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b52a4",
                    table="payments_claim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="receipt",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payments_receipthistory" ("amount", "application_id", "cancel_reason", "cancelled_at", "cancelled_by_id", "created_at", "formed_on", "id", "monthly", "months", "patent_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_on", "reference", "snapshot", "status") VALUES (OLD."amount", OLD."application_id", OLD."cancel_reason", OLD."cancelled_at", OLD."cancelled_by_id", OLD."created_at", OLD."formed_on", OLD."id", OLD."monthly", OLD."months", OLD."patent_id", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."posted_on", OLD."reference", OLD."snapshot", OLD."status"); RETURN NULL;',
                    hash="216de77eebf732328f98c0839135aad15fd3d2e0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c4f23",
                    table="payments_receipt",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="receipt",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payments_receipthistory" ("amount", "application_id", "cancel_reason", "cancelled_at", "cancelled_by_id", "created_at", "formed_on", "id", "monthly", "months", "patent_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_on", "reference", "snapshot", "status") VALUES (OLD."amount", OLD."application_id", OLD."cancel_reason", OLD."cancelled_at", OLD."cancelled_by_id", OLD."created_at", OLD."formed_on", OLD."id", OLD."monthly", OLD."months", OLD."patent_id", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."posted_on", OLD."reference", OLD."snapshot", OLD."status"); RETURN NULL;',
                    hash="63ed0f133d05968ace18c00eb7a14a0f7a8b7289",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_99b5c",
                    table="payments_receipt",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="chargehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;",
                    hash="c40e668a0c7bdeea7015881b9fe877a0ca1bda27",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_184c0",
                    table="payments_chargehistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="chargehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="aa50128735d289309f3bdf440cfa68311eb4f6f6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3de2a",
                    table="payments_chargehistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="charge",
            trigger=pgtrigger.compiler.Trigger(
                name="known_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nSELECT application_id INTO NEW.application_id FROM payments_receipt WHERE id = NEW.receipt_id;\nIF TG_OP = 'INSERT' THEN\n    IF NEW.status IN ('new', 'pending') THEN\n        PERFORM 1 FROM patents_application WHERE id = NEW.application_id FOR NO KEY UPDATE;\n        IF EXISTS (\n            SELECT FROM payments_tillpayment AS taken WHERE taken.receipt_id = NEW.receipt_id\n            AND NOT EXISTS (SELECT FROM payments_tillpayment WHERE corrects_id = taken.id)\n        ) THEN\n            RAISE EXCEPTION 'receipt %: the till took its money', NEW.receipt_id\n                USING ERRCODE = 'unique_violation';\n        END IF;\n    END IF;\n    RETURN NEW;\nEND IF;\nIF (NEW.receipt_id, NEW.amount, NEW.idempotence_key, NEW.method)\n    IS DISTINCT FROM (OLD.receipt_id, OLD.amount, OLD.idempotence_key, OLD.method)\n    OR NEW.provider_id IS DISTINCT FROM OLD.provider_id AND OLD.provider_id IS NOT NULL THEN\n    RAISE EXCEPTION 'charge %: what it is about never changes', OLD.id\n        USING ERRCODE = 'integrity_constraint_violation';\nEND IF;\nIF NEW.status = OLD.status\n    OR (OLD.status, NEW.status) IN (\n        ('new', 'pending'), ('new', 'canceled'), ('pending', 'succeeded'), ('pending', 'canceled'))\n    OR (OLD.status, NEW.status) = ('succeeded', 'refunded') AND EXISTS (\n        SELECT FROM payments_refund WHERE charge_id = OLD.id AND status = 'succeeded')\n    OR NEW.correction_id IS DISTINCT FROM OLD.correction_id AND EXISTS (\n        SELECT FROM payments_chargecorrection\n        WHERE id = NEW.correction_id AND charge_id = OLD.id\n            AND before = OLD.status AND after = NEW.status)\nTHEN\n    RETURN NEW;\nEND IF;\nRAISE EXCEPTION 'charge %: no step leads from % to %', OLD.id, OLD.status, NEW.status\n    USING ERRCODE = 'integrity_constraint_violation';\n",
                    hash="5a47f0e4670e9dd6e49f21ba9826c5f48c786bd3",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_known_steps_4cee4",
                    table="payments_charge",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="charge",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."captured_at" IS DISTINCT FROM (NEW."captured_at") OR OLD."confirmation_url" IS DISTINCT FROM (NEW."confirmation_url") OR OLD."correction_id" IS DISTINCT FROM (NEW."correction_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."first_month" IS DISTINCT FROM (NEW."first_month") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."idempotence_key" IS DISTINCT FROM (NEW."idempotence_key") OR OLD."is_second" IS DISTINCT FROM (NEW."is_second") OR OLD."last_month" IS DISTINCT FROM (NEW."last_month") OR OLD."left_at" IS DISTINCT FROM (NEW."left_at") OR OLD."method" IS DISTINCT FROM (NEW."method") OR OLD."payers" IS DISTINCT FROM (NEW."payers") OR OLD."provider_id" IS DISTINCT FROM (NEW."provider_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."receipt_id" IS DISTINCT FROM (NEW."receipt_id") OR OLD."settled_at" IS DISTINCT FROM (NEW."settled_at") OR OLD."status" IS DISTINCT FROM (NEW."status"))',
                    func='INSERT INTO "payments_chargehistory" ("amount", "captured_at", "confirmation_url", "correction_id", "created_at", "first_month", "id", "idempotence_key", "is_second", "last_month", "left_at", "method", "payers", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "reason", "receipt_id", "settled_at", "status") VALUES (OLD."amount", OLD."captured_at", OLD."confirmation_url", OLD."correction_id", OLD."created_at", OLD."first_month", OLD."id", OLD."idempotence_key", OLD."is_second", OLD."last_month", OLD."left_at", OLD."method", OLD."payers", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."provider_id", OLD."reason", OLD."receipt_id", OLD."settled_at", OLD."status"); RETURN NULL;',
                    hash="06e01d17b9c7e96e08b5bfbf67f814595c95d6b2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ca0dc",
                    table="payments_charge",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="charge",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payments_chargehistory" ("amount", "captured_at", "confirmation_url", "correction_id", "created_at", "first_month", "id", "idempotence_key", "is_second", "last_month", "left_at", "method", "payers", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "reason", "receipt_id", "settled_at", "status") VALUES (OLD."amount", OLD."captured_at", OLD."confirmation_url", OLD."correction_id", OLD."created_at", OLD."first_month", OLD."id", OLD."idempotence_key", OLD."is_second", OLD."last_month", OLD."left_at", OLD."method", OLD."payers", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."provider_id", OLD."reason", OLD."receipt_id", OLD."settled_at", OLD."status"); RETURN NULL;',
                    hash="66f444e145a5863d2c6aff3dec3fda97a0a9b1e4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4028a",
                    table="payments_charge",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="receipthistory",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;",
                    hash="0c267c44f152e8e32850dcb5fbc007ca6c72df42",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_b1b70",
                    table="payments_receipthistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="receipthistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9e0b546506758e7ea45e263946dc871d2dddd7f3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_12031",
                    table="payments_receipthistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="refund",
            trigger=pgtrigger.compiler.Trigger(
                name="known_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF (NEW.charge_id, NEW.amount, NEW.idempotence_key)\n    IS DISTINCT FROM (OLD.charge_id, OLD.amount, OLD.idempotence_key)\n    OR NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (\n        ('new', 'pending'), ('new', 'succeeded'), ('new', 'canceled'),\n        ('pending', 'succeeded'), ('pending', 'canceled'))\nTHEN\n    RAISE EXCEPTION 'refund %: no step leads from % to %', OLD.id, OLD.status, NEW.status\n        USING ERRCODE = 'integrity_constraint_violation';\nEND IF;\nRETURN NEW;\n",
                    hash="c95485d65809954a94dafc8b560cffe784fe5c87",
                    operation="UPDATE",
                    pgid="pgtrigger_known_steps_99064",
                    table="payments_refund",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="refund",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payments_refundhistory" ("amount", "approval_id", "charge_id", "created_at", "ended_at", "id", "idempotence_key", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "reason", "status", "told_at") VALUES (OLD."amount", OLD."approval_id", OLD."charge_id", OLD."created_at", OLD."ended_at", OLD."id", OLD."idempotence_key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."provider_id", OLD."reason", OLD."status", OLD."told_at"); RETURN NULL;',
                    hash="8c13fe66efd2a78a7819a05c226ce732ae98bd81",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1c17b",
                    table="payments_refund",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="refund",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payments_refundhistory" ("amount", "approval_id", "charge_id", "created_at", "ended_at", "id", "idempotence_key", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "reason", "status", "told_at") VALUES (OLD."amount", OLD."approval_id", OLD."charge_id", OLD."created_at", OLD."ended_at", OLD."id", OLD."idempotence_key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."provider_id", OLD."reason", OLD."status", OLD."told_at"); RETURN NULL;',
                    hash="80d3ffe0d1903c1493caea956240167c100a91c5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_28c57",
                    table="payments_refund",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="refundhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;",
                    hash="ef5f0d9ced24132cf7467356ad8391221abe2bd2",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_8116f",
                    table="payments_refundhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="refundhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="51ee4076465fcb1678de15fa5efebb0e114d3fbf",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c0f68",
                    table="payments_refundhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="register",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payments_registerhistory" ("account_column", "account_id", "amount", "document_date", "document_number", "id", "in_kopecks", "is_read", "number_after", "paid_on", "payer_account", "payer_inn", "payer_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_on", "purpose", "sender", "uin") VALUES (NEW."account_column", NEW."account_id", NEW."amount", NEW."document_date", NEW."document_number", NEW."id", NEW."in_kopecks", NEW."is_read", NEW."number_after", NEW."paid_on", NEW."payer_account", NEW."payer_inn", NEW."payer_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."posted_on", NEW."purpose", NEW."sender", NEW."uin"); RETURN NULL;',
                    hash="c4bcb11ab4b79cdb5fbb3698d1e065356f2ee424",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_695c1",
                    table="payments_register",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="register",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payments_registerhistory" ("account_column", "account_id", "amount", "document_date", "document_number", "id", "in_kopecks", "is_read", "number_after", "paid_on", "payer_account", "payer_inn", "payer_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_on", "purpose", "sender", "uin") VALUES (NEW."account_column", NEW."account_id", NEW."amount", NEW."document_date", NEW."document_number", NEW."id", NEW."in_kopecks", NEW."is_read", NEW."number_after", NEW."paid_on", NEW."payer_account", NEW."payer_inn", NEW."payer_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."posted_on", NEW."purpose", NEW."sender", NEW."uin"); RETURN NULL;',
                    hash="d76412736ec05779811e3c62daae57b87777d551",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_39664",
                    table="payments_register",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="register",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payments_registerhistory" ("account_column", "account_id", "amount", "document_date", "document_number", "id", "in_kopecks", "is_read", "number_after", "paid_on", "payer_account", "payer_inn", "payer_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_on", "purpose", "sender", "uin") VALUES (OLD."account_column", OLD."account_id", OLD."amount", OLD."document_date", OLD."document_number", OLD."id", OLD."in_kopecks", OLD."is_read", OLD."number_after", OLD."paid_on", OLD."payer_account", OLD."payer_inn", OLD."payer_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."posted_on", OLD."purpose", OLD."sender", OLD."uin"); RETURN NULL;',
                    hash="8629c4e4b86231d271014272962da9c2fa6bd581",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4d668",
                    table="payments_register",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="registerhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;",
                    hash="f1bdea2f8c422b43631a20b64acc0f1b7ca44710",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_39a77",
                    table="payments_registerhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="registerhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="13994760b61cd69bf5dde37b62365fd51ae4fd23",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_276f1",
                    table="payments_registerhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statementline",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;",
                    hash="8f6d992cd55462a8493a8114bc2ed2bfac773ad1",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_a976d",
                    table="payments_statementline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tillhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;",
                    hash="7f7a6dacfc06555b66ea86b3064c2f03e94f07d9",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_d0c41",
                    table="payments_tillhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tillhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a053423d26156bb9f54d76365e435f0f5549ba6d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f8fd6",
                    table="payments_tillhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tillpayment",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;",
                    hash="917eee3470d73da9923efc20dcc798097077f9a4",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_54f59",
                    table="payments_tillpayment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tillpayment",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cc1770bb71f5717b702721073aa449a62e52ed54",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3a7c2",
                    table="payments_tillpayment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tillpayment",
            trigger=pgtrigger.compiler.Trigger(
                name="exact",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF NEW.receipt_id IS NOT NULL AND NEW.amount <>\n    (SELECT amount FROM payments_receipt WHERE id = NEW.receipt_id) THEN\n    RAISE EXCEPTION 'the till takes the sum of the receipt' USING ERRCODE = 'check_violation';\nEND IF;\nIF NEW.corrects_id IS NOT NULL AND NOT EXISTS (\n    SELECT 1 FROM payments_tillpayment AS former WHERE former.id = NEW.corrects_id\n    AND former.till_id = NEW.till_id AND former.cheque_number = NEW.cheque_number\n) THEN\n    RAISE EXCEPTION 'a correction is about the same cheque' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n",
                    hash="a9955fbbf0fd5eb982d4df27d32291680ad6d7a5",
                    operation="INSERT",
                    pgid="pgtrigger_exact_5f4ee",
                    table="payments_tillpayment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tillpayment",
            trigger=pgtrigger.compiler.Trigger(
                name="no_page_open",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF NEW.receipt_id IS NULL OR EXISTS (\n    SELECT FROM payments_tillpayment AS former\n    WHERE former.id = NEW.corrects_id AND former.receipt_id = NEW.receipt_id\n) THEN\n    RETURN NEW;\nEND IF;\nPERFORM 1 FROM patents_application\n    WHERE id = (SELECT application_id FROM payments_receipt WHERE id = NEW.receipt_id)\n    FOR NO KEY UPDATE;\nIF EXISTS (\n    SELECT FROM payments_charge AS charge\n    JOIN payments_receipt AS receipt ON receipt.id = NEW.receipt_id\n    WHERE charge.receipt_id = receipt.id AND charge.status = 'succeeded'\n        OR charge.application_id = receipt.application_id AND charge.left_at IS NULL\n            AND charge.status IN ('new', 'pending')\n) THEN\n    RAISE EXCEPTION 'receipt %: its money is taken online, or may be', NEW.receipt_id\n        USING ERRCODE = 'unique_violation';\nEND IF;\nRETURN NEW;\n",
                    hash="9f1566bcc2a5fac94c0daca28a47b1e653a7463d",
                    operation="INSERT",
                    pgid="pgtrigger_no_page_open_37685",
                    table="payments_tillpayment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tillpayment",
            trigger=pgtrigger.compiler.Trigger(
                name="receipt_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nPERFORM 1 FROM payments_receipt WHERE id = NEW.receipt_id FOR UPDATE;\nIF EXISTS (\n    SELECT 1 FROM payments_tillpayment AS taken\n    WHERE taken.receipt_id = NEW.receipt_id AND taken.id IS DISTINCT FROM NEW.corrects_id\n    AND NOT EXISTS (SELECT 1 FROM payments_tillpayment WHERE corrects_id = taken.id)\n) THEN\n    RAISE EXCEPTION 'the till took this receipt already' USING ERRCODE = 'unique_violation';\nEND IF;\nRETURN NEW;\n",
                    hash="61042b251633bba1512d376e7fc70bf5a35334f3",
                    operation="INSERT",
                    pgid="pgtrigger_receipt_once_4850a",
                    table="payments_tillpayment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signedcodehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;",
                    hash="19c3fb9894358ec5fcb956a2afaba25b5d7f7a7c",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_a3e17",
                    table="payments_signedcodehistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signedcodehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4d700099b2b318566efc7e115c0059d56dc0b958",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_7dfd0",
                    table="payments_signedcodehistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signedcode",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payments_signedcodehistory" ("application_id", "charge_id", "claim_id", "code", "good_through", "id", "made_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "serial", "snapshot", "till_payment_id") VALUES (OLD."application_id", OLD."charge_id", OLD."claim_id", OLD."code", OLD."good_through", OLD."id", OLD."made_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."revoked_at", OLD."serial", OLD."snapshot", OLD."till_payment_id"); RETURN NULL;',
                    hash="3cd6a77cf07b74532b124b686ec5abcb6572e201",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8a764",
                    table="payments_signedcode",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signedcode",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payments_signedcodehistory" ("application_id", "charge_id", "claim_id", "code", "good_through", "id", "made_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "serial", "snapshot", "till_payment_id") VALUES (OLD."application_id", OLD."charge_id", OLD."claim_id", OLD."code", OLD."good_through", OLD."id", OLD."made_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."revoked_at", OLD."serial", OLD."snapshot", OLD."till_payment_id"); RETURN NULL;',
                    hash="d7b58d9c1980009d470acb80fa262a23303a16a1",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_aa216",
                    table="payments_signedcode",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="placementhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;",
                    hash="cef5aef61ea0bb55e0a6be03cec4e5d3892337d0",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_d070c",
                    table="payments_placementhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="placementhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="15b5479291241bc0ef8c71dfa181134e9c523ff8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1e9e5",
                    table="payments_placementhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="placement",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;",
                    hash="f1af4bf37677d2753f710938e110b37032768133",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_6a7a9",
                    table="payments_placement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="placement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payments_placementhistory" ("amount", "application_id", "charge_id", "closed_at", "decided_by_id", "id", "line_id", "months", "opened_at", "paid_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "queue_reason", "reason", "receipt_id", "till_payment_id") VALUES (OLD."amount", OLD."application_id", OLD."charge_id", OLD."closed_at", OLD."decided_by_id", OLD."id", OLD."line_id", OLD."months", OLD."opened_at", OLD."paid_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."place", OLD."queue_reason", OLD."reason", OLD."receipt_id", OLD."till_payment_id"); RETURN NULL;',
                    hash="89042aa6be30ed485ed859cf79f14546ee131865",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a74f2",
                    table="payments_placement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="placement",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payments_placementhistory" ("amount", "application_id", "charge_id", "closed_at", "decided_by_id", "id", "line_id", "months", "opened_at", "paid_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "queue_reason", "reason", "receipt_id", "till_payment_id") VALUES (OLD."amount", OLD."application_id", OLD."charge_id", OLD."closed_at", OLD."decided_by_id", OLD."id", OLD."line_id", OLD."months", OLD."opened_at", OLD."paid_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place", OLD."queue_reason", OLD."reason", OLD."receipt_id", OLD."till_payment_id"); RETURN NULL;',
                    hash="c0ff6acc4ad5ed25bda0a0789d2fe8110eb78188",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dca29",
                    table="payments_placement",
                    when="AFTER",
                ),
            ),
        ),
    ]
