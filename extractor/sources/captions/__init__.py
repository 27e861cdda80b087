"""Captions: WebVTT, SubRip, SBV and the like."""

from extractor.sources.captions import sbv, srt, webvtt

FORMATS = (webvtt.FORMAT, srt.FORMAT, sbv.FORMAT)
