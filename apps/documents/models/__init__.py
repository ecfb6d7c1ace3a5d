from apps.documents.models.counter import Counter
from apps.documents.models.issued_document import IssuedDocument

__all__ = ["Counter", "IssuedDocument"]
