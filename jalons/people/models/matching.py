from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jalons.access.levels import Level
from jalons.territories.models import Territory

from .person import Person


class PersonTraits(models.Model):
    """What matching compares of a person, written by the database at each change of the person.

    Names are folded and in one piece, without particles: `family`, `given`; `other` is the name of
    birth, else the family name with its particles; `first` the first word of the given name;
    `*_sound` how each sounds. `commune` and `street`, the keyed hashes of the words of the address,
    are empty for a hidden address. `open`: neither protected nor archived, hence matched with what
    a file says.
    """

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    family = models.TextField()
    other = models.TextField()
    given = models.TextField()
    first = models.TextField()
    family_sound = models.TextField()
    other_sound = models.TextField()
    given_sound = models.TextField()
    first_sound = models.TextField()
    born = models.DateField(null=True)
    commune = models.TextField()
    street = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    open = models.BooleanField()

    field_levels: ClassVar[dict[str, Level]] = {
        "person": Level.SECRET,
        "territory": Level.SECRET,
        "family": Level.SECRET,
        "other": Level.SECRET,
        "given": Level.SECRET,
        "first": Level.SECRET,
        "family_sound": Level.SECRET,
        "other_sound": Level.SECRET,
        "given_sound": Level.SECRET,
        "first_sound": Level.SECRET,
        "born": Level.SECRET,
        "commune": Level.SECRET,
        "street": Level.SECRET,
        "open": Level.SECRET,
    }

    class Meta:
        indexes = [
            models.Index(fields=["territory", "family"], name="traits_family"),
            models.Index(fields=["territory", "given"], name="traits_given"),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class PersonKey(models.Model):
    """A key under which a person may be found by equality alone, as row security lets an index do.

    `key` is the hash of a few traits put together; `people_keys` in the database says which.
    """

    pk = models.CompositePrimaryKey("territory_id", "key", "person_id")
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    key = models.BigIntegerField()
    person = models.ForeignKey(
        Person,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.SECRET,
        "key": Level.SECRET,
        "person": Level.SECRET,
    }

    def __str__(self) -> str:
        return str(self.key)
