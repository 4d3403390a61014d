"""Text that a spreadsheet leaves as it is."""

import re
import unicodedata
from itertools import pairwise

from playhead.core.text import western

_WORDS = """
a si ngoho, adevărat, ala, ao, aplams, asiyonyaniso, bana, been, benar, berdat, beru, braero, breug,
chabodza, choona, daabi, dhugaa, diso, dogry, doğru, düz, egiazkoa, epätosi, eqqortoq, eqqunngitsoq,
exacte, fals, falsa, falsch, false, falsk, falskt, falso, falsum, faltsua, falz, farsu, faus, faux,
fauz, fałsz, fo, fäso, fås, fìor, fíor, gaskiya, giaman, gua'u, gwir, halale, hamis, haqiqiy, hewa,
igaz, ih, inf, infinity, jetnu, jitfa, karya, kituufu, kweli, lepat, leres, mamala, marina, mpenzá,
mpenzá tɛ́, mpya, n/a, na, nan, nepravda, net wier, netacno, netačno, neteisingai, netočno, ngaŋwa,
ngoho, ngunti, nibyo, njewěrno, nkalon, no berdat, none, ntiyiso, null, onwaar, oploms, palso,
patiess, patīss, pravda, prawda, prawje, prowda, pudno, qiniso, rangt, rast, run, rétt, sai, salah,
sand, sann, sant, sibyo, sikweli, soba, sonn, soxta, ssi kituufu, sɩda, tacno, taâ-tënë, tačno,
te'ete, teigha, teisingai, tiɲɛ, tjukaṟuru, tosi, točno, tru, true, tuod, tõene, tõtõ, ubbaw, usann,
uthui, vals, veira, veo, ver, vera, verai, verdadeiro, verdadero, veritat, vero, vertat, veru,
verum, vrai, vraiy, vre, vunwa, väär, vêr, võlsś, waahr, waar, wahr, waor, wier, wopak, wouer,
wätäkä, wěrno, xara, yanlış, yinyaniso, yiw, zĩri, ósonn, üi, ýalňyş, đúng, şaş, ȓ, ɛ, ʻoiaʻiʻo,
λάθοσ, σωστό, авиде, ақиқат, брехня, виде, вярно, вѣ́рнѡ, жалган, жалған, истина, ло́жнѡ, ложь,
невярно, неправда, несапраўдна, нетачно, неточно, правда, сапраўдна, суя, тĕрĕс, тачно, точно,
худал, чын, чындык, ялган, істина, қалбакӣ, үнэн, ҳаққонӣ, կեղծ, ճշմարիտ, אמת, פֿאַלש, خاطئ, خطأ,
درست, راست, صح, صحيح, غلط, نادرست, يالغان, गलत, ठीक, बेठीक, सही, মিথ্যা, সত্য, ਗਲਤ, ਸਹੀ, ખરું,
ખોટું, ମିଛ, ସତ, தப்ப, ஸரி, అపాదము, నిజము, ಗಲತ್, ಸಹೀ, അതെ, അല്ല, จริง, เท็จ, ບໍ່ແມ່ນ, ແມ່ນແລ້ວ, མེན་,
ཨིན་, မှန်, မှား, მცდარი, ჭეშმარიტი, ሓሶት, ሓቂ, ሔሰት, አውነት, ខុស, ត្រូវ, 假, 真, 거짓, 참
"""

VALUES = frozenset(word.strip() for word in _WORDS.replace("\n", " ").split(","))
"""In lower case."""


_BREAKS = re.compile(r"([;\t\r\n])")
"""Where another cell may begin: which of the signs parts them is a setting of whoever opens a table."""
_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_FILE = re.compile(
    r".+\.(?:aac|amr|flac|m4a|mp3|mp4|oga|ogg|opus|wav|webm|wma|json|txt|vtt|wave|weba)", re.I | re.S
)
_IN_NO_VALUE = frozenset('<>=_@&|!?*{}\\^"')
_LONGEST_VALUE = 6
"""Words that a date has at most, with its day, month and half of the day, in any language."""
_CHANGES = 5
"""From letters to figures or back: more than any value has, and fewer than most names made by machines."""


def guarded(text: str) -> str:
    """`text` as a cell that is shown as it is, by whatever opens it.

    An apostrophe stands before it where it is not plainly words. So `+31205550123` keeps its plus, `00123`
    its zeros and `May 2026` its word; nothing is carried out, nor becomes a truth. Another one stands before
    what follows a semicolon or a tab in it and is not plainly words either; behind a line break, where it
    begins with a sign or has no word. `unguarded` gives the text back.
    """
    before, *others = _BREAKS.split(text)
    found = [f"'{before}" if _may_be_value(before) else before]
    for parting, piece in zip(others[::2], others[1::2], strict=True):
        in_line = parting in ";\t"
        may = _may_be_value(piece) and (
            in_line or not any(map(str.isalpha, piece)) or _begins_with_sign(piece)
        )
        found += [parting, f"'{piece}" if may else piece]
    return "".join(found)


def unguarded(cell: str) -> str:
    """The text that `guarded` was given: one apostrophe is taken away at each of those places."""
    return "".join(piece.removeprefix("'") for piece in _BREAKS.split(cell))


def _may_be_value(piece: str) -> bool:
    """Tell whether some spreadsheet may take this for anything but text.

    Not decided by what dates, amounts and formulas look like, which differs by language and setting, but by
    what cannot be one: words without figures, sentences, ids, names of files, signs that no value has.
    """
    bare = piece.strip()
    if not bare:
        return False
    if _begins_with_sign(piece) or western(bare).casefold() in VALUES:
        return True
    return any(map(_is_figure, bare)) and not (
        _IN_NO_VALUE.intersection(bare)
        or len(_WORD.findall(bare)) > _LONGEST_VALUE
        or _FILE.fullmatch(bare)
        or _is_name(bare)
    )


def _begins_with_sign(piece: str) -> bool:
    first = piece.strip()[0]
    return not (first.isalpha() or _is_figure(first))


def _is_figure(letter: str) -> bool:
    """Tell whether it is a figure of any script, a fraction among them."""
    return unicodedata.category(letter).startswith("N")


def _is_name(text: str) -> bool:
    """Tell whether it is a UUID, or letters and figures change as often as in an id or a sum."""
    if not _NAME.fullmatch(text):
        return False
    if _UUID.fullmatch(text):
        return True
    kinds = [letter.isdigit() for letter in text if letter != "-"]
    return sum(one != other for one, other in pairwise(kinds)) >= _CHANGES
