"""How chats, forums and issue trackers write a conversation down."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Callable
from typing import Any

from damage import tarred, zipped
from writers import START, Talk, Writer, every, length, members, moment, strings

EPOCH = START.timestamp()
SITE = "https://github.com/harbour/roof"


def dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def ids_of(talk: Talk) -> dict[str, str]:
    """An id for everybody who writes."""
    return {name: f"U{number}" for number, name in enumerate(dict.fromkeys(name for name, _ in talk), 1)}


def iso(time: float) -> str:
    return moment(time).strftime("%Y-%m-%dT%H:%M:%SZ")


def rows(talk: Talk, times: list[float]) -> list[tuple[int, str, str, float]]:
    return [(n, name, text, time) for n, ((name, text), time) in enumerate(zip(talk, times, strict=True), 1)]


# Discord


def discord(talk: Talk, times: list[float]) -> bytes:
    ids = ids_of(talk)
    plain = {"type": "Default", "attachments": [], "embeds": [], "stickers": [], "reactions": [], "mentions": []}
    messages = [
        {"id": str(5000 + n), "timestamp": moment(time).isoformat(), "content": text, **plain,
         "author": {"id": f"90{ids[name][1:]}", "name": f"user{ids[name]}", "nickname": name, "isBot": False}}
        for n, name, text, time in rows(talk, times)
    ]  # fmt: skip
    about = {"id": "77", "type": "GuildTextChat", "categoryId": "7", "category": "Depot", "name": "roof", "topic": "T"}
    return dump({"guild": {"id": "1", "name": "Harbour"}, "channel": about, "messages": messages,
                 "messageCount": len(messages)})  # fmt: skip


def discord_csv(talk: Talk, times: list[float]) -> bytes:
    ids, buffer = ids_of(talk), io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(["AuthorID", "Author", "Date", "Content", "Attachments", "Reactions"])
    for _, name, text, time in rows(talk, times):
        writer.writerow([f"90{ids[name][1:]}", name, moment(time).isoformat(), text, "", ""])
    return buffer.getvalue().encode()


def csv_source(data: bytes) -> str:
    return "\n".join(cell for row in csv.reader(io.StringIO(data.decode(), newline="")) for cell in row)


# Slack


def slack_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def slack_users(talk: Talk) -> list[dict[str, Any]]:
    return [
        {"id": key, "name": key.lower(), "real_name": name, "profile": {"display_name": name, "real_name": name}}
        for name, key in ids_of(talk).items()
    ]


def slack_messages(talk: Talk, times: list[float]) -> list[dict[str, Any]]:
    ids = ids_of(talk)
    return [
        {"type": "message", "user": ids[name], "text": slack_text(text), "ts": f"{EPOCH + time:.6f}"}
        for _, name, text, time in rows(talk, times)
    ]


def slack(talk: Talk, times: list[float]) -> bytes:
    days: dict[str, list[dict[str, Any]]] = {}
    for message, time in zip(slack_messages(talk, times), times, strict=True):
        days.setdefault(f"depot/{moment(time):%Y-%m-%d}.json", []).append(message)
    channels = [{"id": "C1", "name": "depot", "members": []}]
    files = {"users.json": slack_users(talk), "channels.json": channels, **days}
    return zipped({name: dump(value) for name, value in files.items()})


def slack_json(talk: Talk, times: list[float]) -> bytes:
    return dump(
        {"ok": True, "channel": "C0DEPOT1", "messages": slack_messages(talk, times), "users": slack_users(talk)}
    )


def slack_source(data: bytes) -> str:
    return html.unescape(strings(data))


# Mattermost


def mattermost_lines(talk: Talk, times: list[float]) -> bytes:
    ids = ids_of(talk)
    entries: list[dict[str, Any]] = [
        {"type": "version", "version": 1},
        {"type": "team", "team": {"name": "depot", "display_name": "The depot"}},
        {"type": "channel", "channel": {"team": "depot", "name": "roof", "display_name": "Roof repairs"}},
    ]
    for name, key in ids.items():
        user = {"username": key.lower(), "nickname": name, "first_name": name, "last_name": ""}
        entries.append({"type": "user", "user": user})
    for _, name, text, time in rows(talk, times):
        post = {"team": "depot", "channel": "roof", "user": ids[name].lower(), "message": text}
        entries.append({"type": "post", "post": {**post, "create_at": int((EPOCH + time) * 1000)}})
    return b"".join(dump(entry) + b"\n" for entry in entries)


def mattermost_export(talk: Talk, times: list[float]) -> bytes:
    return zipped({"import.jsonl": mattermost_lines(talk, times), "data/20260325/offer.pdf": b"%PDF"})


def mattermost_source(data: bytes) -> str:
    return members(data, lambda content: "" if content == b"%PDF" else strings(content))


def mattermost_json(talk: Talk, times: list[float]) -> bytes:
    posts = {
        f"p{n}": {"id": f"p{n}", "create_at": int((EPOCH + time) * 1000), "update_at": 1, "edit_at": 0, "delete_at": 0,
                  "user_id": name, "channel_id": "c1", "root_id": "", "message": text, "type": ""}
        for n, name, text, time in rows(talk, times)
    }  # fmt: skip
    return dump({"order": list(reversed(posts)), "posts": posts})


# Teams, Zulip, Telegram, WhatsApp


def teams_chat(talk: Talk, times: list[float]) -> bytes:
    ids = ids_of(talk)
    fixed = {"messageType": "message", "lastEditedDateTime": None, "deletedDateTime": None, "replyToId": None,
             "channelIdentity": {"teamId": "t1", "channelId": "19:c1@thread.tacv2"}, "attachments": [], "mentions": [],
             "reactions": []}  # fmt: skip
    messages = [
        {"id": str(int((EPOCH + time) * 1000)), "createdDateTime": iso(time), **fixed,
         "from": {"user": {"id": ids[name], "displayName": name}, "application": None},
         "body": {"contentType": "html" if n % 2 else "text", "content": as_html(text) if n % 2 else text}}
        for n, name, text, time in rows(talk, times)
    ]  # fmt: skip
    return dump({"value": messages})


def as_html(text: str) -> str:
    return f"<p>{html.escape(text, quote=False)}</p>".replace("\n", "<br>")


def teams_source(data: bytes) -> str:
    bodies = [message["body"] for message in json.loads(data)["value"]]
    return "\n".join(
        text_of_html(body["content"]) if body["contentType"] == "html" else body["content"] for body in bodies
    )


def text_of_html(text: str) -> str:
    return html.unescape(text.replace("<br>", " ").replace("<p>", " ").replace("</p>", " "))


def html_strings(data: bytes) -> str:
    return text_of_html(strings(data))


def zulip(talk: Talk, times: list[float]) -> bytes:
    ids = {name: int(key[1:]) + 9 for name, key in ids_of(talk).items()}
    realm = {
        "zerver_realm": [{"id": 2, "name": "Depot"}],
        "zerver_userprofile": [{"id": key, "full_name": name, "email": f"{key}@x.org"} for name, key in ids.items()],
        "zerver_stream": [{"id": 20, "name": "roof", "description": "All"}],
        "zerver_recipient": [{"id": 30, "type": 2, "type_id": 20}],
        "zerver_subscription": [],
    }
    messages = [
        {"id": n, "sender": ids[name], "recipient": 30, "subject": "repairs", "content": text,
         "date_sent": EPOCH + time, "last_edit_time": None, "rendered_content": as_html(text)}
        for n, name, text, time in rows(talk, times)
    ]  # fmt: skip
    files = {"realm.json": realm, "attachment.json": {}, "messages-000001.json": {"zerver_message": messages}}
    return tarred({f"zulip-export-1/{name}": dump(value) for name, value in files.items()})


def zulip_json(talk: Talk, times: list[float]) -> bytes:
    ids = {name: int(key[1:]) + 9 for name, key in ids_of(talk).items()}
    messages = [
        {"id": n, "sender_id": ids[name], "sender_full_name": name, "sender_email": f"{ids[name]}@x.org",
         "type": "stream", "stream_id": 20, "display_recipient": "roof", "subject": "repairs", "content": text,
         "timestamp": int(EPOCH + time), "reactions": []}
        for n, name, text, time in rows(talk, times)
    ]  # fmt: skip
    return dump({"result": "success", "msg": "", "found_newest": True, "messages": messages})


def telegram(talk: Talk, times: list[float]) -> bytes:
    ids = ids_of(talk)
    messages = [
        {"id": n, "type": "message", "date": iso(time)[:-1], "date_unixtime": str(int(EPOCH + time)), "from": name,
         "from_id": f"user{ids[name][1:]}", "text": text if n % 3 else [text[:9], {"type": "bold", "text": text[9:]}]}
        for n, name, text, time in rows(talk, times)
    ]  # fmt: skip
    return dump({"name": "Roof team", "type": "private_supergroup", "id": 700, "messages": messages})


def telegram_source(data: bytes) -> str:
    """The texts, each put together from its parts."""
    texts = [entry["text"] for entry in json.loads(data)["messages"]]
    return "\n".join(
        text if isinstance(text, str) else "".join(part if isinstance(part, str) else part["text"] for part in text)
        for text in texts
    )


def whatsapp(shape: str) -> Callable[[Talk, list[float]], bytes]:
    def write(talk: Talk, times: list[float]) -> bytes:
        return "".join(f"{moment(time):{shape}}{name}: {text}\n" for _, name, text, time in rows(talk, times)).encode()

    return write


# Forums


def github(talk: Talk, times: list[float]) -> bytes:
    ids = ids_of(talk)
    url = "https://api.github.com/repos/harbour/roof/issues/12"

    def entry(name: str, text: str, time: float) -> dict[str, Any]:
        user = {"login": name, "id": int(ids[name][1:]), "type": "User"}
        return {"user": user, "body": text, "created_at": iso(time), "updated_at": iso(time)}

    first, *more = [entry(name, text, time) for _, name, text, time in rows(talk, times)]
    comments = [
        {"id": n, "html_url": f"{SITE}/issues/12#issuecomment-{n}", "issue_url": url, **each}
        for n, each in enumerate(more, 1)
    ]
    return dump({"url": url, "html_url": f"{SITE}/issues/12", "number": 12, "title": "Repair roof", "state": "open",
                 **first, "comments": len(comments), "comments_data": comments})  # fmt: skip


def discourse(talk: Talk, times: list[float]) -> bytes:
    ids = ids_of(talk)
    posts = [
        {"id": 800 + n, "topic_id": 55, "post_number": n, "post_type": 1, "version": 1, "username": name,
         "name": "", "user_id": int(ids[name][1:]), "created_at": iso(time), "cooked": as_html(text)}
        for n, name, text, time in rows(talk, times)
    ]  # fmt: skip
    stream = {"posts": posts, "stream": [post["id"] for post in posts]}
    return dump({"id": 55, "slug": "slate-or-tin", "title": "Slate or tin?", "post_stream": stream})


# What they can carry

MESSAGES: dict[str, Any] = {"times": "sent", "source": strings, "characters": length}
EXPORT: dict[str, Any] = {"times": "sent", "source": members}
WHATSAPP: dict[str, Any] = {"times": "sent", "characters": length, "numbered": True}
LOGINS = ("mira", "kwame-o", "Ines-R", "x1", "roof-bot2")
WRITERS = (
    Writer("discord", discord, **MESSAGES),
    Writer("discord", discord_csv, "csv", **{**MESSAGES, "source": csv_source}),
    Writer("slack-json", slack_json, **{**MESSAGES, "source": slack_source}),
    Writer("mattermost", mattermost_lines, **MESSAGES),
    Writer("mattermost-json", mattermost_json, **MESSAGES, names=("9g7x", "k3mq", "zz01", "ab42")),
    Writer("teams-chat", teams_chat, **{**MESSAGES, "source": teams_source}, without="\u00a0"),
    Writer("zulip-json", zulip_json, **MESSAGES),
    Writer("telegram", telegram, **{**MESSAGES, "source": telegram_source}),
    Writer("whatsapp", whatsapp("%d/%m/%Y, %H:%M - "), "android", **WHATSAPP, clock=every(60)),
    Writer("whatsapp", whatsapp("[%d.%m.%y, %H:%M:%S] "), "ios", **WHATSAPP),
    Writer("github", github, **MESSAGES, names=LOGINS),
    Writer("discourse", discourse, **{**MESSAGES, "source": html_strings}, names=LOGINS, without="\u00a0"),
    Writer("slack", slack, **{**EXPORT, "source": lambda data: members(data, slack_source)}),
    Writer("mattermost-export", mattermost_export, **{**EXPORT, "source": mattermost_source}),
    Writer("zulip", zulip, **EXPORT),
)
