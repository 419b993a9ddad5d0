from django.db import migrations, models

# What was found before has its words in the language of whoever answered: nobody knows which.
TEXT = "update reviews_screeninganswer set evidence_fr = evidence, evidence_nl = evidence, evidence_en = evidence"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0011_find_the_doubts")]

    operations = [
        *(
            migrations.AddField(
                model_name="screeninganswer",
                name=f"evidence_{language}",
                field=models.CharField(blank=True, max_length=500, null=True, verbose_name="evidence"),
            )
            for language in ("fr", "nl", "en")
        ),
        migrations.RunSQL(TEXT, migrations.RunSQL.noop),
    ]
