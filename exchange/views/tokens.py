"""A member's access tokens: made, shown once, revoked."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from exchange import tokens as services
from exchange.forms_tokens import TokenForm
from exchange.models import AccessToken, Scope
from legtraining.domain.refusal import Refusal
from legtraining.fields import refused

ENDED_SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def tokens(request: SignedInRequest) -> HttpResponse:
    """The answer to the form is the only page that ever shows a token; no browser keeps it."""
    form = TokenForm(request.POST if request.method == "POST" else None, request=request)
    made, secret = None, ""
    if form.is_valid():
        try:
            made, secret = services.make_token(member=request.user, **form.asked())
        except Refusal as refusal:
            form.add_error("name", refused(refusal))
        else:
            form = TokenForm(request=request)
    context = {
        "form": form,
        "made": made,
        "secret": secret,
        "tokens": [
            (token, ", ".join(str(Scope(scope).label) for scope in token.scopes))
            for token in AccessToken.objects.of_member(request.user).usable()
        ],
        "ended": ended_of(request.user)[:ENDED_SHOWN],
    }
    return render(request, "exchange/tokens.html", context, status=422 if form.errors else 200)


def ended_of(member: User) -> QuerySet[AccessToken]:
    """What works no longer, the newest first."""
    mine = AccessToken.objects.of_member(member)
    return mine.exclude(pk__in=mine.usable().order_by().values("pk"))


@require_POST
def revoke_token(request: SignedInRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(AccessToken.objects.of_member(request.user), pk=pk)
    services.revoke_token(token=token)
    messages.success(request, _("“%(name)s” reads nothing any more.") % {"name": token.name})
    return redirect("tokens")
