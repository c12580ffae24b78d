from django.db import migrations, models

_KINDS = ["TOUCHPOINT_EVENT", "INTERACTION", "SURVEY_RESPONSE"]


class Migration(migrations.Migration):
    """Say the same kinds in the order of the one enum there is: nothing changes in the database."""

    dependencies = [
        ("journeys", "0010_events_in_time"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint(model_name="frictionevidence", name="friction_evidence_kind_known"),
                migrations.AlterField(
                    model_name="frictionevidence",
                    name="kind",
                    field=models.CharField(choices=[(kind, kind) for kind in _KINDS], max_length=16),
                ),
                migrations.AddConstraint(
                    model_name="frictionevidence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", _KINDS)), name="friction_evidence_kind_known"
                    ),
                ),
            ]
        ),
    ]
