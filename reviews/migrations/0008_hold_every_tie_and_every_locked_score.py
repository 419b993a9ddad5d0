# What is known of who screened: the answers as they stand, and the chain of events, which keeps everybody.

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


EVERYBODY_WHO_SCREENED = """
    INSERT INTO reviews_screener (application_id, person_id, since)
    SELECT application_id, person_id, min(since) FROM (
        SELECT application_id, answered_by_id AS person_id, answered_at AS since FROM reviews_screeninganswer
        UNION ALL
        SELECT f.id, u.id, e.at FROM audit_event e
          JOIN applications_application f ON e.object = 'application:' || f.public_id
          JOIN accounts_user u ON split_part(e.actor, ':', 2) = u.public_id::text
         WHERE e.verb IN ('application.screened', 'application.admitted')
    ) AS known GROUP BY application_id, person_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0004_let_a_reserve_come_back"),
        ("audit", "0001_create_the_event_chain"),
        ("reviews", "0007_keep_a_list_as_a_draft"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Screener",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screeners",
                        to="applications.application",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["application", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("application"), models.F("person"), name="a_screener_of_a_file_is_noted_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(EVERYBODY_WHO_SCREENED, migrations.RunSQL.noop),
        pgtrigger.migrations.RemoveTrigger(
            model_name="decision",
            name="four_eyes_by_person",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="score",
            name="scores_are_written_in_an_open_review",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="four_eyes_by_person",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM 1 FROM reviews_assignment a\n      WHERE a.application_id = NEW.application_id AND a.reviewer_id = NEW.approved_by_id;\n    IF FOUND THEN\n        RAISE EXCEPTION 'the approver was asked to review this application' USING ERRCODE = 'check_violation';\n    END IF;\n    PERFORM 1 FROM reviews_screener r\n      WHERE r.application_id = NEW.application_id AND r.person_id = NEW.approved_by_id;\n    IF FOUND THEN\n        RAISE EXCEPTION 'the approver screened this application' USING ERRCODE = 'check_violation';\n    END IF;\n    PERFORM 1 FROM applications_application f\n      WHERE f.id = NEW.application_id AND f.channel = 'paper' AND f.created_by_id = NEW.approved_by_id;\n    IF FOUND THEN\n        RAISE EXCEPTION 'the approver entered this application from paper' USING ERRCODE = 'check_violation';\n    END IF;\n    PERFORM 1 FROM organisations_membership m\n      JOIN applications_application f ON f.organisation_id = m.organisation_id\n     WHERE f.id = NEW.application_id AND m.user_id = NEW.approved_by_id;\n    IF FOUND THEN\n        RAISE EXCEPTION 'the approver belongs to the organisation that applies' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n",
                    hash="2fc5c63a1343a5e6ce63f21fe15a9d3a8a7049a9",
                    operation="INSERT",
                    pgid="pgtrigger_four_eyes_by_person_55429",
                    table="reviews_decision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="proposal",
            trigger=pgtrigger.compiler.Trigger(
                name="nobody_with_a_tie_freezes_a_list",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM 1 FROM organisations_membership m\n      JOIN applications_application f ON f.organisation_id = m.organisation_id\n     WHERE f.call_id = NEW.call_id AND m.user_id = NEW.prepared_by_id;\n    IF FOUND THEN\n        RAISE EXCEPTION 'the preparer belongs to an applicant of this call' USING ERRCODE = 'check_violation';\n    END IF;\n    PERFORM 1 FROM reviews_assignment a\n      JOIN applications_application f ON f.id = a.application_id\n     WHERE f.call_id = NEW.call_id AND a.reviewer_id = NEW.prepared_by_id AND a.state IN ('conflict', 'recused');\n    IF FOUND THEN\n        RAISE EXCEPTION 'the preparer has a conflict of interest in this call' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n",
                    hash="6dce0bf4973e2994db3bd852ba57cbf3ac7eb581",
                    operation='INSERT OR UPDATE OF "prepared_by_id"',
                    pgid="pgtrigger_nobody_with_a_tie_freezes_a_list_b87c1",
                    table="reviews_proposal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="score",
            trigger=pgtrigger.compiler.Trigger(
                name="scores_are_written_in_an_open_review",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM 1 FROM reviews_assignment a\n      JOIN applications_application f ON f.id = a.application_id\n      WHERE a.id = NEW.assignment_id AND a.state = 'in_progress'\n        AND f.state NOT IN ('draft', 'submitted', 'in_screening')\n        AND NOT (f.state = 'correction_requested' AND f.correction_from = 'in_screening')\n        FOR SHARE OF a;\n    IF NOT FOUND THEN\n        RAISE EXCEPTION 'scores are only given in an open review of an admitted file' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n",
                    hash="334a57fd7e772b15c031c2b408050feefda1a2b0",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_scores_are_written_in_an_open_review_e1fbf",
                    table="reviews_score",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="score",
            trigger=pgtrigger.compiler.Trigger(
                name="scores_of_a_closed_review_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM 1 FROM reviews_assignment a\n      WHERE a.id = OLD.assignment_id AND a.state = 'in_progress' FOR SHARE;\n    IF NOT FOUND THEN\n        RAISE EXCEPTION 'the scores of a review that is not open stay' USING ERRCODE = 'check_violation';\n    END IF;\n    IF TG_OP = 'DELETE' THEN\n        RETURN OLD;\n    END IF;\n    RETURN NEW;\n",
                    hash="c5f2af3debed13548c016ecc80481d12a4225eed",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_scores_of_a_closed_review_stay_a41be",
                    table="reviews_score",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="screener",
            trigger=pgtrigger.compiler.Trigger(
                name="a_screener_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f5f89e79db192e499ff5624c3196cadcd37a1459",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_a_screener_stays_abdfd",
                    table="reviews_screener",
                    when="BEFORE",
                ),
            ),
        ),
    ]
