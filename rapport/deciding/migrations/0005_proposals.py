import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import rapport.lib.translated
import rapport.listening.models.voice


class Migration(migrations.Migration):

    dependencies = [
        ('deciding', '0004_commitments'),
        ('listening', '0005_voices_out_of_surveys'),
        ('loop', '0004_turns_of_promises'),
        ('places', '0001_branches'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HouseRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', rapport.lib.translated.WordsField(default=dict, verbose_name='rule')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('stopped_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'rule of the house',
                'verbose_name_plural': 'rules of the house',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Collection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', rapport.lib.translated.WordsField(default=dict, verbose_name='title')),
                ('about', rapport.lib.translated.WordsField(blank=True, default=dict, verbose_name='what it is about')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('most_proposals', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='proposals of each person, at most')),
                ('most_supports', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='proposals that each person may support, at most')),
                ('threshold', models.PositiveIntegerField(blank=True, null=True, verbose_name='supporters needed for an answer')),
                ('title_length', models.PositiveSmallIntegerField(default=120, verbose_name='characters of a title, at most')),
                ('words_length', models.PositiveSmallIntegerField(default=2000, verbose_name='characters of a proposal, at most')),
                ('edit_minutes', models.PositiveIntegerField(default=60, verbose_name='minutes in which authors may still change a published proposal')),
                ('moderation', models.CharField(choices=[('after', 'everybody reads it at once, and we look at it afterwards'), ('before', 'somebody of the library reads it first')], default='after', max_length=8, verbose_name='who reads it first')),
                ('takes_supports', models.BooleanField(default=True, verbose_name='people can support proposals')),
                ('takes_comments', models.BooleanField(default=True, verbose_name='people can comment')),
                ('takes_amendments', models.BooleanField(default=True, verbose_name='people can suggest changes')),
                ('takes_pictures', models.BooleanField(default=True, verbose_name='a picture may be added')),
                ('asks_branch', models.BooleanField(default=False, verbose_name='ask which branch it is about')),
                ('asks_place', models.BooleanField(default=False, verbose_name='ask which place it is about')),
                ('guiding', rapport.lib.translated.WordsField(blank=True, default=dict, verbose_name='questions that help to write, one on each line')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('phase', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='deciding.phase')),
                ('shaping', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='deciding.phase', verbose_name='support, comments and changes are also taken in')),
            ],
            options={
                'verbose_name': 'collection of proposals',
                'verbose_name_plural': 'collections of proposals',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='how you are named to others')),
                ('stance', models.CharField(choices=[('for', 'for it'), ('against', 'against it'), ('question', 'a question')], default='question', max_length=8, verbose_name='this is')),
                ('words', models.TextField(max_length=1000, verbose_name='comment')),
                ('language', models.CharField(blank=True, max_length=12)),
                ('channel', models.CharField(choices=[('web', 'website'), ('poster', 'poster'), ('kiosk', 'kiosk'), ('paper', 'paper'), ('desk', 'at the desk'), ('phone', 'by phone'), ('mail', 'by mail'), ('survey', 'in a survey'), ('import', 'brought in from a file')], default='web', max_length=20)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('hidden_at', models.DateTimeField(blank=True, null=True)),
                ('looked_at', models.DateTimeField(blank=True, null=True)),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='deciding.comment')),
                ('participant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='deciding.participant')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'comment',
                'verbose_name_plural': 'comments',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CommentReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(max_length=300, verbose_name='what is wrong with it')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='deciding.comment')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='deciding.participant')),
            ],
            options={
                'verbose_name': 'report of a comment',
                'verbose_name_plural': 'reports of comments',
            },
        ),
        migrations.CreateModel(
            name='Merging',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.TextField(blank=True, verbose_name='why')),
                ('state', models.CharField(choices=[('waiting', 'waiting for the authors'), ('done', 'done'), ('declined', 'an author said no'), ('called_off', 'called off')], default='waiting', max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mergings', to='deciding.collection')),
            ],
            options={
                'verbose_name': 'merging',
                'verbose_name_plural': 'mergings',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('title', rapport.lib.translated.WordsField(blank=True, default=dict, verbose_name='title')),
                ('words', rapport.lib.translated.WordsField(blank=True, default=dict, verbose_name='words')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='place')),
                ('picture', models.ImageField(blank=True, upload_to='proposals/%Y/%m', verbose_name='picture')),
                ('picture_words', models.CharField(blank=True, max_length=200, verbose_name='what the picture shows')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('waiting', 'waiting to be read'), ('returned', 'sent back to its authors'), ('public', 'published'), ('hidden', 'hidden'), ('withdrawn', 'withdrawn by its authors'), ('merged', 'went into another')], default='draft', max_length=10)),
                ('outcome', models.CharField(blank=True, choices=[('evaluating', 'being looked into'), ('accepted', 'accepted'), ('partly', 'accepted in part'), ('rejected', 'declined')], max_length=10)),
                ('supporters', models.PositiveIntegerField(default=0)),
                ('channel', models.CharField(choices=[('web', 'website'), ('poster', 'poster'), ('kiosk', 'kiosk'), ('paper', 'paper'), ('desk', 'at the desk'), ('phone', 'by phone'), ('mail', 'by mail'), ('survey', 'in a survey'), ('import', 'brought in from a file')], default='web', max_length=20, verbose_name='channel')),
                ('code', models.CharField(default=rapport.listening.models.voice.new_code, max_length=8, unique=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('enough_at', models.DateTimeField(blank=True, null=True)),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('branch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.branch', verbose_name='branch')),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='deciding.collection')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('loop', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='loop.loop')),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('voice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='listening.voice')),
            ],
            options={
                'verbose_name': 'proposal',
                'verbose_name_plural': 'proposals',
                'ordering': ['-published_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='OfficialAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('evaluating', 'being looked into'), ('accepted', 'accepted'), ('partly', 'accepted in part'), ('rejected', 'declined')], max_length=10, verbose_name='what becomes of it')),
                ('reason', rapport.lib.translated.WordsField(default=dict, verbose_name='why')),
                ('next_words', rapport.lib.translated.WordsField(blank=True, default=dict, verbose_name='what happens next')),
                ('cost', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='what it costs')),
                ('due', models.DateField(blank=True, null=True, verbose_name='by when')),
                ('doer', rapport.lib.translated.WordsField(blank=True, default=dict, verbose_name='who does it')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='deciding.proposal')),
            ],
            options={
                'verbose_name': 'answer of the library',
                'verbose_name_plural': 'answers of the library',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Moderation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('doing', models.CharField(choices=[('let_through', 'let everybody read it'), ('sent_back', 'sent it back'), ('hidden', 'hid it'), ('shown_again', 'showed it again')], max_length=12)),
                ('words', models.TextField(blank=True, verbose_name='in your words, for the author')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('comment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='moderations', to='deciding.comment')),
                ('rule', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deciding.houserule')),
                ('proposal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='moderations', to='deciding.proposal')),
            ],
            options={
                'verbose_name': 'moderation',
                'verbose_name_plural': 'moderations',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MergingResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('words', models.TextField(verbose_name='words')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('merging', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='deciding.merging')),
                ('proposal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='made_by', to='deciding.proposal')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MergingPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_live', models.BooleanField(default=True)),
                ('consented_at', models.DateTimeField(blank=True, null=True)),
                ('consented_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='deciding.participant')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('merging', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='deciding.merging')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merging_parts', to='deciding.proposal')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Meaning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vector', models.BinaryField()),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='meaning', to='deciding.proposal')),
            ],
        ),
        migrations.AddField(
            model_name='comment',
            name='proposal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='deciding.proposal'),
        ),
        migrations.CreateModel(
            name='Authorship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='how you are named to others')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='deciding.participant')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authorships', to='deciding.proposal')),
            ],
            options={
                'verbose_name': 'authorship',
                'verbose_name_plural': 'authorships',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ProposalCategory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', rapport.lib.translated.WordsField(default=dict, verbose_name='category')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='categories', to='deciding.collection')),
            ],
            options={
                'verbose_name': 'category of proposals',
                'verbose_name_plural': 'categories of proposals',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='proposal',
            name='category',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='deciding.proposalcategory', verbose_name='category'),
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('web', 'website'), ('poster', 'poster'), ('kiosk', 'kiosk'), ('paper', 'paper'), ('desk', 'at the desk'), ('phone', 'by phone'), ('mail', 'by mail'), ('survey', 'in a survey'), ('import', 'brought in from a file')], default='web', max_length=20)),
                ('is_proven', models.BooleanField(default=True)),
                ('sheet_mark', models.CharField(blank=True, max_length=64)),
                ('is_carried', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='deciding.participant')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='deciding.proposal')),
            ],
            options={
                'verbose_name': 'support',
                'verbose_name_plural': 'supports',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('words', models.TextField()),
                ('why', models.TextField(blank=True, verbose_name='why it was changed')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('participant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='deciding.participant')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='deciding.proposal')),
            ],
            options={
                'verbose_name': 'version',
                'verbose_name_plural': 'versions',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='how you are named to others')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('words', models.TextField(verbose_name='words')),
                ('why', models.TextField(verbose_name='why')),
                ('channel', models.CharField(choices=[('web', 'website'), ('poster', 'poster'), ('kiosk', 'kiosk'), ('paper', 'paper'), ('desk', 'at the desk'), ('phone', 'by phone'), ('mail', 'by mail'), ('survey', 'in a survey'), ('import', 'brought in from a file')], default='web', max_length=20)),
                ('state', models.CharField(choices=[('waiting', 'waiting for the authors'), ('accepted', 'accepted'), ('declined', 'declined'), ('withdrawn', 'taken back')], default='waiting', max_length=10)),
                ('answer', models.TextField(blank=True, verbose_name='what the authors say to it')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='deciding.participant')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='deciding.participant')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amendments', to='deciding.proposal')),
                ('base', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='deciding.version')),
            ],
            options={
                'verbose_name': 'suggested change',
                'verbose_name_plural': 'suggested changes',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='collection',
            constraint=models.CheckConstraint(condition=models.Q(('title_length__gte', 20), ('title_length__lte', 200), ('words_length__gte', 100), ('words_length__lte', 10000)), name='proposals_have_room'),
        ),
        migrations.AddConstraint(
            model_name='collection',
            constraint=models.CheckConstraint(condition=models.Q(('threshold', None), ('threshold__gte', 1), _connector='OR'), name='threshold_is_one_at_least'),
        ),
        migrations.AddConstraint(
            model_name='commentreport',
            constraint=models.UniqueConstraint(fields=('comment', 'participant'), name='reported_once'),
        ),
        migrations.AddConstraint(
            model_name='officialanswer',
            constraint=models.CheckConstraint(condition=models.Q(('cost', None), ('cost__gte', 0), _connector='OR'), name='answer_costs_nothing_or_more'),
        ),
        migrations.AddConstraint(
            model_name='moderation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('comment__isnull', False), ('proposal__isnull', True)), models.Q(('comment__isnull', True), ('proposal__isnull', False)), _connector='OR'), name='moderates_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='moderation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('doing__in', ['sent_back', 'hidden']), _negated=True), ('rule__isnull', False), models.Q(('words', ''), _negated=True), _connector='OR'), name='moderated_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='mergingpart',
            constraint=models.UniqueConstraint(condition=models.Q(('is_live', True)), fields=('proposal',), name='in_one_merging_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['proposal', 'stance', 'at'], name='comment_of_proposal'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('hidden_at', None), ('looked_at__isnull', False), _connector='OR'), name='hidden_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='authorship',
            constraint=models.UniqueConstraint(fields=('proposal', 'participant'), name='author_once'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['collection', 'state', '-published_at'], name='proposal_newest'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['collection', 'state', '-supporters'], name='proposal_supported'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'public'), _negated=True), models.Q(('loop__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='published_proposal_has_story'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.UniqueConstraint(fields=('proposal', 'participant'), name='supported_once'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.UniqueConstraint(condition=models.Q(('sheet_mark', ''), _negated=True), fields=('proposal', 'sheet_mark'), name='once_on_the_lists'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('proposal', 'number'), name='version_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='declined_change_has_reason'),
        ),
    ]
