import datetime

from django.db import migrations
from django.db.models.functions import TruncDate


def move_on(apps, schema_editor):
    """Let imported invitations that bounced and were opened be OPENED, as all others are. A day of a zone lies within
    two of UTC."""
    alias = schema_editor.connection.alias
    told = apps.get_model("surveys", "Invitation").objects.using(alias).filter(
        campaign__isnull=True, state="BOUNCED", opened_at__isnull=False
    )
    days = set()
    for day in told.order_by().values_list(TruncDate("sent_at", tzinfo=datetime.UTC), flat=True).distinct():
        days |= {day + datetime.timedelta(days=n) for n in (-1, 0, 1)}
    told.update(state="OPENED")
    mark = apps.get_model("dirty", "DirtyMark")
    mark.objects.using(alias).bulk_create([mark(topic="invitation", day=day) for day in sorted(days)], batch_size=1_000)


class Migration(migrations.Migration):

    dependencies = [
        ('dirty', '0001_initial'),
        ('surveys', '0009_follow_up_rules'),
    ]

    operations = [
        migrations.RunPython(move_on, migrations.RunPython.noop),
    ]
