"""Who asks: `Authorization: Bearer legs_...`, and what that token may read."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from accounts.models import User
from exchange.api.errors import missing_scope, no_token
from exchange.api.throttling import PER_TOKEN, WRONG_PER_ADDRESS, address_of, throttle
from exchange.models import AccessToken
from exchange.tokens import find_token, note_use


class TokenRequest(HttpRequest):
    """Behind `Token`: it has worked."""

    auth: AccessToken


class Token(HttpBearer):
    """A token with `scope`, or any token where none is named.

    The session's cookie is never looked at, so no other page can use it. Three queries at most:
    the token with its member, the count, and once a day that it was used.
    """

    openapi_description = "A token of the member's own, made at /accounts/tokens/."

    def __init__(self, scope: str = "") -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> AccessToken:
        scheme, _space, secret = request.headers.get(self.header, "").partition(" ")
        if scheme.lower() != self.openapi_scheme:
            sentence = _("Send your token: “Authorization: Bearer legs_…”.")
            raise no_token(sentence, wrong=False)
        return self.authenticate(request, secret.strip())

    def authenticate(self, request: HttpRequest, token: str) -> AccessToken:
        found = find_token(token)
        if found is None:
            throttle(f"wrong:{address_of(request)}", WRONG_PER_ADDRESS)
            raise no_token(
                _("This token does not work: it is wrong, has expired or was revoked."), wrong=True
            )
        throttle(f"token:{found.pk}", PER_TOKEN)
        note_use(found)
        if self.scope and self.scope not in found.scopes:
            raise missing_scope(self.scope)
        return found


def member_of(request: Any) -> User:
    """Whose token it is; everything is read through their doors."""
    return cast("TokenRequest", request).auth.member
