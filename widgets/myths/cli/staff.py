"""Commands for the keys to the staff pages, the roles that have them, and what was done."""

from __future__ import annotations

import click

from myths.cli.options import db_option
from myths.personal_data import signs
from myths.store import open_store, role_name
from myths.vocabulary import Scope

_SCOPES = (Scope.OWN.value, Scope.READ.value)
_ROLE = "What they do, as “trainers north”; nobody's name. [default: the coordinator]"


@click.group()
def staff() -> None:
    """Make, list and end keys to the staff pages; see what was done with them."""


@staff.command()
@db_option
@click.option("--role", help=_ROLE)
@click.option(
    "--scope",
    type=click.Choice(_SCOPES),
    help="Of a new role: its own workshops (trainers), or to read only (evaluators). [own]",
)
def key(*, db: str | None, role: str | None, scope: str | None) -> None:
    """Print a new staff key; it works for a week, on a server that runs already too.

    Without a role it is the coordinator's, who sees all workshops. The next key of a role finds the
    workshops of the one before.
    """
    if role is None and scope is not None:
        raise click.UsageError("A scope is that of a role: name it with --role.")
    store = open_store(db)
    click.echo(store.new_staff_key(role, scope=Scope(scope) if scope else None))
    if role is not None and signs(role):
        click.echo("This may be the name or the number of a person: name what they do.", err=True)


@staff.command("list")
@db_option
def list_(*, db: str | None) -> None:
    """List the roles: scope, until when they have a key, and their workshops."""
    for each in open_store(db).roles():
        until = f"key until {each.key_until:%Y-%m-%d %H:%M} UTC" if each.key_until else "no key"
        codes = " ".join(each.workshops) or "no workshop"
        click.echo(f"{each.role.name:24}  {each.role.scope:4}  {until:30}  {codes}")


@staff.command()
@db_option
@click.argument("role", required=False)
def revoke(*, db: str | None, role: str | None) -> None:
    """End the keys of ROLE, or without one every staff key; whoever is in with one is out.

    The role stays, with its workshops, so that it can get a new key.
    """
    open_store(db).revoke_staff(role)
    whose = f' --role "{role_name(role)}"' if role else ""
    of = f" of {role_name(role)}" if role else ""
    click.echo(f"No key{of} works any more. Make a new one with `myths staff key{whose}`.")


@staff.command()
@db_option
@click.argument("role")
def remove(*, db: str | None, role: str) -> None:
    """Forget ROLE and its keys; its workshops stay, and only the coordinator sees them."""
    open_store(db).remove_role(role)
    click.echo("Removed. Its workshops are there, for the coordinator and their other roles.")


@staff.command()
@db_option
def audit(*, db: str | None) -> None:
    """Print what staff did in the last year: when (UTC), which role, what, which workshop."""
    for each in open_store(db).audit():
        who = each.role or "coordinator"
        click.echo(f"{each.at:%Y-%m-%d %H:%M}  {who:24}  {each.act:13}  {each.about}".rstrip())
