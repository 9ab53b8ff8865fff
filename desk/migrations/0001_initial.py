import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='CallerCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='caller_checks', to='accounts.person', verbose_name='person')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('code_hash', models.CharField(max_length=64, verbose_name='code, hashed')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='wrong codes')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked at')),
                ('expires_at', models.DateTimeField(verbose_name='useless after')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed at')),
            ],
            options={
                'verbose_name': 'check of a caller',
                'verbose_name_plural': 'checks of callers',
                'constraints': [models.CheckConstraint(condition=models.Q(('tries__lte', 3)), name='caller_check_few_tries')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='accounts.person', verbose_name='person')),
                ('text', models.CharField(max_length=500, verbose_name='note')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                ('written_at', models.DateTimeField(auto_now_add=True, verbose_name='written at')),
            ],
            options={
                'verbose_name': 'note',
                'verbose_name_plural': 'notes',
                'ordering': ['-written_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='note_not_empty')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;", hash='c735e154a797be736890a4254b0fc3af27ebf558', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_04fc0', table='desk_note', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e96de3461db527c55092ccd1ca5af0b6671f2214', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_788dd', table='desk_note', when='BEFORE')),
        ),
    ]
