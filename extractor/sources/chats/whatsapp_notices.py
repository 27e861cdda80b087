"""What WhatsApp itself writes into an exported chat, in the language of the phone.

An iPhone puts an invisible mark (U+200E) before everything that nobody typed, and Android puts angle brackets around
what it leaves out, so that most of it can be told in any language. What neither marks is listed here in the languages
with the most exports.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractor.sources.characters import INVISIBLE
from extractor.sources.ledger import Piece

_MARK = "\u200e"
_BLANK = INVISIBLE + "".join(filter(str.isspace, map(chr, range(0x3001))))


def _one_of(*alternatives: str) -> str:
    return "|".join(part for each in alternatives for part in each.split(" | "))


_ENCRYPTED = re.compile(
    _one_of(
        "end-to-end | end to end | ende-zu-ende | de extremo a extremo | de bout en bout | de ponta a ponta",
        "eind-tot-eind | сквозн | szyfrowan | uçtan uca | ujung[- ]ke[- ]ujung | наскрізн | från ände till ände",
        "エンドツーエンド | 端到端 | 端對端 | 종단 간 | מקצה לקצה | بين الطرفين | एंड-टू-एंड",
    ),
    re.IGNORECASE,
)
_ENCRYPTION_NOTICE = re.compile(
    _one_of(
        "messages? and calls | messages you send | nachrichten | los mensajes | las llamadas | les messages",
        "as mensagens | mensagens | i messaggi | berichten | сообщения | wiadomości | mesajlar | pesan | meddelanden",
        "повідомлення | メッセージ | 消息 | 訊息 | 메시지 | הודעות | الرسائل | संदेश | मैसेज",
    ),
    re.IGNORECASE,
)
_NOTICES = re.compile(
    "(?:"
    + _one_of(
        r"(?:missed|silent|declined|cancell?ed) (?:group )?(?:voice |video )?call\b.{0,40} | no answer",
        "verpasster (?:sprach|video)?anruf.{0,40} | llamada (?:de voz |de vídeo )?perdida.{0,40}",
        "appel (?:vocal |vidéo )?manqué.{0,40} | chamada (?:de voz |de vídeo )?perdida.{0,40}",
        "chiamata (?:vocale |video )?persa.{0,40} | gemiste (?:spraak|video)?oproep.{0,40}",
        r"waiting for this message\. this may take a while\..{0,40} | this message can't be displayed here\..{0,80}",
    )
    + ")$",
    re.IGNORECASE,
)
_DELETED = re.compile(
    "(?:"
    + _one_of(
        "this message was deleted(?: by admin.{0,60})? | you deleted this message | diese nachricht wurde gelöscht",
        "du hast diese nachricht gelöscht | se eliminó este mensaje | este mensaje fue eliminado",
        "eliminaste este mensaje | ce message a été supprimé | vous avez supprimé ce message | mensagem apagada",
        "(?:esta|essa) mensagem foi (?:apagada|eliminada) | você apagou (?:esta|essa) mensagem",
        "questo messaggio è stato eliminato | hai eliminato questo messaggio | dit bericht (?:is|werd) verwijderd",
        "(?:je|u) hebt dit bericht verwijderd | (?:данное |это )?сообщение (?:было )?удалено",
        "вы удалили (?:данное|это) сообщение | ta wiadomość została usunięta | usunięto tę wiadomość",
        "bu mesaj silindi | bu mesajı sildiniz | pesan ini (?:telah )?dihapus | det här meddelandet raderades",
        "このメッセージは削除されました | このメッセージを削除しました | 此消息已删除 | 此訊息已刪除",
        "你删除了此消息 | 您已刪除此訊息",
        "삭제된 메시지입니다 | 메시지가 삭제되었습니다 | הודעה זו נמחקה | تم حذف هذه الرسالة | यह संदेश हटा दिया गया था",
    )
    + ")[.。]?$",
    re.IGNORECASE,
)
_OMITTED = re.compile(
    "(?:"
    + _one_of(
        "(?:image|photo|video(?: note)?|audio|voice message|sticker|gif|document|contact card|media|album) omitted",
        "(?:bild|video(?:nachricht)?|audio|sticker|gif|dokument|kontaktkarte|medien) weggelassen",
        "(?:imagen|foto|v[ií]deo|audio|sticker|gif|documento|tarjeta de contacto|multimedia) omitid[oa]s?",
        "(?:image|photo|vidéo|audio|sticker|gif|document|fiche contact) absente?",
        "(?:imagem|foto|vídeo|áudio|figurinha|gif|documento|cartão do contato) (?:ocultad[oa]|oculto|omitid[oa])",
        "(?:immagine|foto|video|audio|sticker|gif|documento|scheda contatto) omess[oa]",
        "(?:afbeelding|foto|video|audio|sticker|gif|document|contactkaart) weggelaten",
        "(?:изображение|фото|видео|аудиофайл|стикер|gif|документ) (?:отсутству[ею]т|пропущен[оа]?) | null",
    )
    + ")$",
    re.IGNORECASE,
)
_IN_ANGLES = re.compile(r"<[^<>\n]{1,80}>$")
_EDITED = re.compile(
    rf"[{_BLANK}]*(?:{_MARK}<[^<>\n]{{1,60}}>|<(?:"
    + _one_of(
        "this message was edited | edited | diese nachricht wurde bearbeitet | se editó este mensaje",
        "mensaje editado | ce message a été modifié | mensagem editada | esta mensagem foi editada",
        "questo messaggio è stato modificato | dit bericht is bewerkt | (?:данное )?сообщение изменено",
        "bu mesaj düzenlendi | pesan ini diedit",
    )
    + rf")\.?>)[{_BLANK}]*$",
    re.IGNORECASE,
)
_CAMERA_FILE = r"(?:IMG|VID|PTT|AUD|STK|DOC|PHOTO|VIDEO|AUDIO|GIF)-"
_ATTACHED = re.compile(rf"(?P<name>(?:{_CAMERA_FILE})?[^\n()<>]{{1,120}}\.\w{{2,5}}) \([^()\n]{{3,40}}\)$")
_FROM_CAMERA = re.compile(_CAMERA_FILE)
_FILE_NAME = re.compile(r"[^<>\n:]{1,40}: ?(?P<name>[^<>\n]{1,160}\.\w{2,5})>")
_CHANGED = re.compile(
    r"\b(?:changed|added|removed|left|joined|created|deleted|updated|pinned|turned (?:on|off)|reset|blocked)\b .{12}",
    re.IGNORECASE,
)
_QUOTES = (("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"), ("‘", "’"))
_FEWEST_LINES_OF_A_POLL = 3
_EDIT_MARK_WITHIN = 200


@dataclass
class Words:
    """What somebody wrote in a message, line by line; an empty piece is a blank line.

    ``asides`` are spans that the program wrote, with the reason; ``files`` names what was shared.
    """

    pieces: list[Piece] = field(default_factory=list)
    asides: list[tuple[Piece, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    is_media: bool = False


def is_notice_with_colon(label: str) -> bool:
    """Whether what stands before a colon is the beginning of a notice, as in ``A changed the name to “B: C”``."""
    if label.count('"') % 2 or any(_is_open(label, *pair) for pair in _QUOTES):
        return True
    return bool(_CHANGED.search(label))


def _is_open(label: str, opening: str, closing: str) -> bool:
    return label.count(opening) > label.count(closing) and closing != "’"


def is_sent_by_program(lines: list[str]) -> bool:
    """Whether a message under somebody's name is a notice of the program: of encryption, a call, a new group name."""
    text = lines[0].strip(_BLANK)
    if _ENCRYPTED.search(text[:400]) and _ENCRYPTION_NOTICE.match(text):
        return True
    if len([line for line in lines if line.strip(_BLANK)]) > 1:
        return False
    if _NOTICES.match(text):
        return True
    if not lines[0].lstrip(" \t").startswith(_MARK) or "://" in text:
        return False
    return not (_is_media(text) or _ATTACHED.match(text) or _DELETED.match(text))


def _is_media(text: str) -> bool:
    return bool(_IN_ANGLES.match(text) or _OMITTED.match(text))


def words_of_message(pieces: list[Piece]) -> Words:
    """The words of a message, whose lines ``pieces`` are; what stands for media, a deletion or an edit is set aside."""
    words = Words()
    lines = [_bare(piece, _BLANK if index == 0 else INVISIBLE, words) for index, piece in enumerate(pieces)]
    while lines and not lines[-1].text.strip(_BLANK):
        lines.pop()
    if not lines:
        return words
    lines[-1] = _without_edit_mark(lines[-1], words, alone=len(lines) == 1)
    if len(lines) == 1 and _DELETED.match(lines[0].text):
        words.asides.append((lines[0], "deleted"))
        return words
    marked = [_MARK in piece.text[:4] for piece in pieces]
    words.pieces = [_without_media(line, mark, words) for line, mark in zip(lines, marked, strict=False)]
    while words.pieces and not words.pieces[0].text:
        words.pieces.pop(0)
    return words


def _bare(line: Piece, blank: str, words: Words) -> Piece:
    """A line without ``blank`` characters at its start and white space at its end."""
    begin = len(line.text) - len(line.text.lstrip(blank))
    end = max(begin, len(line.text.rstrip(_BLANK)))
    words.asides += [(line.cut(0, begin), "white space"), (line.cut(end, len(line.text)), "white space")]
    return line.cut(begin, end)


def _without_edit_mark(line: Piece, words: Words, *, alone: bool) -> Piece:
    """A message's last line without the mark; where nothing is before it, it stands for what was left out."""
    begin = max(0, len(line.text) - _EDIT_MARK_WITHIN)
    tail = line.text[begin:]
    found = _EDITED.search(tail) if tail.rstrip(_BLANK).endswith(">") else None
    if found is not None and alone and not line.text[: begin + found.start()].strip(_BLANK):
        found = None
    if found is not None and not _FILE_NAME.search(found.group()):
        words.asides.append((line.cut(begin + found.start(), len(line.text)), "system message"))
        line = line.cut(0, begin + found.start())
    return _bare(line, "", words)


def _without_media(line: Piece, marked: bool, words: Words) -> Piece:
    """A line without what stands for a picture or a file."""
    text = line.text
    if _is_media(text) or _ATTACHED.match(text):
        name = _FILE_NAME.search(text) or _ATTACHED.match(text)
        if _ATTACHED.match(text) and not (marked or _FROM_CAMERA.match(text)):
            return line
        return _media(line, 0, name["name"].strip(_BLANK) if name else "", words)
    at = text.rfind(_MARK + "<")
    name = _FILE_NAME.search(text, at) if at >= 0 and text.endswith(">") else None
    if name is not None:
        _media(line, at, name["name"].strip(_BLANK), words)
        return _bare(line.cut(0, at), "", words)
    return line


def _media(line: Piece, begin: int, name: str, words: Words) -> Piece:
    words.is_media = True
    words.asides.append((line.cut(begin, len(line.text)), "attachment"))
    if name:
        words.files.append(name)
    return line.cut(0, 0)
