"""Mails and mailboxes."""

from extractor.sources.base import BundleFormat
from extractor.sources.mail import bodies, formats, maildir, msg

FORMATS = (formats.EML, formats.MBOX, msg.FORMAT, bodies.TEXT, bodies.HTML)
BUNDLES: tuple[BundleFormat, ...] = (maildir.FORMAT,)
