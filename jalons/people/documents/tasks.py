"""What follows a withdrawal."""

from uuid import UUID

from jalons.kernel import row_security
from jalons.kernel.jobs import job

from .actions.withdraw_document import erase_document
from .rules import ERASE


@job(ERASE)
def erase(document: str, territory: int, account: str) -> None:
    """In the context of the author, who alone may see what is private or sealed."""
    with row_security.context([territory], UUID(account)):
        erase_document(UUID(document))
