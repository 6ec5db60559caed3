"""The three territories of the demo, with their members (real institutions) and invented agents."""

from .ajaccio import AJACCIO
from .belfort import BELFORT
from .val_d_oise import VAL_D_OISE

CONSORTIA = (AJACCIO, BELFORT, VAL_D_OISE)
