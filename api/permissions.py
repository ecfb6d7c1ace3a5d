"""Deny by default: a view names the scope of each method, or nobody gets in."""

from typing import Any

from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class HasScope(BasePermission):
    """``scopes`` of a view: method → scope that the token must carry."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if request.auth is None:
            return False
        scope = getattr(view, "scopes", {}).get(request.method)
        if scope is None:
            raise MethodNotAllowed(str(request.method))
        return bool(request.auth.allow_scopes([scope]))
