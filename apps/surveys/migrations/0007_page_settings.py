
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0006_sending"),
    ]

    operations = [
        migrations.CreateModel(
            name="PageSettings",
            fields=[
                ("id", models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("origins", models.JSONField(default=list)),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="page_settings_one_row")],
            },
        ),
    ]
