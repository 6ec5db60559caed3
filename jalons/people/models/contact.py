from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel
from jalons.territories.models import Organization, Territory

from .person import Person


class ContactKind(models.TextChoices):
    PHONE = "phone", "Téléphone"
    EMAIL = "email", "Courriel"
    ADDRESS = "address", "Adresse postale"


class Contact(BaseModel):
    """A way to reach a person: encrypted to read, hashed under a key to match.

    The cipher is JSON: `value` (E.164 phone, e-mail, address lines), `note` (whose it is, when to
    call). `street`: the keyed hashes of the words of an address, see `streets`. `safe`: may be used
    for somebody whose contact is discreet. The address of a person whose address is hidden, and the
    contacts of a discreet one, are sealed in the domain `violences`.
    """

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField("type", max_length=7, choices=ContactKind.choices)
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.IDENTITY)
    domain = models.CharField("domaine", max_length=20, blank=True)
    cipher = models.BinaryField()
    digest = models.BinaryField(max_length=32, null=True)
    street = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    safe = models.BooleanField("moyen sûr", default=False)
    source = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin (exclue)", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.IDENTITY,
        "kind": Level.IDENTITY,
        "level": Level.IDENTITY,
        "domain": Level.IDENTITY,
        "cipher": Level.SECRET,
        "digest": Level.SECRET,
        "street": Level.SECRET,
        "safe": Level.IDENTITY,
        "source": Level.IDENTITY,
        "starts_on": Level.IDENTITY,
        "ends_on": Level.IDENTITY,
    }
    row_level = "level"

    class Meta:
        indexes = [
            models.Index(
                fields=["territory", "digest"],
                condition=Q(ends_on=None, digest__isnull=False),
                name="contact_match",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="contact_dates",
                violation_error_message="La fin vient après le début.",
            ),
            models.CheckConstraint(
                condition=~Q(level="sealed") | ~Q(domain=""),
                name="contact_sealed_domain",
                violation_error_message="Un moyen de contact scellé relève d’un domaine scellé.",
            ),
        ]
