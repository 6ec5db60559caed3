"""Files made to hurt whoever opens them: bombs, entities, and files that are two things at once.

Each is small enough to be sent (`MAX_BYTES`), and named as somebody would send it.
"""

import gzip
import io
import struct
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

from jalons.exchange.files.bounds import MAX_PARTS
from tests.exchange.tables import archive_of, with_part, xlsx_of

WORKSHEET = "xl/worksheets/sheet1.xml"
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def a_nested_bomb() -> bytes:
    """As 42.zip: zips of zips of zeros."""
    content = b"\0" * 20_000_000
    for _ in range(3):
        content = archive_of(**{f"lib {number}.zip": content for number in range(8)})
    return content


def a_declared_bomb() -> bytes:
    return archive_of(**{"xl/workbook.xml": b"0" * 120_000_000})


def a_lying_bomb() -> bytes:
    """Says 10 bytes, gives a hundred megabytes."""
    content = bytearray(with_part(xlsx_of(["Nom"]), WORKSHEET, _zeros(150_000_000)))
    at = 0
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            if struct.unpack_from("<I", content, at + offset)[0] > 100_000_000:
                struct.pack_into("<I", content, at + offset, 10)
    return bytes(content)


def _zeros(size: int) -> bytes:
    return b"<worksheet><sheetData><row><c t='str'><v>" + b"0" * size


SHEET = b"""<?xml version="1.0"?>%s<worksheet
 xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData>
</worksheet>"""


def a_wide_bomb() -> bytes:
    """Two cells, as far from each other as a sheet allows: seventeen thousand million cells."""
    cells = (
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    return with_part(xlsx_of(["Nom"]), WORKSHEET, SHEET % (b"", cells))


def a_repeated_bomb() -> bytes:
    """An ODS of which one cell is repeated over the whole sheet."""
    cell = (
        "<office:document-content"
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        '<office:spreadsheet><table:table table:name="a">'
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell'
        ' table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    mark = b"application/vnd.oasis.opendocument.spreadsheet"
    return archive_of(**{"mimetype": mark, "content.xml": cell.encode()})


def a_billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    kind = f'<!DOCTYPE x [<!ENTITY l0 "lol">{entities}]>'.encode()
    cells = b'<row r="1"><c r="A1" t="str"><v>Nom&l9;</v></c></row>'
    return with_part(xlsx_of(["Nom"]), WORKSHEET, SHEET % (kind, cells))


def an_ods_laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    kind = f'<!DOCTYPE x [<!ENTITY l0 "lol">{entities}]>'
    return archive_of(**{"mimetype": ODS, "content.xml": _content(kind, "<text:p>&l9;</text:p>")})


def a_quadratic_blowup() -> bytes:
    """One long entity said many times: no entity is nested in another."""
    kind = f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>'.encode()
    cells = b'<row r="1"><c r="A1" t="str"><v>' + b"&a;" * 100_000 + b"</v></c></row>"
    return with_part(xlsx_of(["Nom"]), WORKSHEET, SHEET % (kind, cells))


def a_shared_bomb() -> bytes:
    """A long text kept once, and named by a million cells."""
    strings = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%s</t>'
    )
    rows = b"".join(b"<row>" + b'<c t="s"><v>0</v></c>' * 100 + b"</row>" for _ in range(10_000))
    content = with_part(xlsx_of(["Nom"]), WORKSHEET, SHEET % (b"", rows))
    text = strings % (b"a" * 1_000_000) + b"</si></sst>"
    return with_part(content, "xl/sharedStrings.xml", text)


def a_deep_bomb() -> bytes:
    """Elements within elements, as deep as the size allows."""
    depth = 3_000_000
    cells = b"<row>" * depth + b"</row>" * depth
    return with_part(xlsx_of(["Nom"]), WORKSHEET, SHEET % (b"", cells))


def a_crowd_of_parts() -> bytes:
    parts = {f"xl/worksheets/sheet{number}.xml": b"<x/>" for number in range(2, MAX_PARTS + 50)}
    whole = ZipFile(io.BytesIO(xlsx_of(["Nom"])))
    return archive_of(**{name: whole.read(name) for name in whole.namelist()} | parts)


def an_attribute_bomb() -> bytes:
    cells = b'<row r="1"><c r="A1" ' + b"".join(b'a%d="" ' % n for n in range(2_000_000))
    return with_part(xlsx_of(["Nom"]), WORKSHEET, SHEET % (b"", cells + b"/></row>"))


def a_wide_line() -> bytes:
    return b"Nom;Ville\n" + b"a;" * 4_900_000


def a_line_of_quotes() -> bytes:
    return b'Nom;Ville\n"' + b'""' * 4_900_000


def a_squeezed_text() -> bytes:
    return gzip.compress(b"Nom;Ville\n" + b"a;b\n" * 30_000_000, 9)


BOMBS: dict[str, Callable[[], bytes]] = {
    "42.xlsx": a_nested_bomb,
    "declared.xlsx": a_declared_bomb,
    "lying.xlsx": a_lying_bomb,
    "wide.xlsx": a_wide_bomb,
    "repeated.ods": a_repeated_bomb,
    "laughs.xlsx": a_billion_laughs,
    "laughs.ods": an_ods_laughs,
    "quadratic.xlsx": a_quadratic_blowup,
    "shared.xlsx": a_shared_bomb,
    "deep.xlsx": a_deep_bomb,
    "parts.xlsx": a_crowd_of_parts,
    "attributes.xlsx": an_attribute_bomb,
    "wide.csv": a_wide_line,
    "quotes.csv": a_line_of_quotes,
    "squeezed.csv": a_squeezed_text,
}
"""What unpacks, repeats or nests itself into much more than it weighs."""


def a_workbook_naming(entity: str) -> bytes:
    """An XLSX whose only cell asks for what an entity names."""
    kind = f"<!DOCTYPE x [{entity}]>".encode()
    cells = b'<row r="1"><c r="A1" t="str"><v>Nom &out;</v></c></row>'
    return with_part(xlsx_of(["Nom"]), WORKSHEET, SHEET % (kind, cells))


def a_sheet_naming(entity: str) -> bytes:
    """The same in an ODS."""
    kind = f"<!DOCTYPE x [{entity}]>"
    text = _content(kind, "<text:p>Nom &out;</text:p>")
    return archive_of(**{"mimetype": ODS, "content.xml": text})


def _content(kind: str, cell: str) -> bytes:
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    return (
        f"{kind}<office:document-content{spaces}><office:body><office:spreadsheet>"
        '<table:table table:name="a"><table:table-row><table:table-cell'
        f' office:value-type="string">{cell}</table:table-cell></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    ).encode()


def _after(mark: bytes) -> bytes:
    """A workbook that another reader takes for what `mark` begins."""
    return mark + xlsx_of(["Nom"], ["A"])


def a_strange_method() -> bytes:
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return content.getvalue()


def an_encrypted_archive() -> bytes:
    """The flag of encryption on each part."""
    content = bytearray(xlsx_of(["Nom"], ["A"]))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + offset] |= 1
    return bytes(content)


def a_climbing_part() -> bytes:
    """No workbook: its only part would be written above where it is unpacked."""
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("../../../../tmp/xl/workbook.xml", "<workbook/>")
    return content.getvalue()


POLYGLOTS: dict[str, Callable[[], bytes]] = {
    "pdf.xlsx": lambda: _after(b"%PDF-1.7\n"),
    "pdf.csv": lambda: _after(b"%PDF-1.7\n"),
    "image.xlsx": lambda: _after(b"GIF89a"),
    "image.csv": lambda: _after(b"GIF89a\x00\x00"),
    "program.xlsx": lambda: _after(b"MZ\x90\x00"),
    "program.csv": lambda: _after(b"MZ\x90\x00"),
    "page.xlsx": lambda: _after(b"<html><script>1</script>"),
    "page.csv": lambda: _after(b"<html><script>1</script>\n"),
    "formulas.csv": lambda: _after(b"Nom;Ville\n=cmd|'/c calc'!A1;B\n"),
    "old.xlsx": lambda: OLE + b"\0" * 2000,
    "old.csv": lambda: OLE + b"\0" * 2000,
    "xml.csv": lambda: b'<?xml version="1.0"?><x/>',
    "text.ods": lambda: archive_of(mimetype=b"application/vnd.oasis.opendocument.text"),
    "other.ods": lambda: xlsx_of(["Nom"], ["A"]),
    "other.xlsx": lambda: archive_of(**{"mimetype": ODS, "content.xml": _content("", "a")}),
    "method.xlsx": a_strange_method,
    "encrypted.xlsx": an_encrypted_archive,
    "climbing.xlsx": a_climbing_part,
    "macro.xlsm": lambda: xlsx_of(["Nom"], ["A"]),
    "double.xlsx.exe": lambda: xlsx_of(["Nom"], ["A"]),
    "nothing": lambda: xlsx_of(["Nom"], ["A"]),
}
"""What is not what its name says, or is two things, or cannot be opened."""
