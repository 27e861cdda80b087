"""The writers of every format."""

from __future__ import annotations

import writers_chats
import writers_mail
import writers_speech
import writers_texts

WRITERS = {
    writer.id: writer
    for family in (writers_texts, writers_speech, writers_chats, writers_mail)
    for writer in family.WRITERS
}
