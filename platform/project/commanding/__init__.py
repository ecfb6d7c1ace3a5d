"""Verbs of ``manage.py tenant`` that need the rooms; see tenants.provisioning.commanding for what a module gives."""
