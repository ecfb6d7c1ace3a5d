"""The bench of the fleet: births, upgrades and a restore, with django-tenants' own way in the same run."""
