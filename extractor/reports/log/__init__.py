"""Records of the log as people and programs read them: lists, one record in full, a history, what a search found."""
