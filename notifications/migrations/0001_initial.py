from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='EarlyReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=20)),
                ('reference', models.CharField(max_length=60)),
                ('code', models.CharField(max_length=20)),
                ('received_at', models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('provider', 'reference', 'code'), name='early_receipt_once')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.CharField(max_length=60, verbose_name='event')),
                ('subject_id', models.BigIntegerField(verbose_name='subject')),
                ('key', models.CharField(max_length=120, unique=True, verbose_name='key')),
                ('person_id', models.BigIntegerField(blank=True, db_index=True, null=True, verbose_name='person')),
                ('fixed_address', models.CharField(blank=True, max_length=40, verbose_name='this address only')),
                ('secret', models.TextField(blank=True, verbose_name='sealed secret')),
                ('language', models.CharField(blank=True, max_length=10, verbose_name='language')),
                ('address', models.CharField(blank=True, max_length=40, verbose_name='address')),
                ('text', models.TextField(blank=True, help_text='as sent; a secret stands there as dots', verbose_name='text')),
                ('status', models.CharField(choices=[('queued', 'waiting to be sent'), ('sending', 'being sent'), ('sent', 'handed to the operator'), ('delivered', 'delivered'), ('failed', 'not delivered'), ('dropped', 'no longer true, not sent'), ('expired', 'too late, not sent'), ('unknown', 'handed over, no receipt came')], default='queued', max_length=12, verbose_name='state')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('provider', models.CharField(blank=True, max_length=20, verbose_name='provider')),
                ('provider_reference', models.CharField(blank=True, max_length=60, verbose_name="provider's number")),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('next_try_at', models.DateTimeField(verbose_name='next try at')),
                ('expires_at', models.DateTimeField(verbose_name='useless after')),
                ('lease_until', models.DateTimeField(blank=True, null=True, verbose_name='claimed until')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='handed over at')),
                ('delivered_at', models.DateTimeField(blank=True, null=True, verbose_name='delivered at')),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'ordering': ['-created_at', '-pk'],
                'permissions': [('read_message_text', 'Can read the text of messages')],
                'indexes': [models.Index(condition=models.Q(('status__in', ['queued', 'sending'])), fields=['next_try_at'], name='message_waiting'), models.Index(condition=models.Q(('status', 'sent')), fields=['sent_at'], name='message_unconfirmed'), models.Index(fields=['provider', 'provider_reference'], name='message_by_provider'), models.Index(fields=['event', 'subject_id'], name='message_by_subject'), models.Index(fields=['-created_at', '-id'], name='message_by_instant'), models.Index(condition=models.Q(('status', 'delivered'), _negated=True), fields=['status', '-id'], name='message_not_delivered'), models.Index(condition=models.Q(('status', 'delivered')), fields=['address', 'id'], name='message_delivered_to')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'sending', 'sent', 'delivered', 'failed', 'dropped', 'expired', 'unknown'])), name='message_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('status', 'sending')), models.Q(models.Q(('status', 'sending'), _negated=True), ('lease_until__isnull', True)), _connector='OR'), name='message_lease_iff_sending'), models.CheckConstraint(condition=models.Q(models.Q(('delivered_at__isnull', False), ('status', 'delivered')), models.Q(models.Q(('status', 'delivered'), _negated=True), ('delivered_at__isnull', True)), _connector='OR'), name='message_delivered_at_iff_delivered'), models.CheckConstraint(condition=models.Q(('secret', ''), ('status__in', ['queued', 'sending']), _connector='OR'), name='message_secret_only_while_waiting')],
            },
        ),
    ]
