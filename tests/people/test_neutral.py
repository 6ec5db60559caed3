"""Row 18 for documents: what is kept of a file is what it shows; what swells is refused at once."""

import io
import subprocess
import sys
import zlib
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import NameObject

from jalons.people.documents.neutral.bounds import Unusable
from jalons.people.documents.neutral.door import neutralise
from tests.people.document_files import (
    BOMBS,
    HIDDEN,
    HIDING,
    REFUSED,
    a_locked_pdf,
    a_pdf,
    a_photo,
    a_squeezed,
)
from tests.sampling import Some

SECONDS, MEGABYTES = 6, 640
"""Of processor, below what the process is given; docs/security.md says what was measured."""
ACTS = (HIDDEN, b"JavaScript", b"OpenAction", b"/AA", b"EmbeddedFile", b"/Annots", b"AcroForm")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_drawn_again_without_what_it_says(kind: str) -> None:
    sent = a_photo(kind)
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825)
    kept = neutralise(sent)
    drawn = Image.open(io.BytesIO(kept.content))
    assert kept.media_type == ("image/png" if kind == "PNG" else "image/jpeg")
    assert not drawn.getexif()
    assert set(drawn.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert HIDDEN not in kept.content
    assert drawn.size == (20, 40), "turned as it is looked at"
    red, white = drawn.convert("RGB").getpixel((10, 2)), drawn.convert("RGB").getpixel((10, 38))
    assert isinstance(red, tuple)
    assert isinstance(white, tuple)
    assert red[0] > 200
    assert red[1] < 60
    assert min(white) > 200


def test_what_follows_an_image_is_left() -> None:
    for kind in ("JPEG", "PNG"):
        sent = a_photo(kind) + b"PK\x03\x04" + HIDDEN + a_pdf()
        assert HIDDEN not in neutralise(sent).content


def test_a_large_photo_is_kept_smaller() -> None:
    kept = neutralise(a_photo(size=(6000, 3000), quality=60))
    assert max(Image.open(io.BytesIO(kept.content)).size) <= 4096


def test_transparency_stays() -> None:
    sent = io.BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(sent, "WEBP", lossless=True)
    kept = neutralise(sent.getvalue())
    assert kept.media_type == "image/png"
    assert Image.open(io.BytesIO(kept.content)).convert("RGBA").getpixel((0, 0))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize("place", HIDING)
def test_a_pdf_is_built_again_without_what_it_hides(place: str) -> None:
    sent = a_pdf(2, HIDING[place])
    assert HIDDEN in sent or place == "described"
    kept = neutralise(sent)
    assert (kept.media_type, kept.pages) == ("application/pdf", 2)
    assert [mark for mark in ACTS if mark in kept.content] == []
    assert len(PdfReader(io.BytesIO(kept.content)).pages) == 2
    assert not PdfReader(io.BytesIO(kept.content)).metadata


def test_what_was_written_in_a_form_is_still_seen() -> None:
    kept = PdfReader(io.BytesIO(neutralise(a_pdf(1, HIDING["form"])).content)).pages[0]
    drawing = kept.get_contents()
    assert drawing is not None
    assert b"10.000000 0.000000 0.000000 2.000000 20.000000 20.000000 cm" in drawing.get_data()
    resources = kept["/Resources"]
    assert list(resources["/XObject"]) == ["/Drawn0"]  # type: ignore[index]


def test_the_image_of_a_page_keeps_its_pixels_only() -> None:
    kept = PdfReader(io.BytesIO(neutralise(a_pdf(1, HIDING["photographed"])).content)).pages[0]
    image = Image.open(io.BytesIO(kept["/Resources"]["/XObject"]["/Im0"]._data))  # type: ignore[index]
    image.load()
    assert not image.getexif()
    assert image.size == (40, 20)


def test_what_a_page_draws_is_kept_as_it_is() -> None:
    def draw(writer: Any, page: Any) -> None:
        stream = a_squeezed(zlib.compress(b"0 0 50 50 re f"), "/FlateDecode")
        page[NameObject("/Contents")] = writer._add_object(stream)

    kept = PdfReader(io.BytesIO(neutralise(a_pdf(1, draw)).content)).pages[0].get_contents()
    assert kept is not None
    assert kept.get_data().strip() == b"0 0 50 50 re f"


@pytest.mark.parametrize("name", BOMBS)
def test_what_swells_is_refused_quickly_within_bounds(name: str, some: Some) -> None:
    if not some(name, 2):
        pytest.skip("with --long")
    sent = BOMBS[name]()
    assert len(sent) < 10_000_000
    told = subprocess.run(
        [sys.executable, "-m", "tests.people.swelling"],
        input=sent,
        capture_output=True,
        check=True,
    )
    seconds, megabytes = map(float, told.stdout.split())
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_kept_is_told_in_words(name: str) -> None:
    content, said = REFUSED[name]
    with pytest.raises(Unusable, match=said):
        neutralise(content)


def test_a_pdf_with_a_password_is_told_so() -> None:
    with pytest.raises(Unusable, match="mot de passe"):
        neutralise(a_locked_pdf())
