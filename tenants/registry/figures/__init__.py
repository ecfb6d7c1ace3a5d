"""How the requests of each tenant fare: counted in the process, kept in Valkey for some hours, read by gates."""
