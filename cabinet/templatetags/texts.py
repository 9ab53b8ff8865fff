"""Texts of the staff on pages."""

from django import template

from cabinet import markup

register = template.Library()
register.filter("marked", markup.render)
