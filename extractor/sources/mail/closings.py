"""What mail programs and mail servers put around the words of a mail: signatures, footers, banners, armour."""

from __future__ import annotations

import re

SIGNATURE_MARK = re.compile(r"-- ?$")
DEVICE = re.compile(
    r"(?:Sent (?:from|with|via) (?:my|Mail|Outlook|Yahoo|Proton|Gmail|the all[- ]new|Spark|Samsung|Superhuman)\b.{0,80}"
    r"|Get Outlook for \S+.{0,80}|(?:Von meine[mr]|Gesendet (?:mit|von|über|aus)) .{1,60}"
    r"|Von .{1,40} gesendet|Diese Nachricht wurde von meinem .{1,60}"
    r"|Envoyé (?:depuis|de|à partir de|avec) .{1,60}|Télécharger Outlook pour .{1,60}"
    r"|Enviado (?:desde|do|a partir do|de) .{1,60}|Obtener Outlook para .{1,60}|Obter o Outlook para .{1,60}"
    r"|Inviato (?:da|dal) .{1,60}|Ottenere Outlook per .{1,60}|Verzonden (?:vanaf|met|via) .{1,60}"
    r"|Outlook voor .{1,30} downloaden|Sendt (?:fra|med) .{1,60}|Hent Outlook til .{1,60}|Skickat från .{1,60}"
    r"|Hämta Outlook för .{1,60}|Wysłane? z .{1,60}|Pobierz program Outlook .{1,60}|Отправлено (?:с|из) .{1,60}"
    r"|Odesláno z .{1,60}|Získejte Outlook .{1,60}|Lähetetty .{1,60}(?:sta|stä|lta|ltä)|Hanki Outlook .{1,60}"
    r"|.{1,40}(?:cihazımdan|telefonumdan|iPhone'umdan|iPhone’umdan) gönderildi|发自我的.{1,40}|从我的.{1,40}发送"
    r"|.{1,30}から送信|나의 .{1,40}에서 보냄|내 .{1,40}에서 보냄)$",
    re.IGNORECASE,
)
_DEVICE_WORD = re.compile(
    r"i(?:Phone|Pad|OS)|Mac\b|Android|Samsung|Galaxy|Huawei|Xiaomi|Nokia|BlackBerry|Windows|Outlook|Mail\b|Gmail|GMX"
    r"|WEB\.DE|Yahoo|Proton|Spark|App\b|Mobil|Smartphone|Handy|Tablet|[tT][ée]l[ée]fon|phone|kännyk|puhelim|cihaz"
    r"|appareil|dispositi[vf]o|m[óo]vil|celular|cellulare|телефон|мобильн|устройств|手机|電話|スマート|휴대폰|아이폰",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"(?<!\w)(?:is|are|was|were|will|we|you|it|which|that|ist|sind|est|sont|es|è|er|är)(?!\w)", re.IGNORECASE
)
_MOST_WORDS = 8
LIST_FOOTER = re.compile(r"[_-]{20,}[ \t]*$|--~--~-{5,}")
LIST_WORDS = re.compile(
    r"mailing list|unsubscribe|listinfo|lists?\.|You received this message because|To post to this group", re.IGNORECASE
)
GROUP_FOOTER = re.compile(r"(?:You received this message because you are subscribed|To unsubscribe from this group)")
SCRUBBED = re.compile(r"-{8,} next part -{8,}$")
BANNER = re.compile(
    r"\W{0,20}(?:(?:CAUTION|WARNING|EXTERNAL|ATTENTION|ACHTUNG)\b.{0,40}\b)?"
    r"(?:(?:This|The) (?:e-?mail|message|sender)\b.{0,20}\b(?:originated|came|sent|comes|is) (?:from )?(?:an? )?"
    r"(?:outside|external)|Diese E-?Mail (?:stammt|kommt) von (?:außerhalb|extern)"
    r"|You don't often get (?:e-?mail|mail) from\b)"
    r"|\W{0,20}\[?EXTERN(?:AL)?(?: (?:E-?MAIL|MESSAGE|SENDER))?\]?\W{0,20}$",
    re.IGNORECASE,
)
RULE = re.compile(r"[-_=*]{5,}\s*$")
_LEGAL_STEMS = (
    "confidential confidencia confidentiel confidenzial privileged intended legally disclaimer vertraulich destinat "
    "riservat vertrouwelijk bestemd fortrolig konfidensiell konfidentiell poufn конфиденциальн důvěrn gizli "
    "luottamuksellinen"
).split()
_LEGAL = re.compile(
    r"(?:this (?:e-?mail|message|communication)\b.{0,200}\b(?:confidential|privileged|intended (?:solely|only|for)"
    r"|legally)|confidentiality notice|disclaimer:|intended recipient"
    r"|Diese (?:E-?Mail|Nachricht) (?:enthält|ist)\b.{0,60}vertraulich"
    r"|Ce (?:message|courriel|mail|mèl)\b.{0,200}\b(?:confidentiel|destinataire)"
    r"|Este (?:mensaje|correo|e-?mail)\b.{0,200}\b(?:confidencial|destinatario)"
    r"|Est[ae] (?:mensagem|e-?mail)\b.{0,200}\b(?:confidencia|destinatário)"
    r"|(?:Questo|Il presente|Le informazioni)\b.{0,200}\b(?:riservat|confidenzial)"
    r"|(?:Dit|Deze) (?:e-?mail|bericht)\b.{0,200}\b(?:vertrouwelijk|uitsluitend bestemd)"
    r"|Denne (?:e-?mail|e-?post|mail|meddelelse)\b.{0,200}\b(?:fortrolig|konfidensiell)"
    r"|Detta (?:e-?post|mejl|meddelande)\b.{0,200}\bkonfidentiell|Ta wiadomość\b.{0,200}\bpoufn"
    r"|Это (?:сообщение|письмо)\b.{0,200}\bконфиденциальн|Tato zpráva\b.{0,200}\bdůvěrn"
    r"|Bu e-?posta\b.{0,200}\bgizli|Tämä (?:viesti|sähköposti)\b.{0,200}\bluottamuksellinen)",
    re.IGNORECASE | re.DOTALL,
)
PGP = re.compile(r"-----(BEGIN|END) PGP ([A-Z ]{4,30})-----$")
PGP_HEADER = re.compile(r"(?:Hash|Version|Comment|Charset): ")


def is_device(line: str) -> bool:
    """Whether a line is what a telephone or an app puts below mails (``Sent from my iPhone``), and no sentence."""
    if not DEVICE.match(line) or _PROSE.search(line):
        return False
    short = line[:4].lower() in ("sent", "get ") and len(line.split()) <= _MOST_WORDS
    return short or _DEVICE_WORD.search(line) is not None


def is_legal(paragraph: str) -> bool:
    """Whether a paragraph is legal boilerplate, as companies put it below mails."""
    folded = paragraph.lower()
    return any(stem in folded for stem in _LEGAL_STEMS) and _LEGAL.search(paragraph) is not None
