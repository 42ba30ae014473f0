"""What is due, per role: registered rules derive it from the data, so what is done disappears by itself.

A rule is added by its room's module through :func:`progress.actions.registry.register`; pages, counts and the badge
in the menu follow from the registry.
"""
