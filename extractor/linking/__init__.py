"""How a record stands to earlier ones: judged from its features or by a language model, suggested and never applied."""
