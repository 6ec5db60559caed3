from jalons.kernel import encrypted

from .kinds import Kind, register
from .payloads import PURPOSE

for name, label in [
    ("digest_sent", "Courriels quotidiens envoyés"),
    ("keys_rotated", "Clé de chiffrement remplacée"),
    ("old_keys_forgotten", "Anciennes clés de chiffrement oubliées"),
]:
    register(Kind(f"journal.{name}", label, level="open"))
encrypted.declare("journal.Payload.body", PURPOSE)
