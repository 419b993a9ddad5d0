"""Filters that put the codes of the chain into words."""

from django import template

from portal.audit.labels import actor_label, verb_label

register = template.Library()

register.filter("verb_label", verb_label)
register.filter("actor_label", actor_label)
