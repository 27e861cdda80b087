"""What a team is told of its log after a night: the digest, as Markdown, mail, Slack blocks and JSON."""
