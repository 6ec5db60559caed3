"""UUIDv7 keys (RFC 9562 §5.7): 48 bits of Unix milliseconds, then random bits."""

import os
import time
import uuid


def uuid7(milliseconds: int | None = None) -> uuid.UUID:
    """A key that sorts by creation time, at `milliseconds` since the epoch when given."""
    stamp = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    value = (stamp & 0xFFFFFFFFFFFF) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)
