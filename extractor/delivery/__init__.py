"""The digest handed over: as a file, by mail, to a webhook.

Mail and Slack get it at least once: a repeat bears the same Message-Id. A webhook of kind ``json`` gets an
``Idempotency-Key`` and so has it exactly once, where it honours that. Secrets are read from the environment when they
are needed; nothing here prints one, nor the path of a webhook's address, which is a secret with Slack.
"""

from extractor.delivery.sending import check, send
from extractor.delivery.targets import FileTarget, Patience, Target, targets_of

__all__ = ["FileTarget", "Patience", "Target", "check", "send", "targets_of"]
