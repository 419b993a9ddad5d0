"""The story of an application told page by page: what each person of the demo opens, types and sends."""

from portal.demo.walk.applicant import Applicant
from portal.demo.walk.decision import approve, approve_refusal, freeze, notify, publish
from portal.demo.walk.desk import (
    admit,
    answer,
    ask_correction,
    assign,
    enter_paper,
    open_assessment,
    post_letters,
    refuse,
    screen,
    take,
)
from portal.demo.walk.reviewer import review
from portal.demo.walk.screen import Story, UnexpectedPage, act, expect, sign_in

__all__ = [
    "Applicant",
    "Story",
    "UnexpectedPage",
    "act",
    "admit",
    "answer",
    "approve",
    "approve_refusal",
    "ask_correction",
    "assign",
    "enter_paper",
    "expect",
    "freeze",
    "notify",
    "open_assessment",
    "post_letters",
    "publish",
    "refuse",
    "review",
    "screen",
    "sign_in",
    "take",
]
