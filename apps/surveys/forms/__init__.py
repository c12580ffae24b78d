"""What a survey's page asks, without framework or tables: its shape, its words, where answers lead, what is one."""

from apps.surveys.forms.answering import AnswerProblem, problems_of, understood
from apps.surveys.forms.branching import answers_problems, asked, counted, next_question
from apps.surveys.forms.look import Logo, Look
from apps.surveys.forms.shapes import Answer, Answers, Branch, Choice, Form, Question
from apps.surveys.forms.wording import WordedChoice, WordedForm, WordedQuestion, worded

__all__ = [
    "Answer",
    "AnswerProblem",
    "Answers",
    "Branch",
    "Choice",
    "Form",
    "Logo",
    "Look",
    "Question",
    "WordedChoice",
    "WordedForm",
    "WordedQuestion",
    "answers_problems",
    "asked",
    "counted",
    "next_question",
    "problems_of",
    "understood",
    "worded",
]
