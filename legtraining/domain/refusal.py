"""What a parser answers when it cannot read what somebody typed."""


class Refusal(ValueError):
    """A sentence for the person who typed.

    `sentence` is marked with `gettext_noop` where it is written and holds `%(name)s` for each of
    `values`, so that whoever shows it can translate it first. `str()` gives it in English.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        self.sentence, self.values = sentence, values
        super().__init__(sentence % values)


def gettext_noop(sentence: str) -> str:
    """`sentence` itself; `makemessages` collects what is written inside the call."""
    return sentence
