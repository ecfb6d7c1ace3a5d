"""OAuth2 client credentials (RFC 6749, 4.4): the token is looked up in the tenant's own schema."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from oauth2_provider.contrib.rest_framework import OAuth2Authentication
from rest_framework.request import Request

from apps.accounts import selectors as accounts
from apps.accounts.errors import UserUnknown
from kernel.actors import Actor, ActorKind


class Client:
    """Who a request comes from: what DRF calls the user. ``actor`` is what the services take as ``by``."""

    is_authenticated = True

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.pk = actor.id


class ClientAuthentication(OAuth2Authentication):
    """A token of another tenant is unknown here: it stands in another schema.

    Only the header is looked at. The library would also take a token from the
    address, where logs keep it, and would read the whole body of a stranger.
    """

    www_authenticate_realm = "mot-cua"

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        if not request.headers.get("Authorization", "").lower().startswith("bearer "):
            return None
        asked = HttpRequest()
        asked.META = {name: value for name, value in request.META.items() if name.startswith("HTTP_")}
        found = super().authenticate(asked)
        if found is None:
            request.oauth2_error = getattr(asked, "oauth2_error", {})
            return None
        token = found[1]
        try:
            actor = accounts.get_actor(token.application.user_id, on=timezone.localdate())
        except UserUnknown:
            return None  # whoever the client acted for has left
        return (Client(actor), token) if actor.kind == ActorKind.CLIENT else None
