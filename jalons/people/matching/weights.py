"""What each agreement is worth, in bits: log2 of how much likelier it is of one person than of two.

The shares among pairs of one person are those that `bench/linked/learn.py` finds; how likely a
chance agreement is comes from the territory itself: how many bear the name, live in the commune.
"""

KNOWN = 0.7
"""Share of a file's rows whose person is known."""

EXACT, NEAR, FAR, NONE, MISSING = 3, 2, 1, 0, -1
"""How close two names are: equal; one letter or one sound apart; two letters; further; not said."""
SAME_DAY, SWAPPED, NEW_YEAR, ONE_DIGIT, SAME_YEAR, OTHER_DAY, NO_DAY = 5, 4, 3, 2, 1, 0, -1
"""How close two dates are; `NEW_YEAR`: one is the 1 January of the other's year."""

FAMILY = {EXACT: -0.2, NEAR: -6.5, FAR: -11.9, NONE: -6.0}
FAMILY_MOST = {NEAR: 9.7, FAR: 3.0}
GIVEN = {EXACT: -0.2, NEAR: -5.1, FAR: -9.3, NONE: -4.6}
GIVEN_MOST = {NEAR: 4.1, FAR: -1.3}
"""Added to the rarity of the name, in bits, up to a most; alone when the names differ."""
CROSSED = {EXACT: -0.6, NEAR: -5.7}
CROSSED_MOST = {NEAR: 10.5}
"""Family and given names exchanged: added to the rarity of the family name."""
DAY = {
    SAME_DAY: 14.2,
    SWAPPED: 7.4,
    NEW_YEAR: 5.5,
    ONE_DIGIT: 2.6,
    SAME_YEAR: -7.6,
    OTHER_DAY: -13.0,
    NO_DAY: 0.0,
}
SAME_STREET, NEAR_STREET, OTHER_STREET, NO_STREET = 2, 1, 0, -1
"""How close two addresses are: more than half of the words of the shorter; some; none; not said."""
STREET_WORD, STREET_MOST, STREET_NEAR_WORD = 6.0, 16.0, 2.5
"""Of a word of the same address, of them all, of a word of one that is near: added to what the
commune is worth."""
STREET_LEFT = -2.5
"""Another street of the same commune."""
STAYED, MOVED = 0.75, 0.25
"""Shares of the same persons who live in the same commune, and in another."""
STRONG = ("nir", "ft", "si")
NUMBERS = {
    "nir": 24.0,
    "ft": 24.0,
    "si": 24.0,
    "caf": 9.0,
    "msa": 9.0,
    "mobile": 12.0,
    "landline": 6.0,
    "email": 10.0,
}
NO_PHONE = -1.1
"""A row whose phones are not the candidate's."""

ACCEPTED, MARGIN, DOUBTFUL = 2.5, 2.5, -1.0
"""Bits from which a link is made by itself, with this much over the second, and from which a human
looks."""
ACCEPTED_OTHER_DAY = 8.0
"""The same when the dates differ and no number is shared: homonyms are born the same year."""
LONE_HOME = 12.0
"""Added to the same address where a file teaches that it is somebody's alone."""
