"""Transcripts, chats and minutes as text."""

from extractor.sources.texts import (
    fathom,
    fireflies,
    granola,
    irc,
    minutes_html,
    minutes_markdown,
    minutes_w3c,
    otter,
    plaintext,
    rev,
    tactiq,
    tldv,
    zoom_captions,
    zoom_chat,
)

FORMATS = (
    otter.FORMAT,
    rev.FORMAT,
    fireflies.FORMAT,
    fathom.FORMAT,
    granola.FORMAT,
    tldv.FORMAT,
    tactiq.FORMAT,
    zoom_chat.FORMAT,
    zoom_captions.FORMAT,
    minutes_markdown.FORMAT,
    minutes_w3c.FORMAT,
    minutes_html.FORMAT,
    irc.FORMAT,
    plaintext.FORMAT,
)
