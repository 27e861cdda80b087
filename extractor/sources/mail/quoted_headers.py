"""The headers that mail programs write above a quoted mail (``From:``, ``Sent:``, ``To:``), in thirty languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractor.sources.mail.attribution import BEHALF, Author, clean_name

_NAMES = {
    "from": "From|Von|De|Da|Van|Fra|Från|Od|От|От кого|Від|差出人|送信者|发件人|寄件者|寄件人|보낸 사람|보낸사람"
    "|발신|Kimden|Gönderen"
    "|Lähettäjä|Feladó|De la|Expéditeur|Remitente|Mittente|Remetente|Afzender|Absender|Avsändare|Nadawca|Odesílatel"
    "|Šalje|Expeditorul|Отправитель|Від кого|Saatja|送信元|Pošiljatelj|Odosielateľ|Изпратил",
    "sent": "Sent|Date|Gesendet|Gesendet am|Datum|Envoyé|Envoyé le|Enviado|Enviado el|Fecha|Inviato|Data|Verzonden"
    "|Enviada|Enviada em|Enviado em|Sendt|Dato|Skickat|Wysłano|Wysłane|Отправлено|Дата|Надіслано|送信日時|日付|日時"
    "|发送时间"
    "|发送日期|日期|时间|寄件日期|傳送時間|보낸 날짜|보낸날짜|날짜|Odesláno|Gönderildi|Gönderme Tarihi|Tarih"
    "|Lähetetty"
    "|Päivämäärä|Päiväys|Elküldve|Dátum|Trimis|Sent at|Dată|Odoslané|Gönderilen|Відправлено"
    "|Poslano|Poslané|Saadetud|Kuupäev|Изпратено",
    "to": "To|An|À|A|Pour|Para|Aan|Til|Till|Do|Кому|宛先|收件人|收件者|받는 사람|받는사람|수신|Komu|Kime"
    "|Vastaanottaja|Címzett|Către|Prima|Destinatarul|Pre|Adresat|送信先|Za|Saaja|До",
    "cc": "Cc|Bcc|Kopie|Copie à|Copie|Copia|Kopi|Kopia|DW|Копия|Копія|抄送|副本|参照|참조|Bilgi|Kopio|Másolatot kap"
    "|Másolat|Kópia"
    "|CCI|Blindkopie",
    "subject": "Subject|Betreff|Objet|Sujet|Asunto|Oggetto|Onderwerp|Assunto|Emne|Ämne|Temat|Тема|件名|主题|主旨"
    "|제목|Předmět"
    "|Konu|Aihe|Tárgy|Subiect|Subiectul|Predmet|Naslov|Teema|Zadeva|Относно",
    "other": "Reply-To|Organization|Importance|Attachments|Priority|Message-ID|Antwort an|Anlagen|Wichtigkeit"
    "|Newsgroups"
    "|List-Id|Répondre à|Vedhæftet|Sender|X-Mailer|添付ファイル|附件|重要性|Prioridad|Importancia|Pièces jointes"
    "|Bijlagen|Odgovori na|Odpověď na|Svar til|Antwoord aan|Vastaus|Válaszcím|Rispondi a|Odpowiedź-do|Responder a"
    "|Răspuns către|Ответ-Кому|Odpovedať-Pre|Svara till|Yanıt Adresi|Кому відповісти",
}
_FIELD_OF = {name.casefold(): field for field, names in _NAMES.items() for name in names.split("|")}
_LINE = re.compile(
    r"[*_]{0,2}([^\W\d_][^\n:：*<>@]{0,24}?)[ \u00a0]?[*_]{0,2}[ ]?[:：][*_]{0,2}[ \t\u00a0]*(.*)$", re.DOTALL
)
_ANY_NAME = re.compile(r"[*_]{0,2}[^\W\d_][\w .-]{0,24}?[ \u00a0]?[*_]{0,2}[:：]", re.DOTALL)
_ADDRESS = re.compile(r"([^\s<>()@\[\]:,;\"']{1,100}@[^\s<>()@\[\]:,;\"']{1,200})")
_ADDRESS_BEGINS = re.compile(r"[<\[(]|mailto:", re.IGNORECASE)
_FEWEST_FIELDS = 3
_MOST_LINES = 30
_LONGEST_LINE = 1000
_WRAPPED = 55

_DIVIDER = (
    r"(?:[-=_*]{2,20}[ ]?(?:Original Message|Original Appointment|Forwarded [Mm]essage(?: from [^-]{1,60})?"
    r"|Reply message|Ursprüngliche Nachricht|Originalnachricht|Original-Nachricht|Weitergeleitete Nachricht"
    r"|Message d'origine|Message d’origine|Message original|Message transféré|Message transmis|Mensaje original"
    r"|Mensaje reenviado|Mensagem original|Mensagem encaminhada|Mensagem reencaminhada|Messaggio originale"
    r"|Messaggio inoltrato|Oorspronkelijk bericht|Doorgestuurd bericht|Originalmeddelelse|Oprindelig meddelelse"
    r"|Videresendt meddelelse|Videresendt melding|Opprinnelig melding|Originalmeddelande|Ursprungligt meddelande"
    r"|Vidarebefordrat meddelande|Wiadomość oryginalna|Oryginalna wiadomość|Wiadomość przekazana|Původní zpráva"
    r"|Přeposlaná zpráva|Исходное сообщение|Пересылаемое сообщение|Пересланное сообщение|Alkuperäinen viesti"
    r"|Välitetty viesti|Orijinal İleti|Özgün İleti|İletilen ileti|İletilmiş [Mm]esaj|原始邮件|原始信件|原邮件"
    r"|转发邮件|轉寄郵件"
    r"|邮件原件|元のメッセージ|転送メッセージ|Forwarded Message|원본 메시지|원본 메일|전달된 메시지|Eredeti üzenet"
    r"|Mesaj original|Edelleenlähetetty viesti|Välitetty viesti / Fwd\.Msg|Továbbított üzenet|Przekazana wiadomość"
    r"|Treść przekazanej wiadomości|Wiadomość przesłana dalej|Mesaj redirecționat|Preposlaná správa(?: -{3} Forwarded"
    r" Message)?|Pôvodná správa|Proslijeđena poruka|Izvorna poruka|Перенаправлене повідомлення|Переслане повідомлення"
    r"|Перенаправленное сообщение|Оригінальне повідомлення|メッセージを転送)[ ]?[-=_*]{2,20}"
    r"|(?:Begin forwarded message|Forwarded message"
    r"|Anfang der weitergeleiteten Nachricht|Début du message (?:réexpédié|transféré)"
    r"|Inicio del mensaje reenviado|Inizio messaggio inoltrato|Begin doorgestuurd bericht|Início da mensagem "
    r"(?:reencaminhada|encaminhada)|Start på videresendt (?:besked|melding)|Videresendt melding"
    r"|Vidarebefordrat (?:brev|mejl)|Začátek přeposílané zprávy|Započni proslijeđenu poruku|Továbbított levél kezdete"
    r"|Începe mesajul redirecționat|Začiatok preposlanej správy|İleti başlangıcı|Початок листа, що пересилається"
    r"|Początek przekazywanej wiadomości|Начало переадресованного сообщения|Začátek přeposlané zprávy"
    r"|Välitetty viesti alkaa|İletilen ileti başlangıcı|下面是被转发的邮件|开始转发邮件|転送されたメッセージ"
    r"|전달된 메시지 시작)\s?[:：])"
)
DIVIDER = re.compile(rf"{_DIVIDER}[ \t]*$", re.IGNORECASE)
_LABEL = re.compile(
    rf"(?<![^\W\d_])({'|'.join(sorted(map(re.escape, _FIELD_OF), key=len, reverse=True))})[ \u00a0]?[:：]",
    re.IGNORECASE,
)
_ONLY_DIVIDER = re.compile(rf"(?:{_DIVIDER})?[ \t]*", re.IGNORECASE)
END = re.compile(r"-{2,20}[ ]?End (?:of )?(?:forwarded|original) message[ ]?-{2,20}[ \t]*$", re.IGNORECASE)
RULE = re.compile(r"(?:_{10,}|-{10,}|(?:\*[ ]){2}\*|–{10,})[ \t]*$")


class Block(NamedTuple):
    """The headers of a quoted mail: how many lines they take, and whom they name."""

    lines: int
    author: Author


def header_block(lines: Sequence[str], depths: Sequence[int], start: int, *, announced: bool = False) -> Block | None:
    """The block of headers that begins on the line ``start``, None where there is none.

    It says who wrote (From or its like) and two more things, one below the other; one more where a divider announced
    it. Values may be wrapped.
    """
    in_one_line = _block_in_line(lines[start])
    if in_one_line is not None:
        return in_one_line
    found: dict[str, str] = {}
    end, field, index = start, "", start
    while index < len(lines) and index - start < _MOST_LINES and depths[index] == depths[start]:
        line = lines[index]
        match = _LINE.match(line) if len(line) <= _LONGEST_LINE else None
        known = _FIELD_OF.get(" ".join(match[1].split()).casefold()) if match is not None else None
        if match is not None and known is not None:
            field, end = known, index + 1
            found.setdefault(field, match[2])
        elif not found or (not line and not _goes_on(lines, depths, index)):
            break
        elif line:
            found[field] = f"{found[field]} {line}"
        index += 1
    if "from" not in found or len(found) < _FEWEST_FIELDS - announced:
        return None
    end += _wrapped(lines, depths, end, field)
    return Block(end - start, _author(found["from"], found.get("sent", "")))


def _block_in_line(line: str) -> Block | None:
    """Headers without line breaks between them, as Yahoo and others put them into text, also behind a divider."""
    if len(line) > _LONGEST_LINE or "@" not in line or line.count(":") + line.count("：") < _FEWEST_FIELDS:
        return None
    labels = list(_LABEL.finditer(line))
    if len(labels) < _FEWEST_FIELDS or not _ONLY_DIVIDER.fullmatch(line, 0, labels[0].start()):
        return None
    ends = [label.start() for label in labels[1:]] + [len(line)]
    found: dict[str, str] = {}
    for label, end in zip(labels, ends, strict=True):
        found.setdefault(_FIELD_OF.get(label[1].casefold(), "other"), line[label.end() : end].strip())
    if "@" not in found.get("from", "") or "subject" not in found or len(found) < _FEWEST_FIELDS:
        return None
    return Block(1, _author(found["from"], found.get("sent", "")))


def unknown_block(lines: Sequence[str], depths: Sequence[int], start: int) -> Block | None:
    """The lines ``Name: value`` after a divider, whatever the language: the author is who stands in the first."""
    end = start
    while end < len(lines) and end - start < _MOST_LINES and depths[end] == depths[start]:
        if len(lines[end]) > _LONGEST_LINE or not _ANY_NAME.match(lines[end]):
            break
        end += 1
    if end - start < _FEWEST_FIELDS - 1:
        return None
    value = re.split("[:：]", lines[start], maxsplit=1)[1]
    return Block(end - start, _author(value, "") if "@" in value else Author())


def may_start_block(line: str) -> bool:
    """Whether a line is the first or a later header of a quoted mail; cheap."""
    match = _LINE.match(line) if len(line) <= _LONGEST_LINE else None
    if match is not None and " ".join(match[1].split()).casefold() in _FIELD_OF:
        return True
    return _block_in_line(line) is not None


def _goes_on(lines: Sequence[str], depths: Sequence[int], index: int) -> bool:
    """Whether a blank line stands between two headers, as in HTML where each is a paragraph."""
    after = index + 1
    return after < len(lines) and depths[after] == depths[index] and may_start_block(lines[after])


def _wrapped(lines: Sequence[str], depths: Sequence[int], end: int, field: str) -> int:
    """How many lines the last header goes on for: addresses, or the rest of a subject that fills its line."""
    count = 0
    while end + count < len(lines) and count < 3 and lines[end + count] and depths[end + count] == depths[end - 1]:
        line = lines[end + count]
        addresses = field in ("to", "cc") and ("@" in line or lines[end + count - 1].endswith((",", ";", "<")))
        subject = field == "subject" and len(lines[end + count - 1]) >= _WRAPPED and _is_last(lines, end + count)
        if not addresses and not subject:
            break
        count += 1
    return count


def _is_last(lines: Sequence[str], index: int) -> bool:
    return index + 1 >= len(lines) or not lines[index + 1]


def _author(value: str, written: str) -> Author:
    value = BEHALF.split(value)[-1]
    match = _ADDRESS.search(value)
    address = match[1].removeprefix("mailto:").strip(".,;").lower() if match is not None else ""
    begins = _ADDRESS_BEGINS.search(value)
    name = value[: begins.start()] if begins is not None else value.replace(match[1], "") if match else value
    return Author(clean_name(name, address), address, written.strip(" *_\t"))
