"""The Celery application. A task is a doorbell: the job itself is a row in PostgreSQL (docs/decisions/the-outbox.md)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
