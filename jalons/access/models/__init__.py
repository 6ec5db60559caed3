from .break_glass import BreakGlass
from .consultation import Consultation
from .draft import Draft
from .export import Export
from .link import ScopedLink

__all__ = ["BreakGlass", "Consultation", "Draft", "Export", "ScopedLink"]
