from enum import Enum

import strawberry


@strawberry.enum(description="Whether a goal is reached, as far as can be told.")
class GoalStatus(Enum):
    MET = strawberry.enum_value("MET", description="It is: the whole interval is on the better side of the target.")
    MISSED = strawberry.enum_value(
        "MISSED", description="It is not: the whole interval is on the worse side of the target."
    )
    NOT_DISTINGUISHABLE = strawberry.enum_value(
        "NOT_DISTINGUISHABLE", description="The interval holds the target: chance alone could be either."
    )
    NOT_KNOWN = strawberry.enum_value("NOT_KNOWN", description="There is no number to judge; the reason says why.")


@strawberry.enum(description="Whether the goals of a group are reached together.")
class JointGoalStatus(Enum):
    ALL_MET = strawberry.enum_value("ALL_MET", description="Every one is MET.")
    SOME_MISSED = strawberry.enum_value("SOME_MISSED", description="One at least is MISSED, whatever the others are.")
    NOT_DISTINGUISHABLE = strawberry.enum_value(
        "NOT_DISTINGUISHABLE", description="None is missed, all are known, and of one at least it cannot be told."
    )
    NOT_KNOWN = strawberry.enum_value("NOT_KNOWN", description="None is missed, and one at least is NOT_KNOWN.")


@strawberry.enum(description="What a goal was judged by.")
class GoalBasis(Enum):
    INTERVAL = strawberry.enum_value("INTERVAL", description="By the number's 95 % interval.")
    VALUE = strawberry.enum_value(
        "VALUE",
        description="By the value alone, for the number has no interval or all of its values are the same: chance is"
        " not reckoned with.",
    )


@strawberry.enum(description="Why it is not known how a goal stands.")
class GoalUnknown(Enum):
    NOT_BEGUN = strawberry.enum_value("NOT_BEGUN", description="Its period has not begun.")
    NOT_WHOLE_PERIOD = strawberry.enum_value(
        "NOT_WHOLE_PERIOD",
        description="The number grows with its window, as what is held against customers does, and the window is not"
        " the goal's whole period, over and done.",
    )
    NO_DATA = strawberry.enum_value("NO_DATA", description="Nothing happened that the number could rest on.")
    NO_MODEL = strawberry.enum_value(
        "NO_MODEL", description="The data cannot bear the model the number rests on, or none was fitted."
    )
    SUPPRESSED = strawberry.enum_value("SUPPRESSED", description="The number is hidden to protect people.")
    OWN_WORK_ONLY = strawberry.enum_value(
        "OWN_WORK_ONLY", description="You see the numbers of your own work alone, and goals are the whole brand's."
    )
