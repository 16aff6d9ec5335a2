"""What we do differently from allauth."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.stops import copy_stops

logger = logging.getLogger(__name__)


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

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """At once, because somebody waits for it, and its secret must stand in no queue. Where the
        mail server does not take it, they are told to ask again; what they typed is kept."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # those of smtplib too
            logger.warning("A mail about signing in was not sent: %s", type(error).__name__)
            sentence = _("The mail could not be sent just now. Ask for it again in a few minutes.")
            messages.error(self.request, sentence)
            self.request.mail_failed = True

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *rest: Any,
        **named: Any,
    ) -> None:
        """All that allauth says but that a mail was sent which was not."""
        says_sent = message_template == "account/messages/email_confirmation_sent.txt"
        if not (says_sent and getattr(request, "mail_failed", False)):
            super().add_message(request, level, message_template, *rest, **named)
