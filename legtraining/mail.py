"""Mail where there is no mail server: on the terminal, to be read there."""

from django.core.mail import EmailMessage
from django.core.mail.backends import console


class EmailBackend(console.EmailBackend):
    """Prints what the receiver would read.

    Django's own prints what goes over the line, where a long link is cut into pieces.
    """

    def write_message(self, message: EmailMessage) -> None:
        head = f"To: {', '.join(message.recipients())}\nSubject: {message.subject}"
        self.stream.write(f"{head}\n\n{message.body.strip()}\n{'-' * 79}\n")
