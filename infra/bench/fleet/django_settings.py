"""The code of tomorrow: the same house, with the migrations of dossiers taken from the bench's own folder."""

import os

from project.settings.local import *  # noqa: F403

MIGRATION_MODULES = {"dossiers": os.environ["BENCH_MIGRATIONS"]}
