"""Secrets of connected phones move into a table where they lie sealed; the clear ones go."""

import accounts.models.second_step
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.sealing import seal


def seal_secrets(apps, schema_editor):
    clear = apps.get_model("otp_totp", "TOTPDevice")
    sealed = apps.get_model("accounts", "PhoneApp")
    for device in clear.objects.filter(confirmed=True):
        sealed.objects.create(
            user_id=device.user_id,
            name=device.name,
            confirmed=True,
            sealed_key=seal(device.key),
            drift=device.drift,
            last_t=device.last_t,
        )
    clear.objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_contacts_and_roles_history'),
        ('otp_totp', '0003_add_timestamps'),
    ]

    operations = [
        migrations.CreateModel(
            name='PhoneApp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='The human-readable name of this device.', max_length=64)),
                ('confirmed', models.BooleanField(default=True, help_text='Is this device ready for use?')),
                ('throttling_failure_timestamp', models.DateTimeField(blank=True, default=None, help_text='A timestamp of the last failed verification attempt. Null if last attempt succeeded.', null=True)),
                ('throttling_failure_count', models.PositiveIntegerField(default=0, help_text='Number of successive failed attempts.')),
                ('created_at', models.DateTimeField(auto_now_add=True, help_text='The date and time when this device was initially created in the system.', null=True)),
                ('last_used_at', models.DateTimeField(blank=True, help_text='The most recent date and time this device was used.', null=True)),
                ('sealed_key', models.TextField(default=accounts.models.second_step.new_sealed_key, verbose_name='secret, sealed')),
                ('drift', models.SmallIntegerField(default=0, verbose_name="steps that the phone's clock is off")),
                ('last_t', models.BigIntegerField(default=-1, verbose_name='step of the last code')),
                ('user', models.ForeignKey(help_text='The user that this device belongs to.', on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'application with codes',
                'verbose_name_plural': 'applications with codes',
                'abstract': False,
            },
        ),
        migrations.RunPython(seal_secrets, migrations.RunPython.noop),
    ]
