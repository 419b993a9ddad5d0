"""The floor and the roof of Convoca: settings, addresses, tasks, and the apps that everyone leans on."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
