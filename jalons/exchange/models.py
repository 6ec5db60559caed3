"""Files sent to be imported: what becomes of each, of its rows, and the file itself for a week."""

from typing import ClassVar

from django.db import models

from jalons.access.levels import Level
from jalons.access.roles import Role
from jalons.accounts.models import Account
from jalons.kernel.models import BaseModel
from jalons.territories.models import Mandate, Organization, Territory


class Import(BaseModel):
    """One file sent by an account under one mandate; `recorded_at` is when it was sent.

    `file_name` is ours, `digest` a keyed hash: nothing of the file's own name or words is here.
    `counts` says what is foreseen, then what was done, by outcome. `as_of`: see `files.persons.
    formats.Table`.
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices)
    kind = models.CharField(max_length=20)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", null=True
    )
    file_name = models.CharField(max_length=60)
    digest = models.BinaryField(max_length=32)
    rows = models.PositiveIntegerField()
    state = models.CharField(max_length=12)
    counts = models.JSONField(default=dict)
    as_of = models.CharField(max_length=40, blank=True, db_default="")
    checked_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.OPEN,
        "account": Level.OPEN,
        "mandate": Level.OPEN,
        "role": Level.OPEN,
        "kind": Level.OPEN,
        "organization": Level.OPEN,
        "file_name": Level.OPEN,
        "digest": Level.SECRET,
        "rows": Level.OPEN,
        "state": Level.OPEN,
        "counts": Level.OPEN,
        "as_of": Level.OPEN,
        "checked_at": Level.OPEN,
        "started_at": Level.OPEN,
        "ended_at": Level.OPEN,
        "erased_at": Level.OPEN,
    }

    class Meta:
        indexes = [
            models.Index(fields=["territory", "-id"], name="exchange_import_latest"),
            models.Index(
                fields=["territory", "recorded_at"],
                name="exchange_import_to_erase",
                condition=models.Q(erased_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportedFile(BaseModel):
    """What a file holds, read and encrypted, for its author alone; erased after a week.

    `sample` holds the heading and the first rows; `seen` is how many rows the check has seen. The
    rows of a file of persons are in `ImportedBlock`, and `table` is empty.
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    file_import = models.OneToOneField(Import, on_delete=models.CASCADE, related_name="file")
    table = models.BinaryField(null=True)
    sample = models.BinaryField()
    seen = models.PositiveIntegerField(default=0)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.PRIVATE,
        "account": Level.PRIVATE,
        "file_import": Level.PRIVATE,
        "table": Level.SECRET,
        "sample": Level.SECRET,
        "seen": Level.PRIVATE,
    }

    def __str__(self) -> str:
        return str(self.file_import_id)


class ImportedBlock(BaseModel):
    """A thousand rows of a file of persons: as they came, then as they were read; encrypted."""

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    file_import = models.ForeignKey(
        Import, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    position = models.PositiveIntegerField()
    raw = models.BinaryField()
    said = models.BinaryField(null=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.PRIVATE,
        "account": Level.PRIVATE,
        "file_import": Level.PRIVATE,
        "position": Level.PRIVATE,
        "raw": Level.SECRET,
        "said": Level.SECRET,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file_import", "position"], name="imported_block_once")
        ]

    def __str__(self) -> str:
        return f"{self.file_import_id} {self.position}"


class HeaderMap(BaseModel):
    """How the files of an organization call our columns: by its folded header, our name."""

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    names = models.JSONField(default=dict)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.OPEN,
        "organization": Level.OPEN,
        "kind": Level.OPEN,
        "names": Level.OPEN,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "kind"], name="one_header_map")
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.kind}"


class ImportedRow(BaseModel):
    """One row of a file: what was foreseen of it, then what became of it, never what it says.

    `outcome` is empty until the row is settled. A remark is [column, kind, message]. Of a file of
    persons: `person` is whom the row speaks of, `changes` the attributes that it changes,
    `first_row` the one that creates the person whom this one names again.
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    file_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    foreseen = models.CharField(max_length=10)
    outcome = models.CharField(max_length=10, blank=True)
    errors = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    organization = models.ForeignKey(
        Organization, on_delete=models.SET_NULL, related_name="+", null=True
    )
    invited = models.BooleanField(default=False)
    person = models.UUIDField(null=True)
    changes = models.JSONField(default=list, db_default=[])
    first_row = models.PositiveIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.PRIVATE,
        "account": Level.PRIVATE,
        "file_import": Level.PRIVATE,
        "number": Level.PRIVATE,
        "foreseen": Level.PRIVATE,
        "outcome": Level.PRIVATE,
        "errors": Level.PRIVATE,
        "warnings": Level.PRIVATE,
        "organization": Level.PRIVATE,
        "invited": Level.PRIVATE,
        "person": Level.PRIVATE,
        "changes": Level.PRIVATE,
        "first_row": Level.PRIVATE,
        "settled_at": Level.PRIVATE,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file_import", "number"], name="imported_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.file_import_id} {self.number}"


class TakenFlow(BaseModel):
    """The last flow of a sender that an organization has taken, so that no older one follows it.

    `as_of` is the day up to which it goes, `made_on` the day it was made.
    """

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    sender = models.CharField(max_length=10, blank=True)
    as_of = models.DateField()
    made_on = models.DateField()

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.OPEN,
        "organization": Level.OPEN,
        "kind": Level.OPEN,
        "sender": Level.OPEN,
        "as_of": Level.OPEN,
        "made_on": Level.OPEN,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "sender"], name="last_flow_of_a_sender"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sender} {self.as_of}"
