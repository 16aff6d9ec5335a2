"""Which month a word names, in the languages that training apps write their dates in."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

# How the months' names begin, January to December, small and without accents, a line for a month.
# The longest beginning that fits decides: "juin" is not "jui", "marraskuu" is not "mar".
_BEGINNINGS = (
    "jan jaan ian ene gen oca tam sty led sij янв януар січ ιαν",
    "feb veeb fev sub hel lut uno фев лют φεβ",
    "mar mrz maa mrt maerz bre мар бер μαρ",
    "apr avr abr nis huh kwi dub апр кві απρ",
    "may mai mei maj mag tou kve maggio май мая тра μαι",
    "jun juun juin giu iun haz kes cze cvn cervn cerven июн юни чер ιουν",
    "jul juul juil lug iul tem hei lip cvc cec cervenc cervenec июл юли лип ιουλ",
    "aug ago aou agu avg elo sie srp авг сер αυγ",
    "sep set syy wrz zar eyl sze сен сеп вер σεπ",
    "oct okt out ott lok paz rij eki окт жов οκτ",
    "nov marras lis kas noi ноя ноем лис νοε",
    "dec dez dic des det jou gru pro ara дек гру δεκ",
)
_SHORTEST = 3
_LONGEST = 12


def plain(text: str) -> str:
    """`text` small and without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare).replace("ı", "i")


def _by_beginning() -> Mapping[str, int]:
    return {
        plain(beginning): number
        for number, line in enumerate(_BEGINNINGS, 1)
        for beginning in line.split()
    }


_MONTHS = _by_beginning()


@lru_cache(maxsize=500)
def month(word: str) -> int | None:
    """The number of the month that `word` names, full or shortened; None for no month.

    `word` is short (the caller's to see to) and may be in any case, with accents or without.
    """
    word = plain(word)
    for length in range(min(len(word), _LONGEST), _SHORTEST - 1, -1):
        if number := _MONTHS.get(word[:length]):
            return number
    return None
