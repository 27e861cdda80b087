"""The JSON API: whatever the pages show and do, for programs."""
