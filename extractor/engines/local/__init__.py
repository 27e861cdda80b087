"""The local engine: a trained model that needs no key and no network."""
