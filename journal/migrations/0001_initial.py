import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor_id', models.BigIntegerField(db_index=True, verbose_name='who took it')),
                ('name', models.CharField(max_length=80, verbose_name='list')),
                ('narrowed', models.CharField(blank=True, max_length=200, verbose_name='narrowed by')),
                ('rows', models.PositiveIntegerField(verbose_name='rows')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
            ],
            options={
                'verbose_name': 'exported list',
                'verbose_name_plural': 'exported lists',
                'ordering': ['-made_at', '-pk'],
                'permissions': [('export_many', 'Can export long lists')],
            },
        ),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True, verbose_name='name')),
                ('seen_at', models.DateTimeField(verbose_name='seen at')),
            ],
            options={
                'verbose_name': 'heartbeat',
                'verbose_name_plural': 'heartbeats',
            },
        ),
        migrations.CreateModel(
            name='JobRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.CharField(max_length=80, verbose_name='job')),
                ('period', models.CharField(max_length=40, verbose_name='period')),
                ('started_at', models.DateTimeField(auto_now_add=True, verbose_name='started at')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished at')),
            ],
            options={
                'verbose_name': 'job run',
                'verbose_name_plural': 'job runs',
                'constraints': [models.UniqueConstraint(fields=('job', 'period'), name='job_run_once_a_period')],
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor_id', models.BigIntegerField(db_index=True, verbose_name='who looked')),
                ('person_id', models.BigIntegerField(db_index=True, verbose_name='whose data')),
                ('page', models.CharField(max_length=80, verbose_name='page')),
                ('looked_at', models.DateTimeField(auto_now_add=True, verbose_name='looked at')),
            ],
            options={
                'verbose_name': 'look at personal data',
                'verbose_name_plural': 'looks at personal data',
                'ordering': ['-looked_at', '-pk'],
                'indexes': [models.Index(fields=['-looked_at', '-id'], name='look_by_instant')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='export',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;", hash='be67c2aa66fd523b1818519395a5d21c43bb84d3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_b51d9', table='journal_export', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='look',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;", hash='2dd4779f81c98e6197d6a3336aaa2655a8640b79', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_f1df1', table='journal_look', when='BEFORE')),
        ),
    ]
