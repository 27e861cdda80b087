"""What speech recognition and meeting recorders write as JSON."""

from extractor.sources.base import Format
from extractor.sources.speech import (
    assemblyai,
    aws,
    azure,
    bedrock,
    call_analytics,
    deepgram,
    fireflies_json,
    google,
    podcast,
    rev_json,
    speechmatics,
    whisper,
    whisper_tables,
    whisperx,
)

FORMATS: tuple[Format, ...] = (
    whisper.FORMAT,
    whisper_tables.FORMAT,
    whisperx.FORMAT,
    assemblyai.FORMAT,
    deepgram.FORMAT,
    aws.FORMAT,
    call_analytics.FORMAT,
    bedrock.FORMAT,
    google.FORMAT,
    azure.FORMAT,
    speechmatics.FORMAT,
    podcast.FORMAT,
    rev_json.FORMAT,
    fireflies_json.FORMAT,
)
