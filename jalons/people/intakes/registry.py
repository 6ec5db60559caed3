"""What an intake brings to the other rooms."""

from jalons.kernel import encrypted

from .said import purpose

encrypted.declare("people.Intake.cipher", purpose, "id")
