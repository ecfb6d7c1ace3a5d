from apps.results.services.handing_over import hand_over
from apps.results.services.recording import record_result

__all__ = ["hand_over", "record_result"]
