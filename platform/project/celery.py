"""The worker's application."""

import os

from celery import Celery
from django.conf import settings
from kombu import Queue

from project import schedule

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings.local")

app = Celery("motcua", task_cls="tenants.registry.tasks:TenantTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
# A worker that is started without -Q listens to all of them, as before there were several.
app.conf.task_queues = [
    Queue(name, routing_key=name)
    for name in (settings.CELERY_TASK_DEFAULT_QUEUE, settings.LONG_QUEUE, settings.ROLLOUT_QUEUE)
]
app.autodiscover_tasks()
app.autodiscover_tasks(["project"], related_name="relay")  # which imports the calendar's round
app.autodiscover_tasks(["project"], related_name="rollouts")
app.autodiscover_tasks(["project"], related_name="onboarding_jobs")
app.autodiscover_tasks(["project"], related_name="tenant_work")
app.autodiscover_tasks(["project"], related_name="catalogue_rounds")
app.autodiscover_tasks(["project"], related_name="effects")
app.autodiscover_tasks(["project"], related_name="offers")
app.autodiscover_tasks(["project"], related_name="adoption_rounds")
schedule.install(app)
