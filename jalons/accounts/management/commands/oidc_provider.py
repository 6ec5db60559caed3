"""The table of providers of identities. A secret is read from a file or standard input only."""

import sys
from argparse import ArgumentParser, BooleanOptionalAction
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from jalons.accounts.actions.record_provider import record_provider, switch_provider
from jalons.accounts.federation.clients import all_rows
from jalons.accounts.models import Provider

TEXTS = ("label", "issuer", "client_id", "scopes", "acr_values", "claims")
LISTS = ("algorithms", "assured_acr", "assured_amr")
FLAGS = ("pkce", "reauthenticates", "logout")
NAMES = (*TEXTS, *LISTS, *FLAGS, "token_auth", "userinfo", "rank")
PRESETS: dict[str, dict[str, Any]] = {
    "proconnect": {
        "label": "ProConnect",
        "scopes": "openid email given_name usual_name",
        "pkce": False,
        "token_auth": Provider.TokenAuth.POST,
        "userinfo": Provider.UserInfo.JWT,
        "algorithms": ["RS256", "ES256"],
        "rank": 1,
    }
}


class Command(BaseCommand):
    help = (
        "Lists, sets, enables or disables the providers of identities (OpenID Connect). What is not"
        " given keeps its value; a secret is never shown again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("list")
        for name in ("enable", "disable"):
            acts.add_parser(name).add_argument("slug")
        setting = acts.add_parser("set")
        setting.add_argument("slug")
        setting.add_argument("--preset", choices=sorted(PRESETS))
        setting.add_argument("--secret-file", metavar="PATH|-")
        for name in TEXTS:
            setting.add_argument(_option(name), dest=name)
        for name in LISTS:
            setting.add_argument(_option(name), dest=name, nargs="*")
        for name in FLAGS:
            setting.add_argument(_option(name), dest=name, action=BooleanOptionalAction)
        setting.add_argument("--token-auth", choices=Provider.TokenAuth.values)
        setting.add_argument("--userinfo", choices=Provider.UserInfo.values)
        setting.add_argument("--rank", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        acts = {"list": self._list, "set": self._set}
        acts.get(options["act"], self._switch)(options)

    def _list(self, options: dict[str, Any]) -> None:
        for row in all_rows():
            state = "disabled" if row.disabled_at else "enabled"
            self.stdout.write(f"{row.slug}\t{row.label}\t{row.issuer}\t{row.client_id}\t{state}")

    def _set(self, options: dict[str, Any]) -> None:
        given = {name: options[name] for name in NAMES if options[name] is not None}
        values = PRESETS.get(options["preset"] or "", {}) | given
        secret = _secret(options["secret_file"])
        if not secret and not Provider.objects.filter(slug=options["slug"]).exists():
            raise CommandError("Donnez le secret du client\u00a0: --secret-file CHEMIN, ou -.")
        try:
            provider = record_provider(options["slug"], values, secret)
        except ValidationError as error:
            raise CommandError(_said(error)) from None
        self.stdout.write(f"{provider.slug}\u00a0: enregistré.")

    def _switch(self, options: dict[str, Any]) -> None:
        try:
            ended = switch_provider(options["slug"], enabled=options["act"] == "enable")
        except Provider.DoesNotExist:
            raise CommandError("Aucun fournisseur ne porte ce nom.") from None
        self.stdout.write(f"{options['slug']}\u00a0: fait, {ended} session(s) fermée(s).")


def _said(error: ValidationError) -> str:
    """Each refusal with its field."""
    said = error.message_dict.items()
    return " ".join(f"{name}\u00a0: {' '.join(why)}" for name, why in said)


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _secret(path: str | None) -> str:
    if path is None:
        return ""
    return (sys.stdin.readline() if path == "-" else Path(path).read_text()).strip()
