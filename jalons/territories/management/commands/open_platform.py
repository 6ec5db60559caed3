from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from jalons.kernel import mail
from jalons.territories.actions.open_platform import AlreadyOpen, open_platform

BODY = (
    "Bonjour,\n\nCette installation de Jalons vous attend. Ouvrez ce lien pour choisir votre mot de"
    " passe\u00a0:\n{link}\n\nIl sert une fois, pendant sept jours.\n"
)


class Command(BaseCommand):
    help = (
        "Makes the platform's first technical administrator, and prints the single-use link (seven"
        " days) that opens the account. Refused when there is one already, unless --again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--given-name", required=True)
        parser.add_argument("--family-name", required=True)
        parser.add_argument("--again", action="store_true", help="another, or a new link")
        parser.add_argument("--send", action="store_true", help="mail the link, do not print it")

    def handle(self, *args: Any, **options: Any) -> None:
        names = (options["given_name"], options["family_name"])
        try:
            link = open_platform(options["email"], *names, again=options["again"])
        except AlreadyOpen:
            raise CommandError(
                "La plateforme a déjà un administrateur technique. Avec --again, la commande en"
                " ajoute un, ou refait le lien de celui-ci."
            ) from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        if options["send"]:
            mail.send(options["email"], "Votre accès à Jalons", BODY.format(link=link))
        self.stdout.write("Le lien est parti par courriel." if options["send"] else link)
