"""Training of the local engine's model: ``python -m extractor.engines.local.train``. Needs scikit-learn and scipy."""
