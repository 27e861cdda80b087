"""The unattended run: what is new is read, proposed to the log, linked and told."""
