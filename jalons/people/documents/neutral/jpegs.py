"""A JPEG that stays as it is inside a PDF, less what it says besides its pixels."""

KEPT = {0xE0, 0xE2, 0xEE}
"""APP0, the colour profile, and Adobe's mark: the others hold places, dates, devices, previews."""
COMMENT, SCAN = 0xFE, 0xDA


def without_metadata(content: bytes) -> bytes:
    """The same image; whatever is no plain JPEG comes back unchanged."""
    if not content.startswith(b"\xff\xd8"):
        return content
    pieces, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        mark = content[at + 1]
        if mark == SCAN:
            return b"".join([*pieces, content[at:]])
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        application = 0xE0 <= mark <= 0xEF
        if mark != COMMENT and (not application or mark in KEPT):
            pieces.append(content[at:end])
        at = end
    return content
