import accounts.models.second_step
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(
        ),
        migrations.CreateModel(
            name='Country',
            fields=[
                ('code', models.CharField(max_length=3, primary_key=True, serialize=False, verbose_name='code')),
                ('name', models.CharField(help_text='English; translated when shown', max_length=80, verbose_name='name')),
            ],
            options={
                'verbose_name': 'country',
                'verbose_name_plural': 'countries',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='DoorRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('sealed', models.TextField(verbose_name='what was typed, sealed')),
                ('asked_at', models.DateTimeField(db_index=True, verbose_name='asked at')),
            ],
            options={
                'verbose_name': 'request before the door',
                'verbose_name_plural': 'requests before the door',
            },
        ),
        migrations.CreateModel(
            name='GroupPermission',
            fields=[
            ],
            options={
                'verbose_name': 'permission of a group',
                'verbose_name_plural': 'permissions of groups',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('auth.group_permissions',),
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(default=uuid.uuid4, max_length=60, unique=True, verbose_name='name')),
                ('is_staff', models.BooleanField(default=False, verbose_name='member of staff')),
                ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                ('must_change_password', models.BooleanField(default=False, verbose_name='must change the password')),
                ('password_expires_at', models.DateTimeField(blank=True, null=True, verbose_name='temporary password dies at')),
                ('waiting_password', models.CharField(blank=True, help_text='hashed; sent by SMS, it replaces the other when it is first used', max_length=200, verbose_name='password that waits')),
                ('waiting_until', models.DateTimeField(blank=True, null=True, verbose_name='waits until')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='demo')),
                ('date_joined', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'account',
                'verbose_name_plural': 'accounts',
                'indexes': [models.Index(condition=models.Q(('is_staff', True)), fields=['username'], name='user_of_the_staff')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('must_change_password', True), ('password_expires_at__isnull', False)), models.Q(('must_change_password', False), ('password_expires_at__isnull', True)), _connector='OR'), name='user_expiry_iff_temporary_password'), models.CheckConstraint(condition=models.Q(models.Q(('waiting_password', ''), ('waiting_until__isnull', True)), models.Q(models.Q(('waiting_password', ''), _negated=True), ('waiting_until__isnull', False)), _connector='OR'), name='user_waiting_password_has_its_end')],
            },
        ),
        migrations.CreateModel(
            name='RateCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('key', models.CharField(max_length=64, verbose_name='key')),
                ('window_start', models.DateTimeField(verbose_name='window since')),
                ('count', models.PositiveIntegerField(verbose_name='how often')),
            ],
            options={
                'verbose_name': 'counter',
                'verbose_name_plural': 'counters',
                'indexes': [models.Index(fields=['window_start'], name='rate_counter_by_age')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'key', 'window_start'), name='rate_counter_once_a_window')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
            ],
            options={
                'verbose_name': 'membership in a group',
                'verbose_name_plural': 'memberships in groups',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('accounts.user_groups',),
        ),
        migrations.CreateModel(
            name='OwnPermission',
            fields=[
            ],
            options={
                'verbose_name': 'permission of one account',
                'verbose_name_plural': 'permissions of single accounts',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('accounts.user_user_permissions',),
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('token_hash', models.CharField(max_length=64, verbose_name='token, hashed')),
                ('label', models.CharField(blank=True, max_length=80, verbose_name='browser')),
                ('first_seen_at', models.DateTimeField(auto_now_add=True, verbose_name='first seen at')),
                ('last_seen_at', models.DateTimeField(verbose_name='last seen at')),
                ('forgotten_at', models.DateTimeField(blank=True, null=True, verbose_name='forgotten at')),
            ],
            options={
                'verbose_name': 'device',
                'verbose_name_plural': 'devices',
                'constraints': [models.UniqueConstraint(fields=('user', 'token_hash'), name='device_once_an_account')],
            },
        ),
        migrations.CreateModel(
            name='LoginName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('application', 'application number')], max_length=12, verbose_name='kind')),
                ('value', models.CharField(max_length=60, verbose_name='value')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='login_names', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
            ],
            options={
                'verbose_name': 'login name',
                'verbose_name_plural': 'login names',
                'constraints': [models.UniqueConstraint(fields=('kind', 'value'), name='login_name_unique', violation_error_message='This number already opens another cabinet.')],
            },
        ),
        migrations.CreateModel(
            name='MembershipHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.membership')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('user', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='auth.group')),
            ],
            options={
                'verbose_name': 'history of Membership',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OwnPermissionHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.ownpermission')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('user', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('permission', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='auth.permission')),
            ],
            options={
                'verbose_name': 'history of OwnPermission',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='person', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('last_name', models.CharField(max_length=60, verbose_name='last name')),
                ('first_name', models.CharField(max_length=60, verbose_name='first name')),
                ('middle_name', models.CharField(blank=True, max_length=60, verbose_name='patronymic')),
                ('latin_name', models.CharField(blank=True, max_length=120, verbose_name='full name in Latin letters')),
                ('birth_date', models.DateField(verbose_name='birth date')),
                ('citizenship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.country', verbose_name='citizenship')),
                ('language', models.CharField(default='ru', max_length=10, verbose_name='language')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='demo')),
                ('merged_into', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_records', to='accounts.person', verbose_name='is the same person as')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('written', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.text.Upper(django.db.models.functions.text.Concat(models.Value(' '), models.F('last_name'), models.Value(' '), models.F('first_name'), models.Value(' '), models.F('middle_name'), models.Value(' '), models.F('latin_name'))), models.Value('ЁҒҚӢӮҲҶЎӘҐЄІЇҮҺҘАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ'), models.Value('EGKIUHXUAGEIIUHZABVGDEJZIYKLMNOPRSTUFHCXWQ123456'), function='TRANSLATE', output_field=models.TextField()), output_field=models.TextField())),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'indexes': [models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('last_name'), name='varchar_pattern_ops'), name='person_last_name'), django.contrib.postgres.indexes.GinIndex(fields=['written'], name='person_written', opclasses=['gin_trgm_ops']), models.Index(fields=['last_name', 'id'], name='person_by_last_name')],
            },
        ),
        migrations.CreateModel(
            name='PhoneApp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(help_text='The user that this device belongs to.', on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ('name', models.CharField(help_text='The human-readable name of this device.', max_length=64)),
                ('confirmed', models.BooleanField(default=True, help_text='Is this device ready for use?')),
                ('throttling_failure_timestamp', models.DateTimeField(blank=True, default=None, help_text='A timestamp of the last failed verification attempt. Null if last attempt succeeded.', null=True)),
                ('throttling_failure_count', models.PositiveIntegerField(default=0, help_text='Number of successive failed attempts.')),
                ('created_at', models.DateTimeField(auto_now_add=True, help_text='The date and time when this device was initially created in the system.', null=True)),
                ('last_used_at', models.DateTimeField(blank=True, help_text='The most recent date and time this device was used.', null=True)),
                ('sealed_key', models.TextField(default=accounts.models.second_step.new_sealed_key, verbose_name='secret, sealed')),
                ('drift', models.SmallIntegerField(default=0, verbose_name="steps that the phone's clock is off")),
                ('last_t', models.BigIntegerField(default=-1, verbose_name='step of the last code')),
            ],
            options={
                'verbose_name': 'application with codes',
                'verbose_name_plural': 'applications with codes',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('code_hash', models.CharField(max_length=200, verbose_name='code, hashed')),
                ('issued_at', models.DateTimeField(auto_now_add=True, verbose_name='issued at')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='used at')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked at')),
            ],
            options={
                'verbose_name': 'recovery code',
                'verbose_name_plural': 'recovery codes',
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True), ('used_at__isnull', True)), fields=('user',), name='recovery_code_one_live')],
            },
        ),
        migrations.CreateModel(
            name='UserHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(default=uuid.uuid4, max_length=60, verbose_name='name')),
                ('is_staff', models.BooleanField(default=False, verbose_name='member of staff')),
                ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                ('must_change_password', models.BooleanField(default=False, verbose_name='must change the password')),
                ('password_expires_at', models.DateTimeField(blank=True, null=True, verbose_name='temporary password dies at')),
                ('waiting_until', models.DateTimeField(blank=True, null=True, verbose_name='waits until')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='demo')),
                ('date_joined', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
            ],
            options={
                'verbose_name': 'history of User',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GroupPermissionHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.grouppermission')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.IntegerField()),
                ('group', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='auth.group')),
                ('permission', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='auth.permission')),
            ],
            options={
                'verbose_name': 'history of GroupPermission',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to='accounts.person', verbose_name='person')),
                ('text', models.CharField(max_length=250, verbose_name='address of residence')),
                ('valid_from', models.DateField(verbose_name='from day')),
                ('valid_until', models.DateField(blank=True, help_text='included; empty while in use', null=True, verbose_name='last day')),
            ],
            options={
                'verbose_name': 'address of residence',
                'verbose_name_plural': 'addresses of residence',
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('person',), name='address_one_current')],
            },
        ),
        migrations.CreateModel(
            name='Email',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='emails', to='accounts.person', verbose_name='person')),
                ('address', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('token_hash', models.CharField(max_length=64, unique=True, verbose_name='link, hashed')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked at')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed at')),
                ('valid_until', models.DateTimeField(blank=True, null=True, verbose_name='given up at')),
            ],
            options={
                'verbose_name': 'e-mail',
                'verbose_name_plural': 'e-mails',
                'constraints': [models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', False), ('valid_until__isnull', True)), fields=('person',), name='email_one_current')],
            },
        ),
        migrations.CreateModel(
            name='Passport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passports', to='accounts.person', verbose_name='person')),
                ('number', models.CharField(help_text='as printed, without spaces', max_length=12, verbose_name='series and number')),
                ('valid_from', models.DateField(verbose_name='from day')),
                ('valid_until', models.DateField(blank=True, help_text='included; empty while in use', null=True, verbose_name='last day')),
            ],
            options={
                'verbose_name': 'passport',
                'verbose_name_plural': 'passports',
                'indexes': [models.Index(fields=['number'], name='passport_number', opclasses=['varchar_pattern_ops'])],
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('person',), name='passport_one_current')],
            },
        ),
        migrations.CreateModel(
            name='LoginNameHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.loginname')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('application', 'application number')], max_length=12, verbose_name='kind')),
                ('value', models.CharField(max_length=60, verbose_name='value')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
            ],
            options={
                'verbose_name': 'history of LoginName',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='accounts.person', verbose_name='person')),
                ('field', models.CharField(max_length=30, verbose_name='what')),
                ('before', models.CharField(blank=True, max_length=120, verbose_name='it was')),
                ('after', models.CharField(blank=True, max_length=120, verbose_name='it is')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('corrected_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='corrected by')),
                ('corrected_at', models.DateTimeField(auto_now_add=True, verbose_name='corrected at')),
            ],
            options={
                'verbose_name': 'correction',
                'verbose_name_plural': 'corrections',
                'ordering': ['-corrected_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('phone', 'another phone'), ('merge', 'merge of two records'), ('till', 'correction at the cash desk'), ('opening', 'months before the opening'), ('return', 'money that the tax office gave back'), ('refund', 'money of an online payment back'), ('charge', 'state of an online payment put right'), ('feed', 'word of the Interior Ministry undone'), ('day', 'day of issue of a patent'), ('place', 'whose money of a line is'), ('words', 'wrong words taken back'), ('away', 'money set aside or given back'), ('repeat', 'possible repeat: a payment or a copy'), ('statement', 'a held statement that is not ours')], max_length=12, verbose_name='kind')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='accounts.person', verbose_name='person')),
                ('facts', models.JSONField(default=dict, verbose_name='facts')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked at')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
                ('granted', models.BooleanField(blank=True, null=True, verbose_name='granted')),
            ],
            options={
                'verbose_name': 'decision of two',
                'verbose_name_plural': 'decisions of two',
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('person__isnull', False), ('kind__in', ['feed', 'away', 'repeat', 'words', 'statement']), _connector='OR'), name='approval_about_somebody'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='approval_by_another', violation_error_message='Another member of staff must decide.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('granted__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('granted__isnull', False)), _connector='OR'), name='approval_decided_whole')],
            },
        ),
        migrations.CreateModel(
            name='PersonHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.person')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('last_name', models.CharField(max_length=60, verbose_name='last name')),
                ('first_name', models.CharField(max_length=60, verbose_name='first name')),
                ('middle_name', models.CharField(blank=True, max_length=60, verbose_name='patronymic')),
                ('latin_name', models.CharField(blank=True, max_length=120, verbose_name='full name in Latin letters')),
                ('birth_date', models.DateField(verbose_name='birth date')),
                ('citizenship', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.country', verbose_name='citizenship')),
                ('language', models.CharField(default='ru', max_length=10, verbose_name='language')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='demo')),
                ('merged_into', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.person', verbose_name='is the same person as')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
            ],
            options={
                'verbose_name': 'history of Person',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Phone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phones', to='accounts.person', verbose_name='person')),
                ('kind', models.CharField(choices=[('centre_sim', "the centre's SIM card"), ('own', 'own number')], max_length=12, verbose_name='kind')),
                ('number', models.CharField(db_index=True, help_text='+79161234567', max_length=16, verbose_name='number')),
                ('valid_from', models.DateField(verbose_name='from day')),
                ('valid_until', models.DateField(blank=True, help_text='included; empty while in use', null=True, verbose_name='last day')),
                ('bound_at', models.DateTimeField(blank=True, help_text='the person answered from this number', null=True, verbose_name='bound at')),
            ],
            options={
                'verbose_name': 'phone',
                'verbose_name_plural': 'phones',
                'indexes': [models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Reverse('number'), name='text_pattern_ops'), name='phone_last_digits')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('person', 'kind'), name='phone_one_current_of_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='PhoneChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phone_changes', to='accounts.person', verbose_name='person')),
                ('number', models.CharField(max_length=16, verbose_name='new number')),
                ('code_hash', models.CharField(max_length=200, verbose_name='code, hashed')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='wrong codes')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked at')),
                ('expires_at', models.DateTimeField(verbose_name='useless after')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed at')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed at')),
            ],
            options={
                'verbose_name': 'change of phone',
                'verbose_name_plural': 'changes of phones',
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True), ('confirmed_at__isnull', True)), fields=('person',), name='phone_change_one_open'), models.CheckConstraint(condition=models.Q(('tries__lte', 5)), name='phone_change_few_tries')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_holds', to='accounts.person', verbose_name='person')),
                ('number', models.CharField(max_length=16, verbose_name='new number')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked at')),
                ('opens_at', models.DateTimeField(verbose_name='opens at')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
                ('objected', models.BooleanField(default=False, verbose_name='stopped by the owner')),
            ],
            options={
                'verbose_name': 'recovery on hold',
                'verbose_name_plural': 'recoveries on hold',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('person',), name='recovery_hold_one_open')],
            },
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_ins', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('session_hash', models.CharField(max_length=64, unique=True, verbose_name='session, hashed')),
                ('device', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='accounts.device', verbose_name='device')),
                ('source', models.CharField(blank=True, help_text='masked address', max_length=45, verbose_name='from')),
                ('borrowed', models.BooleanField(default=False, verbose_name="somebody else's phone")),
                ('started_at', models.DateTimeField(verbose_name='since')),
                ('seen_at', models.DateTimeField(verbose_name='last seen at')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'ordering': ['-started_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SlipToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('login', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slip_tokens', to='accounts.loginname', verbose_name='login name')),
                ('token_hash', models.CharField(max_length=64, unique=True, verbose_name='token, hashed')),
                ('expires_at', models.DateTimeField(verbose_name='useless after')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='used at')),
            ],
            options={
                'verbose_name': 'slip token',
                'verbose_name_plural': 'slip tokens',
            },
        ),
        migrations.CreateModel(
            name='TimelineEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='timeline', to='accounts.person', verbose_name='person')),
                ('kind', models.CharField(max_length=60, verbose_name='kind')),
                ('facts', models.JSONField(default=dict, verbose_name='facts')),
                ('happened_at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who did it')),
            ],
            options={
                'verbose_name': 'timeline entry',
                'verbose_name_plural': 'timeline',
                'ordering': [models.OrderBy(models.F('happened_at'), descending=True), models.OrderBy(models.F('pk'), descending=True)],
                'indexes': [models.Index(fields=['-happened_at', '-id'], name='timeline_by_instant')],
            },
        ),
        migrations.CreateModel(
            name='PassportHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.passport')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.person', verbose_name='person')),
                ('number', models.CharField(help_text='as printed, without spaces', max_length=12, verbose_name='series and number')),
                ('valid_from', models.DateField(verbose_name='from day')),
                ('valid_until', models.DateField(blank=True, help_text='included; empty while in use', null=True, verbose_name='last day')),
            ],
            options={
                'verbose_name': 'history of Passport',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EmailHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.email')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.person', verbose_name='person')),
                ('address', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked at')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed at')),
                ('valid_until', models.DateTimeField(blank=True, null=True, verbose_name='given up at')),
            ],
            options={
                'verbose_name': 'history of Email',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AddressHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.address')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.person', verbose_name='person')),
                ('text', models.CharField(max_length=250, verbose_name='address of residence')),
                ('valid_from', models.DateField(verbose_name='from day')),
                ('valid_until', models.DateField(blank=True, help_text='included; empty while in use', null=True, verbose_name='last day')),
            ],
            options={
                'verbose_name': 'history of Address',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PhoneHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.phone')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.person', verbose_name='person')),
                ('kind', models.CharField(choices=[('centre_sim', "the centre's SIM card"), ('own', 'own number')], max_length=12, verbose_name='kind')),
                ('number', models.CharField(help_text='+79161234567', max_length=16, verbose_name='number')),
                ('valid_from', models.DateField(verbose_name='from day')),
                ('valid_until', models.DateField(blank=True, help_text='included; empty while in use', null=True, verbose_name='last day')),
                ('bound_at', models.DateTimeField(blank=True, help_text='the person answered from this number', null=True, verbose_name='bound at')),
            ],
            options={
                'verbose_name': 'history of Phone',
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grouppermission',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_grouppermissionhistory" ("group_id", "id", "permission_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."group_id", NEW."id", NEW."permission_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='0887f6026ccd50f3c5e1c0738095b0c57831920e', operation='INSERT', pgid='pgtrigger_insert_insert_8e8bf', table='auth_group_permissions', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grouppermission',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_grouppermissionhistory" ("group_id", "id", "permission_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."group_id", NEW."id", NEW."permission_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;', hash='90264f40ed9018d2ad6018b536a66ecf690dc21b', operation='UPDATE', pgid='pgtrigger_update_update_174ef', table='auth_group_permissions', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grouppermission',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_grouppermissionhistory" ("group_id", "id", "permission_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."group_id", OLD."id", OLD."permission_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='04d706fcd38d94ce144df8e179ecdf9e2642c005', operation='DELETE', pgid='pgtrigger_delete_delete_7903c', table='auth_group_permissions', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userhistory" ("date_joined", "id", "is_active", "is_demo", "is_staff", "is_superuser", "must_change_password", "password_expires_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username", "waiting_until") VALUES (NEW."date_joined", NEW."id", NEW."is_active", NEW."is_demo", NEW."is_staff", NEW."is_superuser", NEW."must_change_password", NEW."password_expires_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."username", NEW."waiting_until"); RETURN NULL;', hash='8d5bc051d85a192e697b9f17a5da6f3f241921a8', operation='INSERT', pgid='pgtrigger_insert_insert_3867c', table='accounts_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_demo" IS DISTINCT FROM (NEW."is_demo") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."must_change_password" IS DISTINCT FROM (NEW."must_change_password") OR OLD."password_expires_at" IS DISTINCT FROM (NEW."password_expires_at") OR OLD."username" IS DISTINCT FROM (NEW."username") OR OLD."waiting_until" IS DISTINCT FROM (NEW."waiting_until"))', func='INSERT INTO "accounts_userhistory" ("date_joined", "id", "is_active", "is_demo", "is_staff", "is_superuser", "must_change_password", "password_expires_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username", "waiting_until") VALUES (NEW."date_joined", NEW."id", NEW."is_active", NEW."is_demo", NEW."is_staff", NEW."is_superuser", NEW."must_change_password", NEW."password_expires_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."username", NEW."waiting_until"); RETURN NULL;', hash='854cb51fe36f128e8d1a4d200b3bd27ce5b540fb', operation='UPDATE', pgid='pgtrigger_update_update_0e890', table='accounts_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userhistory" ("date_joined", "id", "is_active", "is_demo", "is_staff", "is_superuser", "must_change_password", "password_expires_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username", "waiting_until") VALUES (OLD."date_joined", OLD."id", OLD."is_active", OLD."is_demo", OLD."is_staff", OLD."is_superuser", OLD."must_change_password", OLD."password_expires_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."username", OLD."waiting_until"); RETURN NULL;', hash='2118207358f4d5e73f61d270f85513e7b2929052', operation='DELETE', pgid='pgtrigger_delete_delete_19f14', table='accounts_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='loginname',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_loginnamehistory" ("created_at", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "value") VALUES (NEW."created_at", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."user_id", NEW."value"); RETURN NULL;', hash='08f0c4fd899dd8873c52add3a29248b190753941', operation='INSERT', pgid='pgtrigger_insert_insert_d43d4', table='accounts_loginname', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='loginname',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_loginnamehistory" ("created_at", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "value") VALUES (NEW."created_at", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."user_id", NEW."value"); RETURN NULL;', hash='05e8f7dae95127a3cd0bc0fa7757d688c523e61c', operation='UPDATE', pgid='pgtrigger_update_update_10f37', table='accounts_loginname', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='loginname',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_loginnamehistory" ("created_at", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "value") VALUES (OLD."created_at", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."user_id", OLD."value"); RETURN NULL;', hash='19dee0745f589e006637256656aaf91044945d97', operation='DELETE', pgid='pgtrigger_delete_delete_6c56f', table='accounts_loginname', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='loginnamehistory',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;", hash='fa78ec6bd5aded6a2fe984033414663f2b16c753', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_8a945', table='accounts_loginnamehistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='loginnamehistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8d4d5d284154f381be25f52cd0a324fb4dc65324', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4bb70', table='accounts_loginnamehistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_personhistory" ("birth_date", "citizenship_id", "created_at", "first_name", "id", "is_demo", "language", "last_name", "latin_name", "merged_into_id", "middle_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."birth_date", NEW."citizenship_id", NEW."created_at", NEW."first_name", NEW."id", NEW."is_demo", NEW."language", NEW."last_name", NEW."latin_name", NEW."merged_into_id", NEW."middle_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;', hash='bb6d00e3f83ef3c3778debb28f0ba766c51c22ec', operation='INSERT', pgid='pgtrigger_insert_insert_6b541', table='accounts_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."birth_date" IS DISTINCT FROM (NEW."birth_date") OR OLD."citizenship_id" IS DISTINCT FROM (NEW."citizenship_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_demo" IS DISTINCT FROM (NEW."is_demo") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."latin_name" IS DISTINCT FROM (NEW."latin_name") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."middle_name" IS DISTINCT FROM (NEW."middle_name") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "accounts_personhistory" ("birth_date", "citizenship_id", "created_at", "first_name", "id", "is_demo", "language", "last_name", "latin_name", "merged_into_id", "middle_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."birth_date", NEW."citizenship_id", NEW."created_at", NEW."first_name", NEW."id", NEW."is_demo", NEW."language", NEW."last_name", NEW."latin_name", NEW."merged_into_id", NEW."middle_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;', hash='e9ba1ab350853abe08804b03b3c1bf07cdc7fd94', operation='UPDATE', pgid='pgtrigger_update_update_70819', table='accounts_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_personhistory" ("birth_date", "citizenship_id", "created_at", "first_name", "id", "is_demo", "language", "last_name", "latin_name", "merged_into_id", "middle_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."birth_date", OLD."citizenship_id", OLD."created_at", OLD."first_name", OLD."id", OLD."is_demo", OLD."language", OLD."last_name", OLD."latin_name", OLD."merged_into_id", OLD."middle_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;', hash='2caca192b82485795e5b22e3f363008112624409', operation='DELETE', pgid='pgtrigger_delete_delete_18acd', table='accounts_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passporthistory',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;", hash='2ce9d9e33b384908cd83533ad0b84e1f9bcb37b4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_332fa', table='accounts_passporthistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passporthistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6cae3b3e61afe679162881b1a11ac2ad8873dc26', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_aa370', table='accounts_passporthistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passport',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_passporthistory" ("id", "number", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_until") VALUES (NEW."id", NEW."number", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."valid_from", NEW."valid_until"); RETURN NULL;', hash='d981c4e3332e6f582f1140b9b9c82a1d7758ccea', operation='INSERT', pgid='pgtrigger_insert_insert_0447a', table='accounts_passport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passport',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_passporthistory" ("id", "number", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_until") VALUES (NEW."id", NEW."number", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."valid_from", NEW."valid_until"); RETURN NULL;', hash='c248931c46f37a7189a44a7f361002886016dcd1', operation='UPDATE', pgid='pgtrigger_update_update_39163', table='accounts_passport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passport',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_passporthistory" ("id", "number", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_until") VALUES (OLD."id", OLD."number", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."valid_from", OLD."valid_until"); RETURN NULL;', hash='a9e5e11f16459681e5a1e267eea8c58ab7cea19b', operation='DELETE', pgid='pgtrigger_delete_delete_1dcf0', table='accounts_passport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='emailhistory',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;", hash='13c46405e0629813aed326ffaedf9103bfe128a0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_743ab', table='accounts_emailhistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='emailhistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ec010232eb72069d00bc8e99b5dbe7acdd7cd7a5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1803e', table='accounts_emailhistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='email',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_emailhistory" ("address", "asked_at", "confirmed_at", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_until") VALUES (NEW."address", NEW."asked_at", NEW."confirmed_at", NEW."id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."valid_until"); RETURN NULL;', hash='5c87e376ec9d35b778493413c75a272bf00577ce', operation='INSERT', pgid='pgtrigger_insert_insert_c01e2', table='accounts_email', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='email',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."valid_until" IS DISTINCT FROM (NEW."valid_until"))', func='INSERT INTO "accounts_emailhistory" ("address", "asked_at", "confirmed_at", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_until") VALUES (NEW."address", NEW."asked_at", NEW."confirmed_at", NEW."id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."valid_until"); RETURN NULL;', hash='bb33d82850a271e60b22fc2d95e6a9f62d8d29a9', operation='UPDATE', pgid='pgtrigger_update_update_2ac1f', table='accounts_email', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='email',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_emailhistory" ("address", "asked_at", "confirmed_at", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_until") VALUES (OLD."address", OLD."asked_at", OLD."confirmed_at", OLD."id", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."valid_until"); RETURN NULL;', hash='c6ade5cd8435e09b45059ec7191c0415ef55720a', operation='DELETE', pgid='pgtrigger_delete_delete_69b15', table='accounts_email', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='addresshistory',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;", hash='8418aa01ba1120ac26d479ea129dc96d5e4e1b94', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_42226', table='accounts_addresshistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='addresshistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c8f823df27d11cb7a975e0ef1bdc2c9155d47152', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_aa9c5', table='accounts_addresshistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='address',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_addresshistory" ("id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "valid_from", "valid_until") VALUES (NEW."id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."text", NEW."valid_from", NEW."valid_until"); RETURN NULL;', hash='efefc8084277940367909be81c55f318c49f8585', operation='INSERT', pgid='pgtrigger_insert_insert_f2688', table='accounts_address', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='address',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_addresshistory" ("id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "valid_from", "valid_until") VALUES (NEW."id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."text", NEW."valid_from", NEW."valid_until"); RETURN NULL;', hash='91a4c86aa30429a024388a74e61006ddb6620ab5', operation='UPDATE', pgid='pgtrigger_update_update_d703d', table='accounts_address', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='address',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_addresshistory" ("id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "valid_from", "valid_until") VALUES (OLD."id", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."text", OLD."valid_from", OLD."valid_until"); RETURN NULL;', hash='9a2fe553113e5ed4fb6b7359befae57e061b7a60', operation='DELETE', pgid='pgtrigger_delete_delete_501e8', table='accounts_address', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personhistory',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;", hash='a4b0e14ed199ffe7f891b7498d2619dfa07e86b5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_1553f', table='accounts_personhistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personhistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6f33d8b2988ebe4b2b3d9e83f6159ea2ffc9e11a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9a5c6', table='accounts_personhistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='phone',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_phonehistory" ("bound_at", "id", "kind", "number", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_until") VALUES (NEW."bound_at", NEW."id", NEW."kind", NEW."number", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."valid_from", NEW."valid_until"); RETURN NULL;', hash='a316144e7ade7cc38c040a93fed618682335c1c4', operation='INSERT', pgid='pgtrigger_insert_insert_1772a', table='accounts_phone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='phone',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_phonehistory" ("bound_at", "id", "kind", "number", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_until") VALUES (NEW."bound_at", NEW."id", NEW."kind", NEW."number", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."valid_from", NEW."valid_until"); RETURN NULL;', hash='62dcb9cf5822776475cf4bebc0a2048aba6d6166', operation='UPDATE', pgid='pgtrigger_update_update_da79c', table='accounts_phone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='phone',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_phonehistory" ("bound_at", "id", "kind", "number", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_until") VALUES (OLD."bound_at", OLD."id", OLD."kind", OLD."number", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."valid_from", OLD."valid_until"); RETURN NULL;', hash='4c06070857fd462370eeb8a7bde2588193b0e77f', operation='DELETE', pgid='pgtrigger_delete_delete_94a27', table='accounts_phone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='phonehistory',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;", hash='b21d0eac83890837fd489343773562253435e606', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_f2419', table='accounts_phonehistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='phonehistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4974b09cb33df21717c3a310267778003e92a387', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_49cd1', table='accounts_phonehistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='userhistory',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;", hash='b9779c52618c01e26f973e47e9bd60c32ab90519', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_b4de1', table='accounts_userhistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='userhistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='68ffa9ce3b529c4c151c9348adc79b98119cd550', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4f815', table='accounts_userhistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grouppermissionhistory',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;", hash='d54424802cc3d35b210ff0664e9683fd1f1a135f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_bdd2e', table='accounts_grouppermissionhistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grouppermissionhistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='34f1999ede9cde1b91a43096c60e8cfa06e8f299', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e589a', table='accounts_grouppermissionhistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_membershiphistory" ("group_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."group_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;', hash='4ce345919b12a455d8b213d907ed6b8eeeca0228', operation='INSERT', pgid='pgtrigger_insert_insert_fc05a', table='accounts_user_groups', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_membershiphistory" ("group_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."group_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;', hash='fdcb509ddad3eed8248f91cead8df40699699f7f', operation='UPDATE', pgid='pgtrigger_update_update_20ab5', table='accounts_user_groups', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_membershiphistory" ("group_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."group_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;', hash='f824826d21aa306d0d395abe21942e7033d01042', operation='DELETE', pgid='pgtrigger_delete_delete_19a8f', table='accounts_user_groups', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownpermission',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_ownpermissionhistory" ("id", "permission_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."permission_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;', hash='ea4993d42545ecc6226d267415cd639b478c9058', operation='INSERT', pgid='pgtrigger_insert_insert_f54cb', table='accounts_user_user_permissions', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownpermission',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_ownpermissionhistory" ("id", "permission_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."permission_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;', hash='0b11696e7d73ab146367b2aff6ccc86f30d5a4b9', operation='UPDATE', pgid='pgtrigger_update_update_aa0e6', table='accounts_user_user_permissions', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownpermission',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_ownpermissionhistory" ("id", "permission_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."id", OLD."permission_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;', hash='4f570db1fb8cfc0622e69fa2e69f035f77121cc7', operation='DELETE', pgid='pgtrigger_delete_delete_7d8e7', table='accounts_user_user_permissions', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membershiphistory',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;", hash='92ed83b5c47a168f3ca8e6039d37e36183ef6799', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_4e2b9', table='accounts_membershiphistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membershiphistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9ee43f83afd372f3941d93d61b0d68b7fab7a8d3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_123dc', table='accounts_membershiphistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownpermissionhistory',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;", hash='c8cf29c66ae963567413b8a1d86f7f1e2ad466e8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_5d999', table='accounts_ownpermissionhistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownpermissionhistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='14efdd16ff80663c5ad8d737a2e569c8da10e853', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ebc6b', table='accounts_ownpermissionhistory', when='BEFORE')),
        ),
    ]
