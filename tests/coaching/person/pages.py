"""The pages about one person: their addresses, and what a browser sends and shows."""

from html import unescape

from django.urls import reverse


def address(name, assignment, **more):
    return reverse(name, kwargs={"assignment": assignment.uuid, **more})


def filled_in(client, url, **values):
    """Return what a browser sends of the form at this address, with these values over it."""
    form = client.get(url).context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        if value not in (None, "", []):
            data[bound.html_name] = value if isinstance(value, list) else bound.field.widget.format_value(value)
    data = {name: value[0] if isinstance(value, list) and len(value) == 1 else value for name, value in data.items()}
    return {name: value for name, value in (data | values).items() if value is not None}


def text_of(answer):
    return unescape(answer.content.decode())
