from jalons.kernel import preparation

from .loading import load

preparation.register("listes de référence", 10, load)
