"""A territory: the communes of one consortium."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jalons.access.levels import Level


class Territory(models.Model):
    """A set of communes, inside or across départements. The key is small: it is on every row."""

    id = models.SmallAutoField(primary_key=True)
    code = models.SlugField("code", max_length=40, unique=True)
    name = models.CharField("nom", max_length=150)
    communes = ArrayField(
        models.CharField(max_length=5), verbose_name="communes (codes Insee)", default=list
    )

    field_levels: ClassVar[dict[str, Level]] = {
        "code": Level.OPEN,
        "name": Level.OPEN,
        "communes": Level.OPEN,
    }

    def __str__(self) -> str:
        return self.name
