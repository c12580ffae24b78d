from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0007_timeline"),
    ]

    operations = [
        migrations.AddField(
            model_name="segment",
            name="failed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="segment",
            name="failure",
            field=models.CharField(blank=True, max_length=200, null=True),
        ),
    ]
