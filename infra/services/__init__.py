"""PostgreSQL and Valkey out of two wheels, for the demo, the tests and the bench.

Never for production. Runs on a bare machine, as root or not: the servers
themselves always run without root's rights.
"""

from infra.services.running import Addresses, ServicesDown, both_running, start_services, stop_services

__all__ = ["Addresses", "ServicesDown", "both_running", "start_services", "stop_services"]
