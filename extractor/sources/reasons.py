"""Why characters of a source are no part of a turn: one vocabulary for the accounts of all readers.

``docs/reading.md`` lists them as they stand here, and the tests hold every reader to them.
"""

from __future__ import annotations

AI_NOTES = "AI notes"
ATTENDEES = "attendees"
BOILERPLATE = "boilerplate"
COPY = "copy"
HEADER = "header"
HEADING = "heading"
LABEL = "speaker label"
MARKUP = "markup"
NOTES = "notes"
NOT_UNDERSTOOD = "not understood"
SYSTEM = "system message"

REASONS: dict[str, str] = {
    AI_NOTES: "what a recorder's AI wrote: summaries, notes, action items",
    "alternative": "what a recognizer heard too, or thought before it was sure",
    "attachment": "what was sent beside the words, or stands for it: files, pictures, sound, stickers, invitations",
    ATTENDEES: "who was there, as minutes and their bots list it",
    BOILERPLATE: "sentences that a program or a mail server puts into every file: notices, credits, footers",
    "button": "the labels of buttons below a message",
    "code": "the lines of code that a comment is about",
    "comment": "remarks beside the text: a document's comments, `NOTE` in WebVTT",
    COPY: "the same words once more: as HTML, as single words, in a summary that repeats, in a rolling caption",
    "correction": "a message that corrects another one (`s/old/new/`)",
    "cue id": "the numbers and names of cues",
    "cut off": "the end of a file that breaks off",
    "deleted": "what was deleted, hidden by a moderator or struck out",
    "draft": "a mail that was never sent",
    "encrypted": "what cannot be read without a key",
    HEADER: "what stands above it all, or describes it: the day, the agenda, the fields of a mail's head",
    HEADING: "titles of conversations, topics, channels and sections",
    "hidden text": "words that a document does not show",
    "line break": "line breaks between turns",
    "link preview": "previews of links, and cards beside the words of a message",
    MARKUP: "tags, rules, marks of formatting, addresses of links",
    NOT_UNDERSTOOD: "what a reader knows no use for; a warning says where it stands",
    NOTES: "notes beside a transcript, by whoever wrote them; footnotes",
    "queue": "the speaker queue of a meeting (`q+`)",
    "quotation header": "the lines that say whom a mail quotes",
    "quoted reply": "what a message repeats of another one",
    "reaction": "a message that is a reaction; it stands on the turn that it was put on",
    "repeated message": "a message or a mail that the source holds once more",
    "signature": "signatures of mails",
    LABEL: "the names before what people say",
    "structure": "all that is no human language in JSON, archives and documents",
    SYSTEM: "what a program says: who came and went, that a recording began, that a message was edited",
    "text outside a cue": "words in a caption file that belong to no cue",
    "text outside a message": "words in a chat's file that belong to no message",
    "timestamp": "times",
    "translation": "what was said, in another language",
    "unreadable message": "messages that are damaged, or have no words or no time",
    "white space": "blanks and invisible characters",
}
"""Each reason and what is set aside for it."""
