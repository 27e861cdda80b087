"""Exports of chat programs."""

from extractor.sources.base import BundleFormat, Format
from extractor.sources.chats import discord, mattermost, slack, slack_json, teams_chat, telegram, whatsapp, zulip

FORMATS: tuple[Format, ...] = (
    discord.FORMAT,
    slack_json.FORMAT,
    mattermost.FORMAT,
    mattermost.API,
    teams_chat.FORMAT,
    zulip.API,
    telegram.FORMAT,
    whatsapp.FORMAT,
)
BUNDLES: tuple[BundleFormat, ...] = (slack.EXPORT, mattermost.EXPORT, zulip.EXPORT)
