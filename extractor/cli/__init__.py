"""The command line: thin commands over the library. Heavy imports happen inside the commands, not here."""
