"""The actions that Rasa's rules name; `decide.py` and `fixed.py` say what each one answers."""

from __future__ import annotations

from actions import decide
from actions.base import CityAction


class ActionAnswer(CityAction):
    """A question about an initiative."""

    called = "action_answer"
    decide = staticmethod(decide.ask)


class ActionOutOfScope(CityAction):
    """A question that the address does not treat."""

    called = "action_out_of_scope"
    decide = staticmethod(decide.out_of_scope)


class ActionOpinion(CityAction):
    """An opinion or complaint."""

    called = "action_opinion"
    decide = staticmethod(decide.opinion)


class ActionHandoff(CityAction):
    """The wish for a person."""

    called = "action_handoff"
    decide = staticmethod(decide.handoff)


class ActionLineInfo(CityAction):
    """A question about the call line."""

    called = "action_line_info"
    decide = staticmethod(decide.line_info)


class ActionEmergency(CityAction):
    """Danger to life or limb."""

    called = "action_emergency"
    decide = staticmethod(decide.emergency)


class ActionMenu(CityAction):
    """What can one ask?"""

    called = "action_menu"
    decide = staticmethod(decide.menu)


class ActionSmalltalk(CityAction):
    """Greeting, thanks, farewell, 「ロボットですか」, other talk."""

    called = "action_smalltalk"
    decide = staticmethod(decide.smalltalk)


class ActionAffirm(CityAction):
    """「はい」."""

    called = "action_affirm"
    decide = staticmethod(decide.affirm)


class ActionDeny(CityAction):
    """「いいえ」."""

    called = "action_deny"
    decide = staticmethod(decide.deny)


class ActionChoose(CityAction):
    """「2番目」, 「町内会のほう」."""

    called = "action_choose"
    decide = staticmethod(decide.choose)


class ActionRepair(CityAction):
    """「そっちじゃなくて」."""

    called = "action_repair"
    decide = staticmethod(decide.repair)


class ActionPersonalData(CityAction):
    """Personal data in the text."""

    called = "action_personal_data"
    decide = staticmethod(decide.personal_data)
