"""What wording gives away: groups of patterns, each a yes or no for a segment.

The groups are inputs of the model and conditions of the rules that turn a scored segment into a record; no group alone
makes a record.
"""

from __future__ import annotations

import re

_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"

PATTERNS: dict[str, str] = {
    "decide": r"\b(?:decid\w+|decision|agreed|settled?|resolved?|resolution|consensus|approved?|accepted?|adopt\w*"
    r"|conclu\w+|final(?:ly|ise|ize)?|confirmed?|ratif\w+)\b",
    "lets": r"\blet(?:'|’)?s\b|\blet us\b",
    "go_with": r"\b(?:go(?:ing)? (?:with|for|ahead|forward)|stick (?:with|to)|settle (?:on|for)|mov(?:e"
    r"|ing) (?:forward|ahead)"
    r"|ship it|merge\w*|land(?:ed|ing)? (?:it|this)|sign(?:ed)? off|stage (?:\d|one|two|three|four|zero)|advance\w*)\b",
    "we_will": r"\bwe(?:(?:'|’)ll| will|(?:'|’)re (?:going to|gonna)| are (?:going to|gonna)| shall)\b",
    "we_should": r"\bwe (?:should|need to|have to|must|want to|ought to|can|could|might)\b",
    "accept": r"^\W*(?:(?:yeah|yes|yep|yup|ok|okay|sure|right|fine|alright|all right|cool|great|perfect|good|agreed?"
    r"|exactly|absolutely|definitely|\+1|lgtm|mm-hmm|mm|hmm)\b[\s,.!]*)+",
    "assent": r"\b(?:i agree|agree with|sounds (?:good|great|fine|right|reasonable)|makes sense|works for me"
    r"|fine (?:with|by) me"
    r"|happy with (?:that|this)|let(?:'|’)?s do (?:that|it|this)|fair enough|good (?:idea|plan|call)|lgtm|\+1"
    r"|in favou?r"
    r"|support (?:this|that|stage|it)|no objections?|hearing no\w*|that(?:'|’)s fine|we(?:'|’)re (?:all )?good)(?:\b"
    r"|(?<=1))",
    "no_objection": r"\b(?:no objections?|without objections?|(?:any|no) (?:further )?(?:objections?|opposition)"
    r"|hearing none"
    r"|hearing no\w*|unanimous\w*|everyone(?:'|’)?s? (?:agree[sd]?|ok|okay|happy|fine)|we (?:all )?agree"
    r"|we have (?:consensus|agreement|stage)|there is consensus|rough consensus)\b",
    "propose": r"\b(?:i(?:(?:'|’)d| would)? (?:suggest|propose|recommend|like to (?:propose|suggest))|what if|how about"
    r"|what about|why don(?:'|’)t we|maybe we|we could|could we|should we|shall we|can we|my (?:preference|proposal"
    r"|suggestion)"
    r"|proposal|proposed|suggest\w*|i would (?:go|say|like)|i(?:'|’)d (?:go|say|like|prefer)|perhaps we)\b",
    "commit": r"\b(?:i(?:'|’)?ll|i will|i(?:'|’)m (?:going to|gonna)|i am going to|i can (?:take|do|write|send|check"
    r"|look|try|open"
    r"|make|set|put|follow|ask|share|add|draft|prepare|update|help|start)|let me|i(?:'|’)d be happy to"
    r"|i (?:volunteer|could take)"
    r"|i(?:'|’)ve got (?:it|that)|on it|leave it (?:to|with) me)\b",
    "assign": r"\b(?:(?:can|could|would|will) you|you(?:'|’)?ll|you (?:will|should|need to|have to|can)|(?:your|his"
    r"|her|their) (?:job|task|"
    r"homework)|action(?: item| point|s)?\b|to-?do\b|task|assign\w*|responsib\w+|take (?:care of|that on|this on)"
    r"|in charge of"
    r"|volunteer\w*|homework|deliverables?|each of you|instructions)",
    "follow_up": r"\b(?:follow[- ]?up|get back to|reach out|look into|find out|circle back|write (?:up|down)|set up"
    r"|send (?:it|out|me|you|"
    r"an?|the)|share (?:it|the|a)|email|e-mail|open an? (?:issue|pr|pull)|file an?|prepare|draft|work on|sync with"
    r"|check with)\b",
    "due": rf"\b(?:by|before|until|on|this|next|end of) (?:the )?(?:end of (?:the )?)?(?:{_DAY}|week|month|meeting"
    rf"|call|"
    r"tomorrow|today|tonight|eod|quarter|year|time|plenary|release)\b|\btomorrow\b|\bnext week\b|\bin (?:a|two|three"
    r"|\d+)"
    r" (?:days?|weeks?|hours?|months?)\b",
    "defer": r"\b(?:come back (?:to|next)|next (?:call|meeting|time|plenary|session)|(?:take|taking|move) (?:it|this"
    r"|that|these)? ?"
    r"(?:offline|async\w*|to the (?:list|issue|next))|defer\w*|postpon\w*|revisit|(?:discuss|decide"
    r"|talk about) (?:it|this|that)?"
    r" ?(?:later|next|offline|another)|not (?:yet|ready|today)|wait (?:for|until)|on hold|pending|table (?:this|it"
    r"|that)"
    r"|continue (?:this )?(?:discussion|offline)|follow up offline)\b",
    "reject": r"\b(?:we (?:won(?:'|’)?t|will not|shouldn(?:'|’)?t|don(?:'|’)t (?:want|need))|let(?:'|’)?s not"
    r"|not going to|no consensus"
    r"|not (?:advanc\w+|reach\w*)|reject\w*|drop(?:ped|ping)?|decided (?:not|against)|rul(?:e|ed|ing) out"
    r"|forget (?:about )?"
    r"(?:it|that|the)|get rid of|leave (?:it|that|this) out|abandon\w*|withdraw\w*|declin\w+|close(?:d)? (?:it"
    r"|this) (?:as|without))\b",
    "object": r"\b(?:i (?:don(?:'|’)t (?:agree|think|like|support)|disagree|object|oppose)|objections?|concern(?:ed"
    r"|s)?|not (?:a fan|happy|"
    r"convinced|comfortable)|block(?:ed|ing|er)?|push back|veto|problem with)\b|(?<!\S)-1\b",
    "unknown": r"\b(?:(?:i|we) (?:don(?:'|’)t|do not|didn(?:'|’)t) (?:really |actually |yet )?know|not (?:so "
    r"|really |quite |entirely )?(?:sure|clear)"
    r"|unclear|open (?:question|issue)|tbd|to be (?:determined|decided|confirmed)|no idea|wonder(?:ing)?|unresolved"
    r"|(?:need|have) to (?:find out|figure|check|investigate|ask|understand)|remains to be|figure (?:it )?out"
    r"|good question"
    r"|uncertain\w*|up in the air|still (?:open|unknown|don(?:'|’)t know))\b",
    "hedge": r"\b(?:maybe|perhaps|might|could|probably|i think|i guess|kind of|sort of|possibly|potentially"
    r"|would be nice)\b",
    "recap": r"\b(?:recap|summar\w+|to sum|wrap(?:ping)? (?:up|this)|so far|last (?:time|meeting|call|week)"
    r"|the minutes|as (?:we|i) said"
    r"|next steps?|takeaways?|conclusion|moving on|next (?:item|topic|up)|agenda)\b",
    "past": r"\b(?:was|were|had|did|used to|last (?:week|month|year|time)|yesterday|already|previously|have been"
    r"|has been)\b",
    "condition": r"\b(?:if|unless|depends?|depending|provided|as long as|conditional\w*|subject to|otherwise|except)\b",
    "reason": r"\b(?:because|since|cuz|cause|reason|therefore|due to|given that|so that)\b",
    "quantity": r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|hundred|percent|euros?"
    r"|dollars?|cents?)\b",
    "courtesy": r"\b(?:thanks?|thank you|hello|hi|hey|good (?:morning|afternoon|evening)|bye|goodbye|welcome|see you"
    r"|sorry|nice to"
    r"|cheers|have a (?:good|nice|great)|can (?:you|everyone) (?:hear|see)|share (?:my|your) screen|mute[d]?"
    r"|laugh\w*)\b",
    "first_person": r"\b(?:i|i(?:'|’)(?:m|ll|d|ve)|my|me)\b",
    "we": r"\b(?:we|we(?:'|’)(?:re|ll|d|ve)|our|us)\b",
    "you": r"\b(?:you|you(?:'|’)(?:re|ll|d|ve)|your)\b",
    "negation": r"\b(?:not|no|never|none|nothing|\w+n(?:'|’)t|cannot)\b",
    "question": r"\?|^\W*(?:(?:and|so|but|or|okay|well|um|uh|yeah|then|also|now)\W+)*(?:what|who|when|where|why|how"
    r"|which|whose"
    r"|do (?:we|you|they|i)|does|did|is (?:it|there|that|this)|are (?:we|you|they|there)|should (?:we|i|it)"
    r"|can (?:we|you|i)"
    r"|could (?:we|you)|would (?:we|you|it)|will (?:we|it|they|you)|shall we|have (?:we|you)|any(?:one|body)?)\b",
    "formal": r"^\W*(?:resolved|resolution|action|proposed|agreed|decision|conclusion|todo|consensus)\b\W*:?",
    "vote": r"(?<!\S)[+-][01]\b|\bvot(?:e|es|ed|ing)\b|\bpoll\b|\bshow of hands\b",
    "uh": r"\b(?:um+|uh+|er+|erm|mm+|hmm+)\b",
}

NAMES: tuple[str, ...] = tuple(PATTERNS)
_COMPILED = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in PATTERNS.items()}


def has(name: str, text: str) -> bool:
    """Whether the text shows the cue of this name."""
    return _COMPILED[name].search(text) is not None


def cues_of(text: str) -> list[bool]:
    """Every cue of the text, in the order of ``NAMES``."""
    return [_COMPILED[name].search(text) is not None for name in NAMES]
