"""A PDF built again from its pages: what they show, without scripts, actions, files, forms, notes.

A page keeps the few entries that draw it. What was written in a form or in a note is drawn on the
page first, as it looked. Streams are kept as they are, once it is known what they unpack to.
"""

import io
import zlib
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from .bounds import MAX_INFLATED, MAX_NODES, MAX_PAGES, PDF, Beyond, Neutral
from .jpegs import without_metadata

PAGE_KEYS = {
    *("/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources"),
    *("/Contents", "/Group"),
}
FORBIDDEN = {
    *("/AA", "/AF", "/Alternates", "/EF", "/JS", "/JavaScript", "/Launch", "/Metadata"),
    *("/OPI", "/OpenAction", "/PieceInfo", "/PS", "/Ref", "/RichMedia", "/StructParent"),
    *("/StructParents", "/URI", "/XFA", "/LastModified", "/Thumb"),
}
EXTERNAL = {"/F", "/FFilter", "/FDecodeParms"}
NAMED = {"/ColorSpace", "/ExtGState", "/Font", "/Pattern", "/Properties", "/Shading", "/XObject"}
"""Dictionaries whose keys are names that the page gives: none of them says what a thing is."""
SQUEEZING = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
INVISIBLE = 1 << 1 | 1 << 5
"""Flags of an annotation: hidden, not viewed."""


def rebuild(content: bytes) -> Neutral:
    """Raises Beyond, and whatever pypdf raises on a damaged file."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Beyond("locked")
    if len(reader.pages) > MAX_PAGES:
        raise Beyond("pages")
    writer, cleaner = PdfWriter(), Cleaner()
    writer.pdf_header = "%PDF-1.7"
    for page in reader.pages:
        drawn = _notes(page)
        for key in set(page) - PAGE_KEYS:
            del page[key]
        cleaner.clean(page)
        _append(writer, writer.add_page(page), drawn)
    writer.metadata = None
    written = io.BytesIO()
    writer.write(written)
    if not len(writer.pages):
        raise Beyond("damaged")
    return Neutral(written.getvalue(), PDF, len(writer.pages))


class Cleaner:
    """Takes from objects, in place, what does more than draw; counts what streams unpack to."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._left = MAX_INFLATED

    def clean(self, page: PageObject) -> None:
        """Raises Beyond."""
        waiting: list[tuple[Any, bool]] = [(page, False)]
        while waiting:
            found, named = waiting.pop()
            if isinstance(found, IndirectObject):
                found = found.get_object()
            if id(found) in self._seen or not isinstance(found, ArrayObject | DictionaryObject):
                continue
            self._seen.add(id(found))
            if len(self._seen) > MAX_NODES:
                raise Beyond("much")
            if isinstance(found, ArrayObject):
                waiting += [(each, False) for each in found]
            else:
                waiting += self._inside(found, named)

    def _inside(self, found: DictionaryObject, named: bool) -> list[tuple[Any, bool]]:
        forbidden = set() if named else FORBIDDEN
        if isinstance(found, StreamObject):
            forbidden = forbidden | EXTERNAL
            self._weigh(found)
        for key in set(found) & forbidden:
            del found[key]
        if found.get("/Subtype") == "/PS":
            del found["/Subtype"]
        inside = {key: found.raw_get(key) for key in found if key != "/Parent"}
        return [(value, not named and key in NAMED) for key, value in inside.items()]

    def _weigh(self, stream: StreamObject) -> None:
        filters = _filters(stream)
        if sum(name in SQUEEZING for name in filters) > 1:
            raise Beyond("much")
        raw = stream._data  # noqa: SLF001 - the bytes as they are in the file
        if filters == ["/DCTDecode"]:
            stream._data = without_metadata(raw)  # noqa: SLF001
        elif filters and filters[0] in {"/FlateDecode", "/Fl"}:
            self._left -= _inflated(raw, self._left)
        else:
            self._left -= len(raw)
        if self._left < 0:
            raise Beyond("much")


def _filters(stream: StreamObject) -> list[str]:
    said = stream.get("/Filter")
    found = said.get_object() if said is not None else []
    return [str(each.get_object()) for each in (found if isinstance(found, list) else [found])]


def _inflated(raw: bytes, most: int) -> int:
    """How many bytes it unpacks to, without keeping them; stops beyond `most`."""
    engine, count, waiting = zlib.decompressobj(), 0, raw
    try:
        while waiting and not engine.eof and count <= most:
            count += len(engine.decompress(waiting, 1_000_000))
            waiting = engine.unconsumed_tail
    except zlib.error:
        return count
    return count


def _notes(page: PageObject) -> bytes:
    """What draws the page's fields and notes, once their looks stand among its resources."""
    notes = page.get("/Annots")
    found = notes.get_object() if notes is not None else []
    drawn: list[bytes] = []
    for number, note in enumerate(found if isinstance(found, list) else []):
        shown = _look_of(note.get_object())
        matrix = _placed(*shown) if shown else b""
        if shown and matrix:
            _drawings(page)[NameObject(f"/Drawn{number}")] = shown[1]
            drawn.append(b"q " + matrix + f" cm /Drawn{number} Do Q\n".encode())
    return b"".join(drawn)


def _look_of(note: Any) -> tuple[Any, Any] | None:
    """The rectangle and the normal appearance, as a reference, of what is visible."""
    if not isinstance(note, DictionaryObject) or note.get("/Subtype") in {"/Popup", "/Link"}:
        return None
    if int(note.get("/F", 0)) & INVISIBLE or "/AP" not in note or "/Rect" not in note:
        return None
    looks = note["/AP"]
    if not isinstance(looks, DictionaryObject) or "/N" not in looks:
        return None
    holder, key = looks, "/N"
    normal = looks["/N"]
    if not isinstance(normal, StreamObject):
        if not isinstance(normal, DictionaryObject) or note.get("/AS") not in normal:
            return None
        holder, key = normal, str(note["/AS"])
    if not isinstance(holder[key], StreamObject):
        return None
    return note["/Rect"], holder.raw_get(key)


def _placed(rectangle: Any, look: Any) -> bytes:
    """The matrix that brings the appearance's box onto the rectangle (ISO 32000, 12.5.5)."""
    stream = look.get_object()
    left, bottom, right, top = (float(each) for each in rectangle)
    left, right, bottom, top = (
        min(left, right),
        max(left, right),
        min(bottom, top),
        max(bottom, top),
    )
    box = [float(each) for each in stream.get("/BBox", rectangle)]
    own = Transformation(tuple(float(each) for each in stream.get("/Matrix", (1, 0, 0, 1, 0, 0))))  # type: ignore[arg-type]
    corners = [own.apply_on((x, y)) for x in box[::2] for y in box[1::2]]
    xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if not width or not height:
        return b""
    across, up = (right - left) / width, (top - bottom) / height
    moved = (across, 0, 0, up, left - min(xs) * across, bottom - min(ys) * up)
    return " ".join(f"{each:.6f}" for each in moved).encode()


def _drawings(page: PageObject) -> DictionaryObject:
    """The page's own dictionary of drawings: those of another page may be shared."""
    shared: Any = page.get("/Resources")
    own = DictionaryObject(shared.get_object()) if shared is not None else DictionaryObject()
    drawings = own.get("/XObject")
    known = DictionaryObject(drawings.get_object()) if drawings is not None else DictionaryObject()
    own[NameObject("/XObject")] = known
    page[NameObject("/Resources")] = own
    return known


def _append(writer: PdfWriter, page: PageObject, drawn: bytes) -> None:
    if not drawn:
        return
    contents = page.get("/Contents")
    before = contents.get_object() if contents is not None else ArrayObject()
    pieces = list(before) if isinstance(before, ArrayObject) else [page.raw_get("/Contents")]
    around = [_stream(writer, b"q\n"), *pieces, _stream(writer, b"\nQ\n" + drawn)]
    page[NameObject("/Contents")] = ArrayObject(around)


def _stream(writer: PdfWriter, data: bytes) -> IndirectObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return writer._add_object(stream)  # noqa: SLF001 - nothing public adds a stream
