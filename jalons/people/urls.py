from .follow_ups import urls as follow_ups
from .identity import urls as identity
from .statuses import urls as statuses

app_name = "people"

urlpatterns = [
    *identity.PATTERNS,
    *follow_ups.PATTERNS,
    *statuses.PATTERNS,
]
