"""/why/: the evidence behind leg training, claim by claim. Anybody may read it."""

from __future__ import annotations

from collections import Counter

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.evidence import references_of, with_movements
from exercises.models import Claim, Verdict


@login_not_required
@require_safe
def why(request: HttpRequest) -> HttpResponse:
    claims = list(Claim.objects.prefetch_related("references"))
    wanted = request.GET.get("verdict", "")
    chosen = wanted if wanted in Verdict.values else ""
    shown = [claim for claim in claims if chosen in ("", claim.verdict)]
    counts = Counter(claim.verdict for claim in claims)
    context = {
        "all": len(claims),
        "chosen": chosen,
        "verdicts": [(value, label, counts[value]) for value, label in Verdict.choices],
        "rows": with_movements(shown),
        "references": references_of(shown),
    }
    return render(request, "exercises/why.html", context)
