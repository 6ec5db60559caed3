from .entries import urls as entries
from .follow_ups import urls as follow_ups
from .identity import urls as identity

app_name = "people"

urlpatterns = [
    *identity.PATTERNS,
    *entries.PATTERNS,
    *follow_ups.PATTERNS,
]
