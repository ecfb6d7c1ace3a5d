from apps.documents.services.issuing import issue

__all__ = ["issue"]
