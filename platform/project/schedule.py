"""What runs when: every periodic task on one page.

The clock's tasks run at the centre and only hand out work: each tenant that is
ready gets a task of its own.
"""

from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_embedded_init, beat_init

ROUND_SECONDS = 20.0  # how long news may wait when the wake-up after a commit was lost


def install(app: Celery) -> None:
    beat_init.connect(_begin)
    beat_embedded_init.connect(_begin)
    app.conf.beat_schedule = {
        "outbox-round": {"task": "project.relay.kick_every_tenant", "schedule": ROUND_SECONDS},
        "letters-round": {"task": "project.relay.letters_every_tenant", "schedule": 60.0},
        "health": {
            "task": "project.relay.report_every_tenant",
            "schedule": 300.0,
            "options": {"expires": 300.0},
        },
        "national-calendar": {"task": "project.relay.calendar_every_tenant", "schedule": 300.0},
        "versions-superseded": {"task": "project.catalogue_rounds.note_superseded", "schedule": 300.0},
        "adoption-overdue": {"task": "project.adoption_rounds.adopt_overdue", "schedule": 900.0},
        # One that waits longer than its round is late for nothing: the next one does the same.
        "rollouts": {
            "task": "project.rollouts.carry_on",
            "schedule": ROUND_SECONDS,
            "options": {"expires": ROUND_SECONDS},
        },
        # By night, when nobody waits: it reads every dossier that was finished lately.
        "durations": {"task": "project.relay.count_every_tenant", "schedule": crontab(hour=1, minute=30)},
        # Before the working day: the boards then say of every schema whether it is its release's.
        "shapes": {"task": "project.rollouts.look_at_shapes", "schedule": crontab(hour=4, minute=30)},
        "forget-old-keys": {"task": "project.relay.clean_every_tenant", "schedule": 3600.0},
    }


def _begin(sender: Any, **_more: Any) -> None:
    """Whoever starts the house wants to see how everybody is at once, not after the clock's first round."""
    sender.app.send_task("project.relay.report_every_tenant")
