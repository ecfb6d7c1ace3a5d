"""The worker's application."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings.local")

app = Celery("motcua", task_cls="tenants.registry.tasks:TenantTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["project"], related_name="relay")
app.conf.beat_schedule_filename = os.environ.get("BEAT_FILE", "/tmp/motcua-beat")  # noqa: S108 - rebuilt at every start
