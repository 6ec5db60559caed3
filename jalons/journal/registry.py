from .kinds import Kind, register

register(Kind("journal.digest_sent", "Courriels quotidiens envoyés", level="open"))
