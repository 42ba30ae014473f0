"""What every page owes its reader, checked on the HTML itself."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
FIELDS = ("input", "select", "textarea")
NO_LABEL_NEEDED = ("hidden", "submit", "button", "reset", "image")
#: Words that mean that a value which isn't there, or a tag of the template language, reached the reader.
LEAKS = re.compile(r"\bNone\b|\{\{|\}\}|\{%|%\}|\bNaN\b|<[A-Z]\w+: |\bobject at 0x|Decimal\(|datetime\.")


@dataclass
class Form:
    """A form: how it is sent, its boxes by name with the values that can be chosen (none: to type in), and what a
    browser would send of it as it stands.
    """

    method: str
    boxes: dict[str, list[str]] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    #: The list whose options follow.
    open_list: str = ""


class Page(HTMLParser):
    """A page taken apart: its elements in order, and its text without scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {"h1": [], "title": [], "script": [], "style": []}
        self.text: list[str] = []
        self.labelled: list[dict[str, str]] = []
        self.forms: list[Form] = []
        self._open: list[str] = []
        self.unclosed: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        if tag in self.texts:
            self.texts[tag].append("")
        if tag in FIELDS and "label" in self._open:
            self.labelled.append(attributes)
        self._fill_forms(tag, attributes)
        if tag not in VOID and "svg" not in self._open:
            self._open.append(tag)

    def _fill_forms(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "form":
            self.forms.append(Form(attributes.get("method", "get").lower()))
        elif "form" in self._open and (tag != "option" or "select" in self._open):
            _fill(self.forms[-1], tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while (last := self._open.pop()) != tag:
            self.unclosed.append(last)

    def handle_data(self, data: str) -> None:
        for tag in set(self._open) & set(self.texts):
            self.texts[tag][-1] += data
        if not {"script", "style"} & set(self._open):
            self.text.append(data)

    @property
    def title(self) -> str:
        return " ".join(" ".join(self.texts["title"]).split())

    def all(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of every element with that tag."""
        return [attributes for name, attributes in self.elements if name == tag]

    def faults(self) -> list[str]:
        """Return, in words, everything that is wrong with the page."""
        return [
            *self._frame(),
            *self._inline(),
            *self._labels(),
            *(f"shows {found!r}" for found in sorted(set(LEAKS.findall(" ".join(self.text))))),
        ]

    def _frame(self) -> list[str]:
        headings = [" ".join(text.split()) for text in self.texts["h1"]]
        faults = []
        if len(headings) != 1 or not headings[0]:
            faults.append(f"has h1 {headings}, not exactly one")
        if len(self.texts["title"]) - self._svg_titles() != 1 or not self.title:
            faults.append("has no single title")
        if [attributes.get("lang") for attributes in self.all("html")] != ["nl"]:
            faults.append("is not marked as Dutch")
        if not any(attributes.get("name") == "viewport" for attributes in self.all("meta")):
            faults.append("has no viewport")
        faults += [f"uses id {name!r} twice" for name in self._twice()]
        faults += [f"doesn't close <{tag}>" for tag in sorted(set(self.unclosed) & {"div", "form", "section", "table"})]
        return faults

    def _svg_titles(self) -> int:
        """Return how many titles belong to drawings."""
        inside, found = 0, 0
        for tag, _ in self.elements:
            inside = inside + 1 if tag == "svg" else inside
            found += tag == "title" and inside > 0
        return found

    def _twice(self) -> list[str]:
        ids = [attributes["id"] for _, attributes in self.elements if "id" in attributes]
        return sorted({name for name in ids if ids.count(name) > 1})

    def _inline(self) -> list[str]:
        faults = ["has a style element"] if self.texts["style"] else []
        faults += [f"has a script with content {text.strip()[:40]!r}" for text in self.texts["script"] if text.strip()]
        for tag, attributes in self.elements:
            inline = [name for name in attributes if name == "style" or name.startswith("on")]
            faults += [f"has {name} on <{tag}>" for name in inline]
            if attributes.get("href", "").lower().startswith("javascript:"):
                faults.append("has a javascript: link")
        return faults

    def _labels(self) -> list[str]:
        targets = {attributes.get("for") for attributes in self.all("label")}
        faults = []
        for tag in FIELDS:
            for attributes in self.all(tag):
                named = attributes.get("aria-label") or attributes.get("aria-labelledby")
                skip = tag == "input" and attributes.get("type") in NO_LABEL_NEEDED
                if not (skip or named or attributes.get("id") in targets or attributes in self.labelled):
                    faults.append(f"has no label for <{tag} name={attributes.get('name')!r}>")
        return faults


def _fill(form: Form, tag: str, attributes: dict[str, str]) -> None:
    """Add an element to its form."""
    name, kind = attributes.get("name", ""), attributes.get("type")
    value = attributes.get("value", "on" if kind == "checkbox" else "")
    if tag == "option":
        form.boxes[form.open_list].append(value)
        if "selected" in attributes:
            form.data[form.open_list] = value
    elif tag in FIELDS and name and kind != "submit":
        if kind != "hidden":
            form.boxes.setdefault(name, [])
        form.open_list = name if tag == "select" else ""
        if kind in ("radio", "checkbox"):
            form.boxes[name].append(value or "on")
        if kind not in ("radio", "checkbox", "file") or "checked" in attributes:
            form.data.setdefault(name, "") if tag == "select" else form.data.update({name: value})
