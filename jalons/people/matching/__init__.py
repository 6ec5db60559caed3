from .comparing import match

__all__ = ["match"]
