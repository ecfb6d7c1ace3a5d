"""Who the tenants are and how the fleet is run. Knows no domain."""
