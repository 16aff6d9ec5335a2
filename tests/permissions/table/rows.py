"""What a row of the matrix says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.permissions.world import ROLES

# `in` leads to signing in. The others are the status of the answer.
IN = "in"
REFUSED = {"403", "404", IN}


@dataclass(frozen=True)
class Row:
    """One address, one method, and the answer to each of `ROLES`, in their order:

    owner, their trainer with health consent, their trainer without, their former trainer, another
    trainer, another member, editor, admin, nobody (not signed in).
    """

    route: str  # as it stands in the urls, with all prefixes
    method: str
    answers: str
    # What is put into the route's places, in their order: names of the world, or numbers. Where
    # the route is a regular expression: the whole address, from its first slash on.
    at: str = ""
    ask: str = ""  # the query, with its question mark
    send: Mapping[str, object] = field(default_factory=dict)  # what a form sends; bytes: a file
    first: str = ""  # the method of the world that makes the request possible
    still: bool = False  # a form that changes nothing, whoever sends it
    open: bool = False  # the secret in the address is the right to do it, whoever has it
    tells: tuple[str, ...] = ()  # the secrets that it then tells

    def __str__(self) -> str:
        about = " ".join(filter(None, (self.at, self.ask, self.first)))
        return f"{self.method} /{self.route}{' of ' if about else ''}{about}"

    @property
    def expected(self) -> dict[str, str]:
        return dict(zip(ROLES, self.answers.split(), strict=True))

    def address(self, names: Mapping[str, object]) -> str:
        if self.at.startswith("/"):
            path = self.at.format_map(names)
        else:
            values = iter(self.at.split())
            path = "/" + re.sub(r"<[^>]+>", lambda _: value_of(next(values), names), self.route)
        return path + self.ask.format_map(names)

    def body(self, names: Mapping[str, object]) -> dict[str, object]:
        return {name.format_map(names): filled(value, names) for name, value in self.send.items()}


def value_of(name: str, names: Mapping[str, object]) -> str:
    return str(names.get(name, name))


def filled(value: object, names: Mapping[str, object]) -> object:
    if isinstance(value, str):
        return value.format_map(names)
    return [filled(each, names) for each in value] if isinstance(value, list) else value
