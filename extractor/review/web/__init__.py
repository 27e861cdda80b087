"""The pages and the API of ``decisions serve``."""
