"""From which confidence on the actions believe the engine; all thresholds stand here.

The engine's confidences are calibrated: of all guesses with 0.8, four in five are right.
"""

from __future__ import annotations

TOPIC_CERTAIN = 0.9
"""Answered even if the words sound like a foreign question."""
TOPIC_SURE = 0.5
"""Answered as understood."""
TOPIC_POSSIBLE = 0.25
"""Asked back: 「もしかして…」."""
CANDIDATE = 0.1
"""Named among the possible ones."""
DESCRIPTION_WINS = 0.5
"""Over the name of a closely related initiative that stands in the text."""
CONTEXT_AGREES = 0.4
"""Enough for a topic that a name with mistakes, or the conversation so far, speaks for as well."""
INTENT_SURE = 0.4
"""Enough to carry the last topic over, and to hold a question for a foreign one."""
FOREIGN_DOUBT = 0.1
"""So much of a doubt whether it is foreign, and a question with a word that no known question
uses is held for foreign; with less, the last topic is suggested."""
FOREIGN_NONE = 0.05
"""Below it, a question with a certain facet goes on about the topic, unknown words or not."""
FOREIGN_LOOK = 0.25
"""From here on, what is merely like one of ours is asked back."""
FOREIGN_FAINT = 0.3
"""Below it, a few words with a certain facet are asked of the last topic."""
FOREIGN_LIKELY_BRIEF = 0.8
"""Below it, a few words that add a certain facet (「…も知りたい」) go on about the last topic."""
FOREIGN_IN_A_TALK = 0.82
"""Below it, a few known words with a certain facet go on about the topic at hand."""
FOREIGN_CERTAIN = 0.9
"""From here on, no likeness makes it a question of ours."""
FOREIGN_SURE = 0.7
"""Below it, a question that names an initiative, in known words alone, is about it."""
OPINION_CLEAR = 0.5
"""Below it, what sounds foreign as well is no opinion."""
OPINION_SURE = 0.4
"""Below it, it is asked what is meant."""
LINE_INFO_SURE = 0.7
"""Below it, 「ならいつから受け付けるの」 may be asked of the topic."""
TALK_SURE = 0.6
"""Below it, other talk that describes an initiative asks about it."""
EMERGENCY_SURE = 0.6
"""Below it, a doubting question about the topic is one; the gateway's rule has met real danger."""
EMERGENCY_FAINT = 0.4
"""Below it, it is no call for help: of the development sets' 62 turns that sounded like one to the
engine alone, both below it were none, and all from 0.8 on but one were."""
HANDOFF_SURE = 0.7
"""Below it, the wish for a person may be a question about partners or whom to ask."""
FOREIGN_LIKELY = 0.5
"""From here on, even a question of known words alone is not about the last topic."""
ASKING_POSSIBLE = 0.15
"""So likely a question after all, and other talk with a clear facet is answered as one."""
ASKING_CERTAIN = 0.9
"""A question about an initiative beyond doubt."""
ASKING_FAINT = 0.03
"""Enough where every word is one that questions about initiatives use."""
FACET_CERTAIN = 0.85
"""A facet so sure that a few words may go without what they ask of."""
FACET_CLEAR = 0.5
"""A facet that the words name beyond doubt."""
FACET_SURE = 0.3
"""Below it, the overview is the better answer."""
SECOND_FACET = 0.4
"""From here on, both facets of two were asked."""
MAX_CANDIDATES = 3
MAX_ANSWERS = 3
"""More initiatives in one message than this are too much to read at once."""
