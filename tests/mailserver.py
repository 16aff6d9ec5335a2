"""A mail server that the tests own: it takes mail, refuses whom it is told, or never answers."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as policy


class Conversation(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as is needed."""

    server: Mailserver

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            word = line.upper().split(":")[0].split(" ")[0]
            if word == "RCPT" and any(name in line for name in self.server.refused):
                self.say(f"550 no such person: {line}")
            elif word == "DATA":
                self.say("354 go on")
                text = b""
                while not text.endswith(b"\r\n.\r\n"):
                    text += self.rfile.readline()
                self.server.got.set()
                self.server.may_answer.wait(timeout=60)
                self.server.taken.append(text)
                self.say("250 taken")
            else:
                self.say("221 bye" if word == "QUIT" else "250 ok")

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class Mailserver(socketserver.ThreadingTCPServer):
    """`taken` is what came over the line. Clear `may_answer`, and it hangs with the mail in hand;
    `got` says that it has one."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.taken: list[bytes] = []
        self.refused: list[str] = []
        self.got, self.may_answer = threading.Event(), threading.Event()
        self.may_answer.set()

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(text, policy=policy) for text in self.taken]

    def handle_error(self, request: object, client_address: object) -> None:
        """Who was killed hangs up: that is no news for the terminal."""


@contextmanager
def running() -> Iterator[Mailserver]:
    with Mailserver() as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield server
        finally:
            server.may_answer.set()
            server.shutdown()


def smtp(port: int) -> dict[str, object]:
    """`MAILERS` for a server on this machine."""
    options = {"host": "127.0.0.1", "port": port, "timeout": 10}
    backend = "django.core.mail.backends.smtp.EmailBackend"
    return {"default": {"BACKEND": backend, "OPTIONS": options}}


def nobody_there() -> dict[str, object]:
    """`MAILERS` for a server that is away."""
    with Mailserver() as closed:
        return smtp(closed.port)
