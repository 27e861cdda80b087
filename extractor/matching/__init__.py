"""When two claims are the same record: of a prediction and a label, or of the log and what is extracted again."""
