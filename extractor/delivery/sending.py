"""A digest to a target, whatever the target is."""

from __future__ import annotations

from extractor.delivery.files import replace_file
from extractor.delivery.targets import FileTarget, Patience, Target
from extractor.plan import MailTarget
from extractor.reports.digest.model import Digest


def send(digest: Digest, target: Target, patience: Patience | None = None) -> None:
    """Hands the digest over; returns once the other side has taken it.

    Raises DeliveryError where it did not (``transient`` tells whether to try again, with the same digest: a changed one
    under the same key is refused by servers that compare), SettingsError where a variable or an address is missing.
    """
    patience = patience or Patience()
    settings = target.settings
    if isinstance(settings, FileTarget):
        from extractor.reports.digest.written import as_markdown

        replace_file(settings.path, as_markdown(digest))
    elif isinstance(settings, MailTarget):
        from extractor.delivery.mail import send_mail

        send_mail(digest, settings, patience)
    else:
        from extractor.delivery.webhook import post

        post(digest, settings, f"{digest.id}-{target.key}", patience)


def check(target: Target) -> None:
    """Raises SettingsError where ``send`` would: before the night's work rather than after it. Nothing is sent."""
    settings = target.settings
    if isinstance(settings, FileTarget):
        return
    if isinstance(settings, MailTarget):
        from extractor.delivery.mail import check_mail

        check_mail(settings)
    else:
        from extractor.delivery.webhook import address_of

        address_of(settings)
