
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('patents', '0008_migration_cards_are_papers'),
    ]

    operations = [
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
        migrations.RemoveField(
            model_name='application',
            name='migration_card',
        ),
        migrations.RemoveField(
            model_name='applicationhistory',
            name='migration_card',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "patents_applicationhistory" ("accepted_on", "created_at", "first_paid_on", "ground", "id", "number", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ready_on", "refusal_advice", "refusal_kind_id", "refusal_reason", "refusal_until", "refused_on", "registered_by_id", "status") VALUES (NEW."accepted_on", NEW."created_at", NEW."first_paid_on", NEW."ground", NEW."id", NEW."number", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."ready_on", NEW."refusal_advice", NEW."refusal_kind_id", NEW."refusal_reason", NEW."refusal_until", NEW."refused_on", NEW."registered_by_id", NEW."status"); RETURN NULL;', hash='95551ed41fc0998452074ba69509d4adefb85e70', operation='INSERT', pgid='pgtrigger_insert_insert_217b6', table='patents_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "patents_applicationhistory" ("accepted_on", "created_at", "first_paid_on", "ground", "id", "number", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ready_on", "refusal_advice", "refusal_kind_id", "refusal_reason", "refusal_until", "refused_on", "registered_by_id", "status") VALUES (NEW."accepted_on", NEW."created_at", NEW."first_paid_on", NEW."ground", NEW."id", NEW."number", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."ready_on", NEW."refusal_advice", NEW."refusal_kind_id", NEW."refusal_reason", NEW."refusal_until", NEW."refused_on", NEW."registered_by_id", NEW."status"); RETURN NULL;', hash='c15a86180159df80f5fded95c01218a09109d292', operation='UPDATE', pgid='pgtrigger_update_update_dfaca', table='patents_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "patents_applicationhistory" ("accepted_on", "created_at", "first_paid_on", "ground", "id", "number", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ready_on", "refusal_advice", "refusal_kind_id", "refusal_reason", "refusal_until", "refused_on", "registered_by_id", "status") VALUES (OLD."accepted_on", OLD."created_at", OLD."first_paid_on", OLD."ground", OLD."id", OLD."number", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."ready_on", OLD."refusal_advice", OLD."refusal_kind_id", OLD."refusal_reason", OLD."refusal_until", OLD."refused_on", OLD."registered_by_id", OLD."status"); RETURN NULL;', hash='9c5fb15766d10ff156c5ab214e26f51f907c5abd', operation='DELETE', pgid='pgtrigger_delete_delete_7f3d9', table='patents_application', when='AFTER')),
        ),
    ]
