from .objectives import urls as objectives
from .steps import urls as steps
from .tab import urls as tab

app_name = "pathways"

urlpatterns = [*tab.PATTERNS, *objectives.PATTERNS, *steps.PATTERNS]
