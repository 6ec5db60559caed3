from .agreements import urls as agreements
from .documents import urls as documents
from .follow_ups import urls as follow_ups
from .identity import urls as identity

app_name = "people"

urlpatterns = [
    *identity.PATTERNS,
    *follow_ups.PATTERNS,
    *documents.PATTERNS,
    *agreements.PATTERNS,
]
