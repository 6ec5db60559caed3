from .objective import Action, Objective
from .pathway import Pathway, Phase
from .step import Outcome, Step

__all__ = ["Action", "Objective", "Outcome", "Pathway", "Phase", "Step"]
