"""Sign-in of operators, on their own host only."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from tenants.registry.context import find_current_tenant
from tenants.registry.models import Operator


class OperatorBackend(BaseBackend):
    def authenticate(  # type: ignore[override]  # an operator is no user of a tenant
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **rest: Any,
    ) -> Operator | None:
        if find_current_tenant() is not None or username is None or password is None:
            return None
        operator = Operator.objects.filter(username=username, is_active=True).first()
        if operator is None:
            make_password(password)  # as long as a real check: names cannot be told by the time it takes
            return None
        return operator if check_password(password, operator.password) else None

    def get_user(self, user_id: int) -> Operator | None:  # type: ignore[override]
        if find_current_tenant() is not None:
            return None
        return Operator.objects.filter(id=user_id, is_active=True).first()
