"""Reads meetings and threads and writes down what was decided, each record with the words that prove it."""

__version__ = "0.1.0"
