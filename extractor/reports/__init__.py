"""What people and programs read: JSON, JSON Lines, Markdown and the terminal."""
