"""For a tenant's administrators: units, people, procedures, calendar."""
