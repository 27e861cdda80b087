"""Engines: a conversation in, draft records out."""
