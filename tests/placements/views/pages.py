"""Reading a page and filling in its form, as a person would."""

import re
from html.parser import HTMLParser
from typing import Any


class _Form(HTMLParser):
    """Collects what a form would send if nothing was touched."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._select = self._textarea = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("method") == "post"
        if not self._inside:
            return
        name = given.get("name", "")
        if tag == "input" and name and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            self.fields[name] = given.get("value", "on" if given.get("type") == "checkbox" else "")
        if tag == "select":
            self._select = name
            self.fields.setdefault(name, "")
        if tag == "textarea":
            self._textarea = name
            self.fields[name] = ""
        if tag == "option" and self._select and "selected" in given:
            self.fields[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            before = self.fields[self._textarea]
            self.fields[self._textarea] = before + (data if before else data.removeprefix("\n"))


def filled_in(response: Any, **typed: str) -> dict[str, str]:
    """Return what the form on the page sends after ``typed`` was filled in."""
    reader = _Form()
    reader.feed(response.content.decode())
    fields = {name: value for name, value in reader.fields.items() if name not in ("csrfmiddlewaretoken", "next")}
    return fields | typed


def words(response: Any) -> str:
    """Return the text of a page, with single spaces."""
    text = re.sub(r"<(script|style|template)\b.*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return " ".join(text.replace("&nbsp;", " ").replace("\xa0", " ").replace("&#x27;", "'").split())
