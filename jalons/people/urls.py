from .agreements import urls as agreements
from .documents import urls as documents
from .entries import urls as entries
from .follow_ups import urls as follow_ups
from .front_door import urls as front_door
from .identity import urls as identity
from .intakes import urls as intakes
from .load import urls as load
from .merging import urls as merging
from .pairs import urls as pairs
from .quality import urls as quality
from .reorientations import urls as reorientations
from .statuses import urls as statuses
from .vigilance import urls as vigilance

app_name = "people"

urlpatterns = [
    *front_door.PATTERNS,
    *identity.PATTERNS,
    *intakes.PATTERNS,
    *entries.PATTERNS,
    *follow_ups.PATTERNS,
    *vigilance.PATTERNS,
    *documents.PATTERNS,
    *agreements.PATTERNS,
    *statuses.PATTERNS,
    *reorientations.PATTERNS,
    *load.PATTERNS,
    *pairs.PATTERNS,
    *merging.PATTERNS,
    *quality.PATTERNS,
]
