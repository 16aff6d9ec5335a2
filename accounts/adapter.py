"""What we do differently from allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest

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
