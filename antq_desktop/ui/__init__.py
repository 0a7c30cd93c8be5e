"""The window; the one door to Qt."""

from antq_desktop.ui.singletons import hold_singletons

hold_singletons()
