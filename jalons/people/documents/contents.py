"""The words and the bytes of a document, encrypted for its row: moved to another, unreadable."""

import hashlib
from collections.abc import Callable
from uuid import UUID

from jalons.kernel import crypto

from ..models import Document, DocumentContent

PURPOSE = "people.document"


def title_of(document: Document) -> str:
    """Empty when its author gave none."""
    return crypto.decrypt(bytes(document.title), purpose(document.pk, "title")).decode()


def closed_title(key: UUID, title: str) -> bytes:
    return crypto.encrypt(title.encode(), purpose(key, "title"))


def keep(document: Document, content: bytes) -> None:
    """Keeps the content of a new document."""
    DocumentContent.objects.create(
        territory_id=document.territory_id,
        document=document,
        cipher=crypto.encrypt(content, purpose(document.pk, "content")),
    )


def content_of(document: UUID, alias: str = "default") -> bytes | None:
    """The content in clear, None once erased. Raises InvalidTag on altered bytes."""
    kept = DocumentContent.objects.using(alias).filter(document=document)
    found = kept.values_list("cipher", flat=True)
    cipher = found.first()
    return None if cipher is None else crypto.decrypt(bytes(cipher), purpose(document, "content"))


def digest_of(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def purpose_of(name: str) -> Callable[[UUID], str]:
    return lambda key: purpose(key, name)


def purpose(key: UUID, name: str) -> str:
    return f"{PURPOSE}:{key}:{name}"
