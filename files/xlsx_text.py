"""How XLSX holds characters that XML can't: `_x000D_` stands for a carriage return, `_x005F_` for an
underscore that would start such a code. Excel does the same; openpyxl leaves it to us."""

import re

NOT_IN_XML = "\x00-\x08\x0b-\x1f\ufffe\uffff"
TO_ESCAPE = re.compile(f"[{NOT_IN_XML}]|_(?=x[0-9A-Fa-f]{{4}}[_{NOT_IN_XML}])")
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def escape(text: str) -> str:
    return TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescape(text: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
