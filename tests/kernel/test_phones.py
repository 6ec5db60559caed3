"""National numbers are told by their first digits: the same answer as by parsing each of them."""

import random

from jalons.kernel.phones import _parsed, phone


def test_the_first_digits_tell_as_much_as_the_whole_number() -> None:
    drawn = random.Random("phones")
    starts = ["069", "063", "062", "026", "059", "05", "07", "08", "09", "01"]
    for number in range(400):
        start = starts[number % len(starts)]
        text = start + "".join(str(drawn.randrange(10)) for _ in range(10 - len(start)))
        assert phone(text) == _parsed(text), text
    assert phone("06 39 98 00 11") == "+33639980011"
    assert phone("0692.12.34.56") == "+262692123456"
