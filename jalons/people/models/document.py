"""What is kept of a person on paper or as a file: the description, and apart the content."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jalons.access.levels import Level
from jalons.accounts.models import Account
from jalons.kernel.models import BaseModel
from jalons.territories.models import Organization, Territory

from .person import Person


class DocumentKind(models.TextChoices):
    IDENTITY_DOCUMENT = "identity_document", "Pièce d’identité"
    PROOF = "proof", "Justificatif"
    AGREEMENT = "agreement", "Accord signé"
    PORTRAIT = "portrait", "Portrait"
    CONTRACT = "contract", "Contrat"
    LETTER = "letter", "Courrier"
    RESUME = "resume", "CV"
    RIGHTS_NOTICE = "rights_notice", "Notification de droits"
    OTHER = "other", "Autre document"


class Document(BaseModel):
    """A file about a person, kept encrypted in `DocumentContent`; lists read this row only.

    `level` is the row's own: identity, shared, restricted, sealed with its `domain`, or private.
    `domain` is a token (`domains.token`). `title` is encrypted (`documents.contents`); `digest` is
    the SHA-256 of the content, `size` its bytes. Withdrawn, it is out of sight at once; erased
    after the delay to undo, it keeps neither title, digest nor content. `withdrawal` is the event
    that withdrew it.
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="documents", db_index=False
    )
    kind = models.CharField("nature", max_length=20, choices=DocumentKind.choices)
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.SHARED)
    domain = models.CharField("domaine", max_length=20, blank=True)
    title = models.BinaryField("titre")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    added_on = models.DateField("ajouté le")
    digest = models.BinaryField(max_length=32)
    size = models.PositiveIntegerField("octets")
    media_type = models.CharField(max_length=20)
    pages = models.PositiveSmallIntegerField("pages")
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    withdrawal = models.UUIDField(null=True, blank=True)
    erased_at = models.DateTimeField("effacé le", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.IDENTITY,
        "kind": Level.SHARED,
        "level": Level.SHARED,
        "domain": Level.SHARED,
        "title": Level.SECRET,
        "account": Level.SHARED,
        "organization": Level.SHARED,
        "added_on": Level.SHARED,
        "digest": Level.SECRET,
        "size": Level.SHARED,
        "media_type": Level.SHARED,
        "pages": Level.SHARED,
        "withdrawn_at": Level.SHARED,
        "withdrawn_by": Level.SHARED,
        "withdrawal": Level.SHARED,
        "erased_at": Level.SHARED,
    }
    row_level = "level"

    class Meta:
        indexes = [models.Index(fields=["person", "kind"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(level="sealed") | ~Q(domain=""),
                name="document_sealed_domain",
                violation_error_message="Un document scellé relève d’un domaine scellé.",
            ),
            models.CheckConstraint(
                condition=Q(level__in=["identity", "shared", "restricted", "sealed", "private"]),
                name="document_level",
                violation_error_message="Choisissez qui peut lire ce document.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class DocumentContent(BaseModel):
    """The encrypted bytes of a document, bound to its key; gone once it is erased."""

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="content")
    cipher = models.BinaryField()

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "document": Level.SHARED,
        "cipher": Level.SECRET,
    }

    def __str__(self) -> str:
        return str(self.document_id)
