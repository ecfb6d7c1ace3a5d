"""What makes a password acceptable."""

from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
    validate_password,
)
from django.core.exceptions import ValidationError

from apps.accounts.errors import PasswordWeak
from apps.accounts.models import User

SHORTEST, LONGEST = 10, 256

_VALIDATORS: list[Any] = [
    MinimumLengthValidator(SHORTEST),
    CommonPasswordValidator(),
    NumericPasswordValidator(),
    UserAttributeSimilarityValidator(user_attributes=("username", "full_name", "email")),
]


def refuse_weak(password: str, *, user: User) -> None:
    """Raises PasswordWeak."""
    try:
        validate_password(password, user=user, password_validators=_VALIDATORS)
    except ValidationError as problem:
        raise PasswordWeak(field="password", shortest=SHORTEST, longest=LONGEST) from problem
    if len(password) > LONGEST:
        raise PasswordWeak(field="password", shortest=SHORTEST, longest=LONGEST)
