"""What is done outside of the request."""

from django.tasks import task

from accounts.delivery import deliver_letter


@task
def deliver(pk: int) -> None:
    """Sends one letter. Called twice, or too early, it changes nothing."""
    deliver_letter(pk)
