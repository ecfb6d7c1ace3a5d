"""The roof: the one place that knows every room."""

from project.celery import app as celery_app

__all__ = ["celery_app"]
