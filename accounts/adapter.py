"""What we do differently from allauth."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string

from accounts.models import User
from accounts.stops import copy_stops


class AccountAdapter(DefaultAccountAdapter):
    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """With a new address goes what its owner does not want to get."""
        old = User.objects.values_list("email", flat=True).get(pk=email_address.user_id)
        confirmed: bool = super().confirm_email(request, email_address)
        if confirmed and old != email_address.email:
            copy_stops(old=old, new=email_address.email)
        return confirmed

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """The words of the text once more as HTML, so that links in them can be followed."""
        message = super().render_mail(template_prefix, email, context, headers)
        if isinstance(message, EmailMultiAlternatives) and not message.alternatives:
            words = {"subject": message.subject, "text": message.body}
            message.attach_alternative(render_to_string("mail/sign_in.html", words), "text/html")
        return message
