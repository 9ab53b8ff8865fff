
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('patents', '0006_never_emptied'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('title_ru', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_en', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_uz', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_uz_cyrl', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_tg', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_az', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_ro', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_uk', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('body', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', verbose_name='text')),
                ('body_ru', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_en', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_uz', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_uz_cyrl', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_tg', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_az', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_ro', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_uk', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('rank', models.PositiveSmallIntegerField(default=100, help_text='smaller numbers stand first', verbose_name='place')),
                ('first_day', models.DateField(blank=True, help_text='empty: shown already', null=True, verbose_name='from day')),
                ('last_day', models.DateField(blank=True, help_text='included; empty: open', null=True, verbose_name='last day')),
                ('slug', models.SlugField(unique=True, verbose_name='address')),
                ('brought_by', models.CharField(choices=[('person', 'the person brings it'), ('staff', 'the centre prepares it')], default='person', max_length=10, verbose_name='who brings it')),
                ('for_first', models.BooleanField(default=True, verbose_name='needed for the first patent')),
                ('for_reissue', models.BooleanField(default=True, verbose_name='needed for a re-issue')),
            ],
            options={
                'verbose_name': 'kind of paper',
                'verbose_name_plural': 'kinds of papers',
                'ordering': ['rank', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DocumentKindHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('title_ru', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_en', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_uz', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_uz_cyrl', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_tg', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_az', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_ro', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_uk', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('body', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', verbose_name='text')),
                ('body_ru', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_en', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_uz', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_uz_cyrl', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_tg', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_az', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_ro', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_uk', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('rank', models.PositiveSmallIntegerField(default=100, help_text='smaller numbers stand first', verbose_name='place')),
                ('first_day', models.DateField(blank=True, help_text='empty: shown already', null=True, verbose_name='from day')),
                ('last_day', models.DateField(blank=True, help_text='included; empty: open', null=True, verbose_name='last day')),
                ('slug', models.SlugField(db_index=False, verbose_name='address')),
                ('brought_by', models.CharField(choices=[('person', 'the person brings it'), ('staff', 'the centre prepares it')], default='person', max_length=10, verbose_name='who brings it')),
                ('for_first', models.BooleanField(default=True, verbose_name='needed for the first patent')),
                ('for_reissue', models.BooleanField(default=True, verbose_name='needed for a re-issue')),
            ],
            options={
                'verbose_name': 'history of DocumentKind',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('handed_in', 'handed in'), ('checked', 'checked, all is right'), ('mend', 'to be mended'), ('returned', 'given back')], default='handed_in', max_length=10, verbose_name='state')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='number')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='issued on')),
                ('valid_until', models.DateField(blank=True, help_text='included; empty: open', null=True, verbose_name='valid until')),
                ('remark', models.CharField(blank=True, help_text='The person reads these words.', max_length=300, verbose_name='remark')),
                ('handed_on', models.DateField(verbose_name='handed in on')),
            ],
            options={
                'verbose_name': 'paper of an application',
                'verbose_name_plural': 'papers of applications',
                'ordering': ['kind__rank', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PaperHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('handed_in', 'handed in'), ('checked', 'checked, all is right'), ('mend', 'to be mended'), ('returned', 'given back')], default='handed_in', max_length=10, verbose_name='state')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='number')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='issued on')),
                ('valid_until', models.DateField(blank=True, help_text='included; empty: open', null=True, verbose_name='valid until')),
                ('remark', models.CharField(blank=True, help_text='The person reads these words.', max_length=300, verbose_name='remark')),
                ('handed_on', models.DateField(verbose_name='handed in on')),
            ],
            options={
                'verbose_name': 'history of Paper',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RefusalKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('title_ru', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_en', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_uz', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_uz_cyrl', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_tg', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_az', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_ro', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_uk', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('body', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', verbose_name='text')),
                ('body_ru', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_en', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_uz', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_uz_cyrl', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_tg', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_az', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_ro', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_uk', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('rank', models.PositiveSmallIntegerField(default=100, help_text='smaller numbers stand first', verbose_name='place')),
                ('first_day', models.DateField(blank=True, help_text='empty: shown already', null=True, verbose_name='from day')),
                ('last_day', models.DateField(blank=True, help_text='included; empty: open', null=True, verbose_name='last day')),
                ('slug', models.SlugField(unique=True, verbose_name='address')),
            ],
            options={
                'verbose_name': 'reason of refusals',
                'verbose_name_plural': 'reasons of refusals',
                'ordering': ['rank', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RefusalKindHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('title_ru', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_en', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_uz', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_uz_cyrl', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_tg', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_az', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_ro', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('title_uk', models.CharField(max_length=160, null=True, verbose_name='title')),
                ('body', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', verbose_name='text')),
                ('body_ru', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_en', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_uz', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_uz_cyrl', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_tg', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_az', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_ro', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('body_uk', models.TextField(help_text='An empty line begins a new paragraph. “- ” begins a line of a list. [words](/help/) is a link. {hotline} is our phone number. **Two stars** make words bold.', null=True, verbose_name='text')),
                ('rank', models.PositiveSmallIntegerField(default=100, help_text='smaller numbers stand first', verbose_name='place')),
                ('first_day', models.DateField(blank=True, help_text='empty: shown already', null=True, verbose_name='from day')),
                ('last_day', models.DateField(blank=True, help_text='included; empty: open', null=True, verbose_name='last day')),
                ('slug', models.SlugField(db_index=False, verbose_name='address')),
            ],
            options={
                'verbose_name': 'history of RefusalKind',
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
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "patents_applicationhistory" ("accepted_on", "created_at", "first_paid_on", "ground", "id", "migration_card", "number", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ready_on", "refusal_advice", "refusal_kind_id", "refusal_reason", "refusal_until", "refused_on", "registered_by_id", "status") VALUES (NEW."accepted_on", NEW."created_at", NEW."first_paid_on", NEW."ground", NEW."id", NEW."migration_card", NEW."number", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."ready_on", NEW."refusal_advice", NEW."refusal_kind_id", NEW."refusal_reason", NEW."refusal_until", NEW."refused_on", NEW."registered_by_id", NEW."status"); RETURN NULL;', hash='12f6f54c7f3cfac3e75e37978f56d5190ad464fe', operation='INSERT', pgid='pgtrigger_insert_insert_217b6', table='patents_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "patents_applicationhistory" ("accepted_on", "created_at", "first_paid_on", "ground", "id", "migration_card", "number", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ready_on", "refusal_advice", "refusal_kind_id", "refusal_reason", "refusal_until", "refused_on", "registered_by_id", "status") VALUES (NEW."accepted_on", NEW."created_at", NEW."first_paid_on", NEW."ground", NEW."id", NEW."migration_card", NEW."number", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."ready_on", NEW."refusal_advice", NEW."refusal_kind_id", NEW."refusal_reason", NEW."refusal_until", NEW."refused_on", NEW."registered_by_id", NEW."status"); RETURN NULL;', hash='49052a4768dbb41a06f5c794a9a3461747cfa0be', operation='UPDATE', pgid='pgtrigger_update_update_dfaca', table='patents_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "patents_applicationhistory" ("accepted_on", "created_at", "first_paid_on", "ground", "id", "migration_card", "number", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ready_on", "refusal_advice", "refusal_kind_id", "refusal_reason", "refusal_until", "refused_on", "registered_by_id", "status") VALUES (OLD."accepted_on", OLD."created_at", OLD."first_paid_on", OLD."ground", OLD."id", OLD."migration_card", OLD."number", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."ready_on", OLD."refusal_advice", OLD."refusal_kind_id", OLD."refusal_reason", OLD."refusal_until", OLD."refused_on", OLD."registered_by_id", OLD."status"); RETURN NULL;', hash='d2aa02cc686086fa51ed2c0293197e9d7e965a4d', operation='DELETE', pgid='pgtrigger_delete_delete_7f3d9', table='patents_application', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='documentkind',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__isnull', True), ('first_day__isnull', True), ('last_day__gte', models.F('first_day')), _connector='OR'), name='document_kind_days_in_order', violation_error_message='The last day comes before the first one.'),
        ),
        migrations.AddConstraint(
            model_name='documentkind',
            constraint=models.CheckConstraint(condition=models.Q(('brought_by__in', ['person', 'staff'])), name='document_kind_brought_by_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentkind',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "patents_documentkindhistory" ("body", "body_az", "body_en", "body_ro", "body_ru", "body_tg", "body_uk", "body_uz", "body_uz_cyrl", "brought_by", "first_day", "for_first", "for_reissue", "id", "last_day", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "slug", "title", "title_az", "title_en", "title_ro", "title_ru", "title_tg", "title_uk", "title_uz", "title_uz_cyrl") VALUES (NEW."body", NEW."body_az", NEW."body_en", NEW."body_ro", NEW."body_ru", NEW."body_tg", NEW."body_uk", NEW."body_uz", NEW."body_uz_cyrl", NEW."brought_by", NEW."first_day", NEW."for_first", NEW."for_reissue", NEW."id", NEW."last_day", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."rank", NEW."slug", NEW."title", NEW."title_az", NEW."title_en", NEW."title_ro", NEW."title_ru", NEW."title_tg", NEW."title_uk", NEW."title_uz", NEW."title_uz_cyrl"); RETURN NULL;', hash='95d842ed9b7c46a7d044cf61c03576704730b1b4', operation='INSERT', pgid='pgtrigger_insert_insert_020bf', table='patents_documentkind', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentkind',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "patents_documentkindhistory" ("body", "body_az", "body_en", "body_ro", "body_ru", "body_tg", "body_uk", "body_uz", "body_uz_cyrl", "brought_by", "first_day", "for_first", "for_reissue", "id", "last_day", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "slug", "title", "title_az", "title_en", "title_ro", "title_ru", "title_tg", "title_uk", "title_uz", "title_uz_cyrl") VALUES (NEW."body", NEW."body_az", NEW."body_en", NEW."body_ro", NEW."body_ru", NEW."body_tg", NEW."body_uk", NEW."body_uz", NEW."body_uz_cyrl", NEW."brought_by", NEW."first_day", NEW."for_first", NEW."for_reissue", NEW."id", NEW."last_day", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."rank", NEW."slug", NEW."title", NEW."title_az", NEW."title_en", NEW."title_ro", NEW."title_ru", NEW."title_tg", NEW."title_uk", NEW."title_uz", NEW."title_uz_cyrl"); RETURN NULL;', hash='9adffece75fdadc96fb9858d2d26509f76f9ac30', operation='UPDATE', pgid='pgtrigger_update_update_d4f46', table='patents_documentkind', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentkind',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "patents_documentkindhistory" ("body", "body_az", "body_en", "body_ro", "body_ru", "body_tg", "body_uk", "body_uz", "body_uz_cyrl", "brought_by", "first_day", "for_first", "for_reissue", "id", "last_day", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "slug", "title", "title_az", "title_en", "title_ro", "title_ru", "title_tg", "title_uk", "title_uz", "title_uz_cyrl") VALUES (OLD."body", OLD."body_az", OLD."body_en", OLD."body_ro", OLD."body_ru", OLD."body_tg", OLD."body_uk", OLD."body_uz", OLD."body_uz_cyrl", OLD."brought_by", OLD."first_day", OLD."for_first", OLD."for_reissue", OLD."id", OLD."last_day", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."rank", OLD."slug", OLD."title", OLD."title_az", OLD."title_en", OLD."title_ro", OLD."title_ru", OLD."title_tg", OLD."title_uk", OLD."title_uz", OLD."title_uz_cyrl"); RETURN NULL;', hash='be2cbbd5b22b47cff8b8a7ac8b24986252ca60b0', operation='DELETE', pgid='pgtrigger_delete_delete_3d1ee', table='patents_documentkind', when='AFTER')),
        ),
        migrations.AddField(
            model_name='documentkindhistory',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='patents.documentkind'),
        ),
        migrations.AddField(
            model_name='paper',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='patents.application', verbose_name='application'),
        ),
        migrations.AddField(
            model_name='paper',
            name='kind',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patents.documentkind', verbose_name='kind of paper'),
        ),
        migrations.AddField(
            model_name='paper',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='paperhistory',
            name='application',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='patents.application', verbose_name='application'),
        ),
        migrations.AddField(
            model_name='paperhistory',
            name='kind',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='patents.documentkind', verbose_name='kind of paper'),
        ),
        migrations.AddField(
            model_name='paperhistory',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='patents.paper'),
        ),
        migrations.AddField(
            model_name='paperhistory',
            name='recorded_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddConstraint(
            model_name='refusalkind',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__isnull', True), ('first_day__isnull', True), ('last_day__gte', models.F('first_day')), _connector='OR'), name='refusal_kind_days_in_order', violation_error_message='The last day comes before the first one.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refusalkind',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "patents_refusalkindhistory" ("body", "body_az", "body_en", "body_ro", "body_ru", "body_tg", "body_uk", "body_uz", "body_uz_cyrl", "first_day", "id", "last_day", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "slug", "title", "title_az", "title_en", "title_ro", "title_ru", "title_tg", "title_uk", "title_uz", "title_uz_cyrl") VALUES (NEW."body", NEW."body_az", NEW."body_en", NEW."body_ro", NEW."body_ru", NEW."body_tg", NEW."body_uk", NEW."body_uz", NEW."body_uz_cyrl", NEW."first_day", NEW."id", NEW."last_day", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."rank", NEW."slug", NEW."title", NEW."title_az", NEW."title_en", NEW."title_ro", NEW."title_ru", NEW."title_tg", NEW."title_uk", NEW."title_uz", NEW."title_uz_cyrl"); RETURN NULL;', hash='979b39a4f1f12f7cb4a43d567d2663acbdf77dff', operation='INSERT', pgid='pgtrigger_insert_insert_909bb', table='patents_refusalkind', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refusalkind',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "patents_refusalkindhistory" ("body", "body_az", "body_en", "body_ro", "body_ru", "body_tg", "body_uk", "body_uz", "body_uz_cyrl", "first_day", "id", "last_day", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "slug", "title", "title_az", "title_en", "title_ro", "title_ru", "title_tg", "title_uk", "title_uz", "title_uz_cyrl") VALUES (NEW."body", NEW."body_az", NEW."body_en", NEW."body_ro", NEW."body_ru", NEW."body_tg", NEW."body_uk", NEW."body_uz", NEW."body_uz_cyrl", NEW."first_day", NEW."id", NEW."last_day", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."rank", NEW."slug", NEW."title", NEW."title_az", NEW."title_en", NEW."title_ro", NEW."title_ru", NEW."title_tg", NEW."title_uk", NEW."title_uz", NEW."title_uz_cyrl"); RETURN NULL;', hash='2107287f3eff626e7e46a6fc206d265782f58619', operation='UPDATE', pgid='pgtrigger_update_update_1a154', table='patents_refusalkind', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refusalkind',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "patents_refusalkindhistory" ("body", "body_az", "body_en", "body_ro", "body_ru", "body_tg", "body_uk", "body_uz", "body_uz_cyrl", "first_day", "id", "last_day", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "slug", "title", "title_az", "title_en", "title_ro", "title_ru", "title_tg", "title_uk", "title_uz", "title_uz_cyrl") VALUES (OLD."body", OLD."body_az", OLD."body_en", OLD."body_ro", OLD."body_ru", OLD."body_tg", OLD."body_uk", OLD."body_uz", OLD."body_uz_cyrl", OLD."first_day", OLD."id", OLD."last_day", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."rank", OLD."slug", OLD."title", OLD."title_az", OLD."title_en", OLD."title_ro", OLD."title_ru", OLD."title_tg", OLD."title_uk", OLD."title_uz", OLD."title_uz_cyrl"); RETURN NULL;', hash='a3fbc3f0885a2cbaaa210ad127d47f219fa16341', operation='DELETE', pgid='pgtrigger_delete_delete_86de9', table='patents_refusalkind', when='AFTER')),
        ),
        migrations.AddField(
            model_name='application',
            name='refusal_kind',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patents.refusalkind', verbose_name='kind of reason'),
        ),
        migrations.AddField(
            model_name='applicationhistory',
            name='refusal_kind',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='patents.refusalkind', verbose_name='kind of reason'),
        ),
        migrations.AddField(
            model_name='refusalkindhistory',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='patents.refusalkind'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentkindhistory',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;", hash='09711bd4d5094ea9752f9731a98e494a3256ece5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_823e3', table='patents_documentkindhistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentkindhistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3209771dd0829dc0e84ce02e1992e07f1dde3fe5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b9593', table='patents_documentkindhistory', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.UniqueConstraint(fields=('application', 'kind'), name='paper_once'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['handed_in', 'checked', 'mend', 'returned'])), name='paper_state_known'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'mend'), _negated=True), models.Q(('remark', ''), _negated=True), _connector='OR'), name='paper_to_mend_says_what', violation_error_message='Write what has to be mended.'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('issued_on__isnull', True), ('valid_until__gte', models.F('issued_on')), _connector='OR'), name='paper_days_in_order', violation_error_message='The last day comes before the first one.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paper',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "patents_paperhistory" ("application_id", "handed_on", "id", "issued_on", "kind_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "remark", "state", "valid_until") VALUES (NEW."application_id", NEW."handed_on", NEW."id", NEW."issued_on", NEW."kind_id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."remark", NEW."state", NEW."valid_until"); RETURN NULL;', hash='8582cebfa132cf94f3f9c2c03775150e9258944e', operation='INSERT', pgid='pgtrigger_insert_insert_29fcf', table='patents_paper', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paper',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "patents_paperhistory" ("application_id", "handed_on", "id", "issued_on", "kind_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "remark", "state", "valid_until") VALUES (NEW."application_id", NEW."handed_on", NEW."id", NEW."issued_on", NEW."kind_id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."remark", NEW."state", NEW."valid_until"); RETURN NULL;', hash='c2d5ebfb173deeb70f8b6a765132ef4402ed4b9f', operation='UPDATE', pgid='pgtrigger_update_update_55b5a', table='patents_paper', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paper',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "patents_paperhistory" ("application_id", "handed_on", "id", "issued_on", "kind_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "remark", "state", "valid_until") VALUES (OLD."application_id", OLD."handed_on", OLD."id", OLD."issued_on", OLD."kind_id", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_by_id", OLD."remark", OLD."state", OLD."valid_until"); RETURN NULL;', hash='1deab7de75e0a49c512b1f569b6aab7c82a74cce', operation='DELETE', pgid='pgtrigger_delete_delete_7974a', table='patents_paper', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paperhistory',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;", hash='f0c5cf7d5b81e0f54433f6d8b559fb6b4644d637', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_8b291', table='patents_paperhistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paperhistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='466f13e0e192666bb4417fd3dc4363971c0bc9a0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cacb7', table='patents_paperhistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refusalkindhistory',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;", hash='29f4bf3afc3a5ccd658de0a2ebc3891af7dfd923', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_d69c5', table='patents_refusalkindhistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refusalkindhistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='095e6b2836b69ea0262b25803fb683d9d58651aa', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4b42f', table='patents_refusalkindhistory', when='BEFORE')),
        ),
    ]
