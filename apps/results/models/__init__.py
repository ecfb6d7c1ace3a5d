from apps.results.models.act import Act
from apps.results.models.hand_over import HandOver
from apps.results.models.result import Result

__all__ = ["Act", "HandOver", "Result"]
