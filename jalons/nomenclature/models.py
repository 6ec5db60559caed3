"""Reference data: lists of terms, communes, occupations, and the words that find them.

End dates are exclusive. These tables hold no fact about a person and have no row-level security.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel

from .rules import LOCAL_PREFIX, SEALED_DOMAINS


def _prefix(table: str) -> models.Index:
    """Names by their beginning, whatever the collation."""
    return models.Index(OpClass("search", name="text_pattern_ops"), name=f"{table}_prefix")


def _validity() -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
        name="%(class)s_validity",
        violation_error_message="La fin de validité vient après son début.",
    )


class Term(BaseModel):
    """One entry of a list, for the time it bears this label.

    `territory` is empty for a national entry, else the key of the territory that added it; its code
    then begins with `LOCAL_PREFIX`, so that it can shadow no national one. `level` is that of a
    fact about a person that uses the entry. `codes` holds what each partner calls it, by partner.
    `also` holds other words that find it. `sensitive` is for kinds of organisations: membership of
    a circle is hidden. `valid_from` empty: since always.
    """

    list = models.CharField("liste", max_length=30)
    code = models.CharField("code", max_length=60)
    territory = models.SmallIntegerField("territoire", null=True, blank=True)
    label = models.CharField("libellé", max_length=150)
    short = models.CharField("libellé court", max_length=40, blank=True)
    also = models.CharField("autres noms", max_length=300, blank=True)
    parent = models.CharField("rattaché à", max_length=60, blank=True)
    level = models.CharField("niveau", max_length=10, choices=Level.choices)
    domain = models.CharField("domaine", max_length=20, blank=True)
    codes = models.JSONField("codes des partenaires", default=dict, blank=True)
    sensitive = models.BooleanField("sensible", default=False)
    position = models.SmallIntegerField("rang", default=0)
    valid_from = models.DateField("valable depuis", null=True, blank=True)
    valid_until = models.DateField("valable jusqu’à (exclu)", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "list": Level.OPEN,
        "code": Level.OPEN,
        "territory": Level.OPEN,
        "label": Level.OPEN,
        "short": Level.OPEN,
        "also": Level.OPEN,
        "parent": Level.OPEN,
        "level": Level.OPEN,
        "domain": Level.OPEN,
        "codes": Level.OPEN,
        "sensitive": Level.OPEN,
        "position": Level.OPEN,
        "valid_from": Level.OPEN,
        "valid_until": Level.OPEN,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["list", "code", "territory", "valid_from"],
                name="term_once",
                nulls_distinct=False,
                violation_error_message="Cette liste a déjà une entrée de ce code.",
            ),
            models.CheckConstraint(
                condition=Q(territory=None) & ~Q(code__startswith=LOCAL_PREFIX)
                | Q(territory__isnull=False, code__startswith=LOCAL_PREFIX),
                name="term_local_code",
                violation_error_message=(
                    "Une entrée d’un territoire ne remplace pas une entrée nationale."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(level=Level.SEALED) | Q(domain__in=SEALED_DOMAINS),
                name="term_sealed_domain",
                violation_error_message="Une entrée scellée relève d’un domaine scellé.",
            ),
            _validity(),
        ]

    def __str__(self) -> str:
        return self.label


class Commune(models.Model):
    """A commune, or a municipal arrondissement of Paris, Lyon or Marseille (then `parent` is set).

    `epci` is the SIREN of the intercommunalité. The point is that of the town, in degrees; when
    unknown, `approximate`: the middle of the neighbouring communes known. `other_names` are the
    communes it took in; `search` is every name and postcode, folded.
    """

    code = models.CharField("code Insee", max_length=5, primary_key=True)
    name = models.CharField("nom", max_length=60)
    other_names = ArrayField(
        models.CharField(max_length=60), verbose_name="autres noms", default=list
    )
    parent = models.CharField("commune de l’arrondissement", max_length=5, blank=True)
    departement = models.CharField("département (code)", max_length=3)
    departement_name = models.CharField("département", max_length=60)
    epci = models.CharField("intercommunalité (SIREN)", max_length=9, blank=True)
    epci_name = models.CharField("intercommunalité", max_length=120, blank=True)
    postcodes = ArrayField(
        models.CharField(max_length=5), verbose_name="codes postaux", default=list
    )
    population = models.IntegerField("population", default=0)
    latitude = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    longitude = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    approximate = models.BooleanField("point approché", default=False)
    search = models.TextField()
    valid_from = models.DateField("valable depuis", null=True, blank=True)
    valid_until = models.DateField("valable jusqu’à (exclu)", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "code": Level.OPEN,
        "name": Level.OPEN,
        "other_names": Level.OPEN,
        "parent": Level.OPEN,
        "departement": Level.OPEN,
        "departement_name": Level.OPEN,
        "epci": Level.OPEN,
        "epci_name": Level.OPEN,
        "postcodes": Level.OPEN,
        "population": Level.OPEN,
        "latitude": Level.OPEN,
        "longitude": Level.OPEN,
        "approximate": Level.OPEN,
        "search": Level.OPEN,
        "valid_from": Level.OPEN,
        "valid_until": Level.OPEN,
    }

    class Meta:
        indexes = [
            models.Index(fields=["departement"]),
            models.Index(fields=["epci"]),
            _prefix("commune"),
        ]
        constraints = [_validity()]

    def __str__(self) -> str:
        return self.name


class Rome(models.Model):
    """An occupation of the ROME (répertoire opérationnel des métiers et des emplois)."""

    code = models.CharField("code ROME", max_length=5, primary_key=True)
    label = models.CharField("libellé", max_length=150)
    search = models.TextField()
    valid_from = models.DateField("valable depuis", null=True, blank=True)
    valid_until = models.DateField("valable jusqu’à (exclu)", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "code": Level.OPEN,
        "label": Level.OPEN,
        "search": Level.OPEN,
        "valid_from": Level.OPEN,
        "valid_until": Level.OPEN,
    }

    class Meta:
        indexes = [_prefix("rome")]
        constraints = [_validity()]

    def __str__(self) -> str:
        return self.label


class Appellation(models.Model):
    """A job title of the ROME; present once the official file was imported. `code` is the OGR."""

    code = models.CharField("code OGR", max_length=6, primary_key=True)
    rome = models.ForeignKey(Rome, on_delete=models.PROTECT, related_name="appellations")
    label = models.CharField("libellé", max_length=200)
    search = models.TextField()
    valid_from = models.DateField("valable depuis", null=True, blank=True)
    valid_until = models.DateField("valable jusqu’à (exclu)", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "code": Level.OPEN,
        "rome": Level.OPEN,
        "label": Level.OPEN,
        "search": Level.OPEN,
        "valid_from": Level.OPEN,
        "valid_until": Level.OPEN,
    }

    class Meta:
        indexes = [_prefix("appellation")]
        constraints = [_validity()]

    def __str__(self) -> str:
        return self.label


class SearchWord(models.Model):
    """A folded word, postcode or whole glued name that finds `code` in `scope`."""

    class Scope(models.TextChoices):
        COMMUNE = "commune"
        ROME = "rome"
        APPELLATION = "appellation"

    scope = models.CharField(max_length=11, choices=Scope.choices)
    word = models.TextField()
    code = models.CharField(max_length=6)

    field_levels: ClassVar[dict[str, Level]] = {
        "scope": Level.OPEN,
        "word": Level.OPEN,
        "code": Level.OPEN,
    }

    class Meta:
        indexes = [
            models.Index(
                "scope",
                OpClass("word", name="text_pattern_ops"),
                "code",
                name="search_word_prefix",
            ),
        ]


class Edition(models.Model):
    """What was loaded last, by data set; `stamp` changes with every change of its rows."""

    name = models.CharField(max_length=20, primary_key=True)
    version = models.DateField()
    digest = models.CharField(max_length=64)
    stamp = models.UUIDField()

    field_levels: ClassVar[dict[str, Level]] = {
        "name": Level.OPEN,
        "version": Level.OPEN,
        "digest": Level.OPEN,
        "stamp": Level.OPEN,
    }
