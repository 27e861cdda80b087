"""The decision log: a database that is the truth, events that are never rewritten, and what may be done to both."""
