"""Files that somebody may send as a document: plain ones, and those that hide or swell."""

import io
import struct
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

HIDDEN = b"zqhidden"
"""What each hiding place holds."""


def a_pdf(pages: int = 1, prepare: Callable[[PdfWriter, Any], None] | None = None) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(200, 200)
    if prepare:
        prepare(writer, page)
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def a_photo(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **saved: Any) -> bytes:
    """Its left half is red; it says where and when it was taken, and lies on its side."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    marks = Image.Exif()
    marks[0x0112], marks[0x010E] = 6, HIDDEN.decode()
    marks.get_ifd(0x8825).update({1: "N", 2: (47.0, 38.0, 0.0), 3: "E", 4: (6.0, 51.0, 0.0)})
    content = io.BytesIO()
    image.save(content, kind, exif=marks, **saved)
    return content.getvalue()


def a_dictionary(**values: Any) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in values.items()})


def _name(text: str) -> NameObject:
    return NameObject(text)


def _numbers(*values: float) -> ArrayObject:
    return ArrayObject([FloatObject(value) for value in values])


def _script() -> DictionaryObject:
    text = TextStringObject(f"app.alert('{HIDDEN.decode()}')")
    return a_dictionary(S=_name("/JavaScript"), JS=text)


def a_stream(data: bytes, **values: Any) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    stream.update(a_dictionary(**values))
    return stream


def a_squeezed(raw: bytes, *filters: str) -> EncodedStreamObject:
    stream = EncodedStreamObject()
    stream._data = raw
    stream[_name("/Filter")] = ArrayObject(map(_name, filters))
    return stream


def _opening(writer: PdfWriter, page: Any) -> None:
    writer.root_object[_name("/OpenAction")] = writer._add_object(_script())


def _page_action(writer: PdfWriter, page: Any) -> None:
    page[_name("/AA")] = a_dictionary(O=_script())


def _named_script(writer: PdfWriter, page: Any) -> None:
    names = a_dictionary(Names=ArrayObject([TextStringObject("a"), writer._add_object(_script())]))
    writer.root_object[_name("/Names")] = a_dictionary(JavaScript=names)


def _attached(writer: PdfWriter, page: Any) -> None:
    writer.add_attachment("a.txt", HIDDEN)


def _described(writer: PdfWriter, page: Any) -> None:
    writer.add_metadata({"/Author": HIDDEN.decode()})
    xmp = a_stream(HIDDEN, Type=_name("/Metadata"), Subtype=_name("/XML"))
    writer.root_object[_name("/Metadata")] = writer._add_object(xmp)
    page[_name("/PieceInfo")] = a_dictionary(X=a_dictionary(Private=TextStringObject("zqhidden")))


def _linked(writer: PdfWriter, page: Any) -> None:
    away = a_dictionary(S=_name("/URI"), URI=TextStringObject(f"https://{HIDDEN.decode()}.example"))
    link = a_dictionary(
        Type=_name("/Annot"), Subtype=_name("/Link"), Rect=_numbers(0, 0, 9, 9), A=away
    )
    page[_name("/Annots")] = ArrayObject([writer._add_object(link)])


def _form(writer: PdfWriter, page: Any) -> None:
    """A field that shows a square, and says something else."""
    look = a_stream(
        b"0 0 10 10 re f",
        Type=_name("/XObject"),
        Subtype=_name("/Form"),
        BBox=_numbers(0, 0, 10, 10),
    )
    field = a_dictionary(
        Type=_name("/Annot"),
        Subtype=_name("/Widget"),
        FT=_name("/Tx"),
        V=TextStringObject(HIDDEN.decode()),
        A=_script(),
        Rect=_numbers(20, 20, 120, 40),
        AP=a_dictionary(N=writer._add_object(look)),
    )
    page[_name("/Annots")] = ArrayObject([writer._add_object(field)])
    xfa = a_stream(HIDDEN)
    writer.root_object[_name("/AcroForm")] = a_dictionary(XFA=writer._add_object(xfa))


def _deep(writer: PdfWriter, page: Any) -> None:
    """Inside a drawing: metadata, a file elsewhere, a PostScript program."""
    drawing = a_stream(
        b"",
        Type=_name("/XObject"),
        Subtype=_name("/PS"),
        Metadata=writer._add_object(a_stream(HIDDEN)),
        F=TextStringObject(HIDDEN.decode()),
        AF=ArrayObject([a_dictionary(EF=a_dictionary(F=writer._add_object(a_stream(HIDDEN))))]),
    )
    drawings = a_dictionary(X0=writer._add_object(drawing))
    page[_name("/Resources")] = a_dictionary(XObject=drawings)


def _photographed(writer: PdfWriter, page: Any) -> None:
    """A page that is a photo, kept as it came with its place."""
    image = EncodedStreamObject()
    image._data = a_photo()
    image.update(
        a_dictionary(Type=_name("/XObject"), Subtype=_name("/Image"), Filter=_name("/DCTDecode"))
    )
    page[_name("/Resources")] = a_dictionary(XObject=a_dictionary(Im0=writer._add_object(image)))


HIDING: dict[str, Callable[[PdfWriter, Any], None]] = {
    "on opening": _opening,
    "on a page": _page_action,
    "by name": _named_script,
    "attached": _attached,
    "described": _described,
    "linked": _linked,
    "form": _form,
    "deep": _deep,
    "photographed": _photographed,
}
"""Where a PDF hides something or acts."""


@cache
def _zeros() -> bytes:
    """Less than a megabyte that unpacks to more than a process may hold."""
    engine, piece = zlib.compressobj(9), bytes(1_000_000)
    return b"".join([*(engine.compress(piece) for _ in range(700)), engine.flush()])


def _swelling(*filters: str) -> bytes:
    raw = _zeros()
    if len(filters) > 1:
        raw = zlib.compress(raw, 9)

    def prepare(writer: PdfWriter, page: Any) -> None:
        stream = a_squeezed(raw, *filters)
        page[_name("/Contents")] = writer._add_object(stream)

    return a_pdf(prepare=prepare)


def _swelling_list() -> bytes:
    """The list of objects itself unpacks to too much."""
    raw, start = _zeros(), b"%PDF-1.5\n"
    head = b"1 0 obj<</Type/XRef/W[1 2 1]/Size 9/Root 3 0 R/Filter/FlateDecode/Length %d>>stream\n"
    return (
        start + head % len(raw) + raw + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF" % len(start)
    )


def _nested() -> bytes:
    deep = b"[" * 4_000_000 + b"]" * 4_000_000
    return b"%PDF-1.4\n1 0 obj\n" + deep + b"\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"


def _chunk(kind: bytes, data: bytes) -> bytes:
    checked = kind + data
    return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))


def _png(width: int, height: int, *chunks: bytes) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + _chunk(b"IEND", b"")


def _huge_photo() -> bytes:
    content = io.BytesIO()
    Image.new("L", (20_000, 20_000)).save(content, "JPEG")
    return content.getvalue()


BOMBS: dict[str, Callable[[], bytes]] = {
    "stream": lambda: _swelling("/FlateDecode"),
    "twice": lambda: _swelling("/FlateDecode", "/FlateDecode"),
    "list": _swelling_list,
    "nested": _nested,
    "objects": lambda: b"%PDF-1.4\n" + b"1 0 obj <<>> endobj\n" * 490_000,
    "pages": lambda: a_pdf(201),
    "png": lambda: _png(60_000, 60_000, _chunk(b"IDAT", _zeros())),
    "text": lambda: _png(9, 9, _chunk(b"zTXt", b"a\0\0" + _zeros())),
    "photo": _huge_photo,
}
"""What unpacks, repeats or nests itself into much more than it weighs."""

REFUSED: dict[str, tuple[bytes, str]] = {
    "docx": (b"PK\x03\x04word/document.xml", "Enregistrez-le en PDF"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "Enregistrez-le en PDF"),
    "rtf": (b"{\\rtf1 a}", "Enregistrez-le en PDF"),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0", "le plus compatible"),
    "program": (b"MZ\x90\0" + bytes(500), "Envoyez un PDF"),
    "page": (b"<html><script>1</script>", "Envoyez un PDF"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Envoyez un PDF"),
    "gif before a pdf": (b"GIF89a" + b"%PDF-1.7", "Envoyez un PDF"),
    "page before a pdf": (b"<script>1</script>\n" + b"%PDF-1.7", "Envoyez un PDF"),
    "half a pdf": (b"%PDF-1.7\n1 0 obj", "ne s’ouvre pas"),
    "half a photo": (a_photo()[:300], "ne s’ouvre pas"),
    "blank": (b" \n", "est vide"),
    "long": (b"%PDF-1.7" + bytes(10_000_000), "dépasse 10"),
}
"""What is not kept, and what is said of it."""


def a_locked_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="AES-256")
    return _written(writer)
