"""The page behind the link in every mail: no more of this kind, without signing in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts import stops


@login_not_required
@csrf_exempt  # the signed address is the right to do it, and mail programs post it by themselves
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Stops mail of one kind at one address, also by one click (RFC 8058); `again` undoes it."""
    read = stops.read_token(token)
    if read is None:
        raise Http404
    kind, email = read
    again = "again" in request.POST
    if request.method == "POST":
        change = stops.allow if again else stops.stop
        change(kind=kind, email=email)
    stopped = stops.is_stopped(kind=kind, email=email)
    context = {"kind": kind.label, "stopped": stopped, "again": again}
    return render(request, "accounts/mail_stop.html", context)
