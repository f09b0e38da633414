"""What a capital letter is, and a name made of words that begin with one."""

CAPITAL = "[" + "".join(sign for sign in map(chr, range(0x41, 0x250)) if sign.isupper()) + "]"
WORD = rf"{CAPITAL}[\w]*(?:[’'\-]\w+)*"
_WITHIN = r"(?:(?:de|del|de la|la|von|van|der|den|bin|ibn|y|da|dos|e) )?"
NAME = rf"{WORD}(?: {_WITHIN}{WORD}){{0,3}}"  # at least one word
WHOLE_NAME = rf"{WORD}(?: {_WITHIN}{WORD}){{1,3}}"  # at least two
