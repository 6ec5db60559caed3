from .agreements import urls as agreements
from .documents import urls as documents
from .follow_ups import urls as follow_ups
from .front_door import urls as front_door
from .identity import urls as identity
from .statuses import urls as statuses
from .vigilance import urls as vigilance

app_name = "people"

urlpatterns = [
    *front_door.PATTERNS,
    *identity.PATTERNS,
    *follow_ups.PATTERNS,
    *vigilance.PATTERNS,
    *documents.PATTERNS,
    *agreements.PATTERNS,
    *statuses.PATTERNS,
]
