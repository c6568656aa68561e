"""Sizes and codes shared by the compiled and the other modules of the index."""

from __future__ import annotations

SCRATCH = 1024  #: letters at the start of the vocabulary's that hold the question, and two words written as one
JOINT = 512  #: where in them the latter begins
WORDS = 12  #: of a question that are compared
PLACES = 24  #: words of a name that are compared
ROWS = 2 * WORDS + 2  #: patterns for edit distances: of each word of the question, and of each pair
PAIR = WORDS + 1  #: the first row of a pair
CANDIDATES = 256  #: words that a question may mean
BEST = 128  #: names that are compared word by word
FRESH = 4096  #: words added before they are put in order among all

# How a word fits another; ``1 << how`` is its bit in why a name fits.
EQUAL, TYPO, SOUND, INITIAL, BEGINNING, NICKNAME, JOINED = range(7)
# Further bits of why a name fits: the order differs, a title was left out, words of the question or of the name found
# no counterpart, a word taken for misspelt is a word of other names, a legal form was left out.
REORDERED, TITLED, MORE, PART, KNOWN, LEGAL = 256, 512, 1024, 2048, 4096, 8192
LEGAL_KIND = 3  #: the kind of words such as Ltd
