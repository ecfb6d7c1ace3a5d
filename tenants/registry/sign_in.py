"""Sign-in of operators, on their own host only."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind
from kernel.http.addresses import client_address
from kernel.http.attempts import WINDOW_SECONDS, Counter, find_exhausted, forget
from tenants.registry.context import find_current_tenant
from tenants.registry.models import Operator

LONGEST_PASSWORD = 256
_PER_NAME, _PER_ADDRESS = 10, 20


class OperatorLocked(DomainError):
    code = "registry.operator_locked"
    sentence = _("Đã nhập sai quá nhiều lần. Hãy đợi {minutes} phút rồi thử lại.")
    kind = Kind.FORBIDDEN


def _counters(username: str, address: str) -> tuple[Counter, ...]:
    return (
        Counter("operator:name", f"{username}\n{address}", _PER_NAME),
        Counter("operator:address", address, _PER_ADDRESS),
    )


class OperatorBackend(BaseBackend):
    """Raises OperatorLocked after too many failures."""

    def authenticate(  # type: ignore[override]  # an operator is no user of a tenant
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **rest: Any,
    ) -> Operator | None:
        if find_current_tenant() is not None or username is None or password is None:
            return None
        if len(password) > LONGEST_PASSWORD:
            return None
        counters = _counters(username[:60], client_address(request))
        if find_exhausted(counters) is not None:
            raise OperatorLocked(minutes=WINDOW_SECONDS // 60)
        operator = Operator.objects.filter(username=username[:60], is_active=True).first()
        if operator is None:
            make_password(password)  # as long as a real check: names cannot be told by the time it takes
            return None
        if not check_password(password, operator.password):
            return None
        forget(counters)
        return operator

    def get_user(self, user_id: int) -> Operator | None:  # type: ignore[override]
        if find_current_tenant() is not None:
            return None
        return Operator.objects.filter(id=user_id, is_active=True).first()
