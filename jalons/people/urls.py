from .entries import urls as entries
from .follow_ups import urls as follow_ups
from .identity import urls as identity
from .load import urls as load
from .reorientations import urls as reorientations

app_name = "people"

urlpatterns = [
    *identity.PATTERNS,
    *entries.PATTERNS,
    *follow_ups.PATTERNS,
    *reorientations.PATTERNS,
    *load.PATTERNS,
]
