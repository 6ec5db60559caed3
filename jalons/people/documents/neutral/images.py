"""An image drawn again: its pixels and nothing else, turned the way it is looked at."""

import io
import warnings

from PIL import Image, ImageOps

from .bounds import JPEG, LONGEST_SIDE, MAX_PIXELS, PNG, Beyond, Neutral

QUALITY = 82


def redraw(content: bytes, kind: str) -> Neutral:
    """Photos become JPEG, what has transparency or was PNG stays PNG. Raises Beyond."""
    Image.MAX_IMAGE_PIXELS = None  # the bound of the format is checked below
    warnings.simplefilter("ignore")
    image = Image.open(io.BytesIO(content), formats=[kind.upper()])
    if image.width * image.height > MAX_PIXELS[kind]:
        raise Beyond("much")
    if kind == "jpeg":
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    ImageOps.exif_transpose(image, in_place=True)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return _written(image, keep_png=kind == "png")


def _written(image: Image.Image, *, keep_png: bool) -> Neutral:
    transparent = "A" in image.getbands() or "transparency" in image.info
    if not transparent and image.mode not in {"L", "RGB"}:
        image = image.convert("L" if image.mode in {"1", "I", "I;16", "F"} else "RGB")
    elif transparent and image.mode not in {"LA", "RGBA"}:
        image = image.convert("RGBA")
    image.info = {}
    written = io.BytesIO()
    if transparent or keep_png:
        image.save(written, "PNG")
        return Neutral(written.getvalue(), PNG, 1)
    image.save(written, "JPEG", quality=QUALITY)
    return Neutral(written.getvalue(), JPEG, 1)
