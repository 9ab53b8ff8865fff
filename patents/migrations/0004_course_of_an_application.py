import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Cast

INSTANT = models.DateTimeField()


def know_when(apps, schema_editor):
    """What is written down already was said at the desk, when its row was made."""
    patents = apps.get_model("patents", "Patent").objects
    patents.update(received_at=F("created_at"))
    annulled = patents.filter(annulled_on__isnull=False)
    annulled.update(annulled_source="desk", annulled_received_at=Cast("annulled_on", INSTANT))
    apps.get_model("patents", "Inn").objects.update(received_at=Cast("valid_from", INSTANT))
    # The database alters no table whose changed rows still wait for their checks.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_history'),
        ('patents', '0003_history'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApplicationStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('desk', 'the centre'), ('ministry', 'the Interior Ministry'), ('file', 'a file of the Interior Ministry'), ('opening', 'records of the centre from before')], default='desk', max_length=10, verbose_name='source')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received at')),
                ('status', models.CharField(choices=[('accepted', 'accepted'), ('in_review', 'at the Interior Ministry'), ('ready', 'ready'), ('issued', 'issued'), ('refused', 'refused')], max_length=10, verbose_name='state')),
                ('on', models.DateField(verbose_name='day')),
            ],
            options={
                'verbose_name': 'step of an application',
                'verbose_name_plural': 'steps of applications',
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ApplicationStepHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('source', models.CharField(choices=[('desk', 'the centre'), ('ministry', 'the Interior Ministry'), ('file', 'a file of the Interior Ministry'), ('opening', 'records of the centre from before')], default='desk', max_length=10, verbose_name='source')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received at')),
                ('status', models.CharField(choices=[('accepted', 'accepted'), ('in_review', 'at the Interior Ministry'), ('ready', 'ready'), ('issued', 'issued'), ('refused', 'refused')], max_length=10, verbose_name='state')),
                ('on', models.DateField(verbose_name='day')),
            ],
            options={
                'verbose_name': 'history of ApplicationStep',
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='application',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='application',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='application',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='inn',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='inn',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='inn',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='patent',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='patent',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='patent',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='application',
            name='ground',
            field=models.CharField(choices=[('first', 'first patent'), ('reissue', 're-issue')], default='first', max_length=10, verbose_name='ground'),
        ),
        migrations.AddField(
            model_name='application',
            name='refusal_advice',
            field=models.TextField(blank=True, max_length=600, verbose_name='what the person may do'),
        ),
        migrations.AddField(
            model_name='application',
            name='refusal_until',
            field=models.DateField(blank=True, help_text='included', null=True, verbose_name='may be done until'),
        ),
        migrations.AddField(
            model_name='applicationhistory',
            name='ground',
            field=models.CharField(choices=[('first', 'first patent'), ('reissue', 're-issue')], default='first', max_length=10, verbose_name='ground'),
        ),
        migrations.AddField(
            model_name='applicationhistory',
            name='refusal_advice',
            field=models.TextField(blank=True, max_length=600, verbose_name='what the person may do'),
        ),
        migrations.AddField(
            model_name='applicationhistory',
            name='refusal_until',
            field=models.DateField(blank=True, help_text='included', null=True, verbose_name='may be done until'),
        ),
        migrations.RenameField(model_name='inn', old_name='source', new_name='note'),
        migrations.AlterField(
            model_name='inn',
            name='note',
            field=models.CharField(blank=True, max_length=40, verbose_name='how it came'),
        ),
        migrations.AddField(
            model_name='inn',
            name='source',
            field=models.CharField(choices=[('desk', 'the centre'), ('ministry', 'the Interior Ministry'), ('file', 'a file of the Interior Ministry'), ('opening', 'records of the centre from before')], default='desk', max_length=10, verbose_name='source'),
        ),
        migrations.RenameField(model_name='innhistory', old_name='source', new_name='note'),
        migrations.AlterField(
            model_name='innhistory',
            name='note',
            field=models.CharField(blank=True, max_length=40, verbose_name='how it came'),
        ),
        migrations.AddField(
            model_name='innhistory',
            name='source',
            field=models.CharField(choices=[('desk', 'the centre'), ('ministry', 'the Interior Ministry'), ('file', 'a file of the Interior Ministry'), ('opening', 'records of the centre from before')], default='desk', max_length=10, verbose_name='source'),
        ),
        migrations.AddField(
            model_name='inn',
            name='received_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='received at'),
        ),
        migrations.AddField(
            model_name='innhistory',
            name='received_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='received at'),
        ),
        migrations.AddField(
            model_name='patent',
            name='annulled_received_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='annulment received at'),
        ),
        migrations.AddField(
            model_name='patent',
            name='annulled_source',
            field=models.CharField(blank=True, choices=[('desk', 'the centre'), ('ministry', 'the Interior Ministry'), ('file', 'a file of the Interior Ministry'), ('opening', 'records of the centre from before')], max_length=10, verbose_name='source of the annulment'),
        ),
        migrations.AddField(
            model_name='patent',
            name='received_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='received at'),
        ),
        migrations.AddField(
            model_name='patent',
            name='source',
            field=models.CharField(choices=[('desk', 'the centre'), ('ministry', 'the Interior Ministry'), ('file', 'a file of the Interior Ministry'), ('opening', 'records of the centre from before')], default='desk', max_length=10, verbose_name='source'),
        ),
        migrations.AddField(
            model_name='patenthistory',
            name='annulled_received_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='annulment received at'),
        ),
        migrations.AddField(
            model_name='patenthistory',
            name='annulled_source',
            field=models.CharField(blank=True, choices=[('desk', 'the centre'), ('ministry', 'the Interior Ministry'), ('file', 'a file of the Interior Ministry'), ('opening', 'records of the centre from before')], max_length=10, verbose_name='source of the annulment'),
        ),
        migrations.AddField(
            model_name='patenthistory',
            name='received_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='received at'),
        ),
        migrations.AddField(
            model_name='patenthistory',
            name='source',
            field=models.CharField(choices=[('desk', 'the centre'), ('ministry', 'the Interior Ministry'), ('file', 'a file of the Interior Ministry'), ('opening', 'records of the centre from before')], default='desk', max_length=10, verbose_name='source'),
        ),
        # Here the tables have no triggers: history tells what people did, not what we moved.
        migrations.RunPython(know_when, migrations.RunPython.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "patents_applicationhistory" ("accepted_on", "created_at", "first_paid_on", "ground", "id", "migration_card", "number", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ready_on", "refusal_advice", "refusal_reason", "refusal_until", "refused_on", "registered_by_id", "status") VALUES (NEW."accepted_on", NEW."created_at", NEW."first_paid_on", NEW."ground", NEW."id", NEW."migration_card", NEW."number", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."ready_on", NEW."refusal_advice", NEW."refusal_reason", NEW."refusal_until", NEW."refused_on", NEW."registered_by_id", NEW."status"); RETURN NULL;', hash='0a3c1ca9589168fc997907fe6826943ae1e3f96a', operation='INSERT', pgid='pgtrigger_insert_insert_217b6', table='patents_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "patents_applicationhistory" ("accepted_on", "created_at", "first_paid_on", "ground", "id", "migration_card", "number", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ready_on", "refusal_advice", "refusal_reason", "refusal_until", "refused_on", "registered_by_id", "status") VALUES (NEW."accepted_on", NEW."created_at", NEW."first_paid_on", NEW."ground", NEW."id", NEW."migration_card", NEW."number", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."ready_on", NEW."refusal_advice", NEW."refusal_reason", NEW."refusal_until", NEW."refused_on", NEW."registered_by_id", NEW."status"); RETURN NULL;', hash='c60bf0d550cd28c4398f332c927e2a14fc184094', operation='UPDATE', pgid='pgtrigger_update_update_dfaca', table='patents_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "patents_applicationhistory" ("accepted_on", "created_at", "first_paid_on", "ground", "id", "migration_card", "number", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ready_on", "refusal_advice", "refusal_reason", "refusal_until", "refused_on", "registered_by_id", "status") VALUES (OLD."accepted_on", OLD."created_at", OLD."first_paid_on", OLD."ground", OLD."id", OLD."migration_card", OLD."number", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."ready_on", OLD."refusal_advice", OLD."refusal_reason", OLD."refusal_until", OLD."refused_on", OLD."registered_by_id", OLD."status"); RETURN NULL;', hash='add1a6615f38a32b6cf15acd02fd8868c9348e0b', operation='DELETE', pgid='pgtrigger_delete_delete_7f3d9', table='patents_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inn',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "patents_innhistory" ("entered_by_id", "id", "note", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "source", "valid_from", "valid_until", "value") VALUES (NEW."entered_by_id", NEW."id", NEW."note", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."received_at", NEW."source", NEW."valid_from", NEW."valid_until", NEW."value"); RETURN NULL;', hash='a1fc7f8b09f68885af02d3bc59dacb334033145b', operation='INSERT', pgid='pgtrigger_insert_insert_4ec21', table='patents_inn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inn',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "patents_innhistory" ("entered_by_id", "id", "note", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "source", "valid_from", "valid_until", "value") VALUES (NEW."entered_by_id", NEW."id", NEW."note", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."received_at", NEW."source", NEW."valid_from", NEW."valid_until", NEW."value"); RETURN NULL;', hash='1018b5832452a4cab87c534a8f96d5d86378c5f6', operation='UPDATE', pgid='pgtrigger_update_update_3e0fc', table='patents_inn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inn',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "patents_innhistory" ("entered_by_id", "id", "note", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "source", "valid_from", "valid_until", "value") VALUES (OLD."entered_by_id", OLD."id", OLD."note", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."received_at", OLD."source", OLD."valid_from", OLD."valid_until", OLD."value"); RETURN NULL;', hash='b27b0a4cc8a78e038a9b513370b777012272a71c', operation='DELETE', pgid='pgtrigger_delete_delete_d9073', table='patents_inn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='patent',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "patents_patenthistory" ("annulled_on", "annulled_reason", "annulled_received_at", "annulled_source", "application_id", "created_at", "id", "issued_on", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profession", "received_at", "series", "source") VALUES (NEW."annulled_on", NEW."annulled_reason", NEW."annulled_received_at", NEW."annulled_source", NEW."application_id", NEW."created_at", NEW."id", NEW."issued_on", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."profession", NEW."received_at", NEW."series", NEW."source"); RETURN NULL;', hash='d572ca18181df1e4b0717912e09927ec900e2506', operation='INSERT', pgid='pgtrigger_insert_insert_3f6b0', table='patents_patent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='patent',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "patents_patenthistory" ("annulled_on", "annulled_reason", "annulled_received_at", "annulled_source", "application_id", "created_at", "id", "issued_on", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profession", "received_at", "series", "source") VALUES (NEW."annulled_on", NEW."annulled_reason", NEW."annulled_received_at", NEW."annulled_source", NEW."application_id", NEW."created_at", NEW."id", NEW."issued_on", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."profession", NEW."received_at", NEW."series", NEW."source"); RETURN NULL;', hash='4835c46ba3d920fd763edf926febc8637957faa6', operation='UPDATE', pgid='pgtrigger_update_update_afe51', table='patents_patent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='patent',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "patents_patenthistory" ("annulled_on", "annulled_reason", "annulled_received_at", "annulled_source", "application_id", "created_at", "id", "issued_on", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profession", "received_at", "series", "source") VALUES (OLD."annulled_on", OLD."annulled_reason", OLD."annulled_received_at", OLD."annulled_source", OLD."application_id", OLD."created_at", OLD."id", OLD."issued_on", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."profession", OLD."received_at", OLD."series", OLD."source"); RETURN NULL;', hash='9fdd625a9eae70777b05b382e1a5a70c017291f0', operation='DELETE', pgid='pgtrigger_delete_delete_12239', table='patents_patent', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('ground__in', ['first', 'reissue'])), name='application_ground_known'),
        ),
        migrations.AddConstraint(
            model_name='patent',
            constraint=models.CheckConstraint(condition=models.Q(('annulled_on__isnull', True), models.Q(models.Q(('annulled_source', ''), _negated=True), ('annulled_received_at__isnull', False)), _connector='OR'), name='patent_annulment_has_its_source'),
        ),
        migrations.AddField(
            model_name='applicationstep',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='patents.application', verbose_name='application'),
        ),
        migrations.AddField(
            model_name='applicationstep',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='applicationstephistory',
            name='application',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='patents.application', verbose_name='application'),
        ),
        migrations.AddField(
            model_name='applicationstephistory',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='patents.applicationstep'),
        ),
        migrations.AddField(
            model_name='applicationstephistory',
            name='recorded_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddConstraint(
            model_name='applicationstep',
            constraint=models.UniqueConstraint(fields=('application', 'status'), name='step_once'),
        ),
        migrations.AddConstraint(
            model_name='applicationstep',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['accepted', 'in_review', 'ready', 'issued', 'refused'])), name='step_status_known'),
        ),
        migrations.AddConstraint(
            model_name='applicationstep',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['desk', 'ministry', 'file', 'opening'])), name='step_source_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationstep',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "patents_applicationstephistory" ("application_id", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "recorded_by_id", "source", "status") VALUES (NEW."application_id", NEW."id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."received_at", NEW."recorded_by_id", NEW."source", NEW."status"); RETURN NULL;', hash='8c73a20a3998e0d2155539139f8a3de5fdd22b65', operation='INSERT', pgid='pgtrigger_insert_insert_8aa7c', table='patents_applicationstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationstep',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "patents_applicationstephistory" ("application_id", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "recorded_by_id", "source", "status") VALUES (NEW."application_id", NEW."id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."received_at", NEW."recorded_by_id", NEW."source", NEW."status"); RETURN NULL;', hash='7e97f54fcc425acb7fcf5c9194c4d365b6dee0db', operation='UPDATE', pgid='pgtrigger_update_update_8da9f', table='patents_applicationstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationstep',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "patents_applicationstephistory" ("application_id", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "recorded_by_id", "source", "status") VALUES (OLD."application_id", OLD."id", OLD."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."received_at", OLD."recorded_by_id", OLD."source", OLD."status"); RETURN NULL;', hash='5fd175ccea5cc72fe60fb9310ec7cc3005bc1c1f', operation='DELETE', pgid='pgtrigger_delete_delete_198d3', table='patents_applicationstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationstephistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='10cae50664f6a8130e38173acb302be4f0d744af', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e74ea', table='patents_applicationstephistory', when='BEFORE')),
        ),
    ]
