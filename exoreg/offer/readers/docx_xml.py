"""What the XML parts of a Word document say: wording, styles, links and properties."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .flow import Flow, Hidden
from .reading import Reading, prose

_OFF = frozenset(("0", "false", "off", "none"))
_ADDRESS = re.compile(r"\bHYPERLINK\b[^\"]{0,40}\"([^\"]{1,2000})\"")
_IN_QUOTES = re.compile(r"\"([^\"]{1,5000})\"")
_SPACE = re.compile(r"\s+")
_SAME = "shown only by older programs"


class Relations:
    """The relations of a part: kind, target, and whether the target is outside the document."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str, bool]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Takes a relation."""
        if name == "Relationship":
            outside = attributes.get("TargetMode") == "External"
            self.found.append((attributes.get("Type", ""), attributes.get("Target", ""), outside))

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, text: str) -> None:
        """Nothing to do."""


class Properties:
    """The properties of a document that carry wording."""

    _KINDS = ("title", "subject", "keywords", "description", "category")

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self._kind: str | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Takes a property's name."""
        self._kind = name if name in self._KINDS else None

    def end(self, name: str) -> None:
        """The property is complete."""
        self._kind = None

    def text(self, text: str) -> None:
        """Takes a property's text."""
        if self._kind:
            self.found.append((self._kind, text))


class StyleSheet:
    """The styles that hide the text set in them."""

    def __init__(self) -> None:
        self._hidden: dict[str, bool] = {}
        self._based_on: dict[str, str] = {}
        self._style = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Takes a style or what it says."""
        if name == "style":
            self._style = attributes.get("styleId", "")
        elif name == "basedOn" and self._style:
            self._based_on[self._style] = attributes.get("val", "")
        elif name == "vanish" and self._style:
            self._hidden[self._style] = _is_on(attributes)

    def end(self, name: str) -> None:
        """A style is complete."""
        if name == "style":
            self._style = ""

    def text(self, text: str) -> None:
        """Nothing to do."""

    def hidden_styles(self) -> dict[str, bool]:
        """Style ids and whether they hide text, also through the styles that they build on."""
        hidden = dict(self._hidden)
        for style in self._based_on:
            at, seen = style, {style}
            while at not in self._hidden and self._based_on.get(at, style) not in seen:
                at = self._based_on[at]
                seen.add(at)
            if self._hidden.get(at):
                hidden[style] = True
        return hidden


@dataclass
class _State:
    """Where in a story the parser is; a text box in the middle of a paragraph has one of its own."""

    flow: Flow
    box: str | None = None
    """``None`` in the main text, ``text box``, or `_SAME` in what repeats a drawing for older programs."""
    deleted: int = 0
    tables: int = 0
    cell: int = 0
    """The length of the flow where the present cell of a table began."""
    paragraph_hidden: bool = False
    shaded: bool = False
    hidden: bool = False
    white: bool = False
    tiny: bool = False

    def reason(self) -> str | None:
        """Why text here is not seen."""
        if self.deleted:
            return "tracked deletion"
        if self.hidden or self.paragraph_hidden:
            return "hidden text"
        if self.tiny:
            return "font size 1"
        # In tables and boxes the ground is often coloured in ways that only a renderer knows.
        if self.white and not (self.shaded or self.tables or self.box):
            return "white on white"
        return None


@dataclass
class Story:
    """One part with running text: visible flows, and hidden wording apart."""

    hidden_styles: Mapping[str, bool]
    links: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._states = [_State(Flow())]
        self._boxes: list[tuple[str, Flow]] = []
        self._stack: list[str] = [""]
        self._hidden = Hidden()
        self._code: list[str] = []

    def empty(self) -> bool:
        """Whether no wording was found."""
        return not (str(self._states[0].flow).strip() or self._boxes or self._hidden.found())

    def deliver(self, reading: Reading, where: str, hidden: str | None = None) -> None:
        """Hands over all wording; ``hidden`` is the reason why the whole part is out of sight, if it is."""
        self._end_code()
        main = str(self._states[0].flow)
        reading.add(main, where, hidden)
        shown = [main]
        for box, flow in self._boxes:
            text = str(flow)
            if box != _SAME:
                reading.add(text, f"{where}, {box}", hidden)
                shown.append(text)
        everything = _SPACE.sub("", "".join(shown))
        for box, flow in self._boxes:
            if box == _SAME and _SPACE.sub("", str(flow)) not in everything:
                reading.add(str(flow), where, _SAME)
        for _, reason, text in self._hidden.found():
            reading.add(text, where, reason)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Takes the beginning of an element."""
        state, parent = self._states[-1], self._stack[-1]
        self._stack.append(name)
        if name in ("txbxContent", "Fallback"):
            self._enter_box(_SAME if name == "Fallback" or state.box == _SAME else "text box")
        elif name == "p":
            state.paragraph_hidden = state.shaded = False
            state.hidden = state.white = state.tiny = False
        elif name == "r":
            state.hidden = state.white = state.tiny = False
        elif name == "tbl":
            state.tables += 1
        elif name == "tc":
            state.cell = len(state.flow)
        elif name in ("del", "moveFrom"):
            state.deleted += 1
        elif parent == "rPr" and self._stack[-3] == "r":
            self._run_property(state, name, attributes)
        elif parent == "pPr":
            if name == "pStyle":
                state.paragraph_hidden = self.hidden_styles.get(attributes.get("val", ""), False)
            elif name == "shd":
                state.shaded = _is_shaded(attributes)
        elif parent in ("r", "p") and name in ("tab", "br", "cr", "noBreakHyphen", "softHyphen"):
            self._write({"tab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}.get(name, "\n"))
        elif name in ("docPr", "cNvPr"):
            for key in ("title", "descr"):
                self._hidden.whole("", "alt text", attributes.get(key, ""))
        elif name == "textpath":
            self._write(attributes.get("string", ""))
        if "alt" in attributes:
            self._hidden.whole("", "alt text", attributes["alt"])
        if "tooltip" in attributes:
            self._hidden.whole("", "tooltip", attributes["tooltip"])

    def end(self, name: str) -> None:
        """Takes the end of an element."""
        self._stack.pop()
        if name in ("txbxContent", "Fallback"):
            if len(self._states) > 1:
                self._states.pop()
            return
        state = self._states[-1]
        if name in ("p", "tr"):
            self._end_code()
            state.flow.gap("\n")
            self._gap_hidden(state)
        elif name == "tc":
            state.flow.cell(state.cell)
        elif name == "tbl":
            state.tables -= 1
        elif name in ("del", "moveFrom"):
            state.deleted -= 1

    def text(self, text: str) -> None:
        """Takes text between tags."""
        element = self._stack[-1]
        if element in ("t", "delText", "v"):  # `v`: the labels and numbers of a chart
            self._write(text)
            if element == "v":
                self._states[-1].flow.gap("\n")
        elif element in ("instrText", "delInstrText"):
            self._code.append(text)

    def _enter_box(self, kind: str) -> None:
        flow = Flow()
        self._boxes.append((kind, flow))
        self._states.append(_State(flow, kind, deleted=self._states[-1].deleted))

    def _write(self, text: str) -> None:
        state = self._states[-1]
        reason = state.reason()
        if reason is None:
            state.flow.text(text)
            if text.strip():
                self._hidden.close()
        elif state.box == _SAME:
            pass  # it stands hidden in the newer form too
        else:
            self._hidden.current("", reason).text(text)

    def _gap_hidden(self, state: _State) -> None:
        if (reason := state.reason()) and state.box != _SAME:
            self._hidden.current("", reason).gap("\n")

    def _run_property(self, state: _State, name: str, attributes: Mapping[str, str]) -> None:
        value = attributes.get("val", "")
        if name == "vanish":
            state.hidden = _is_on(attributes)
        elif name == "rStyle":
            state.hidden = state.hidden or self.hidden_styles.get(value, False)
        elif name == "color":
            state.white = value.lower() in ("ffffff", "fefefe", "fdfdfd")
        elif name == "sz":  # in half points
            state.tiny = value in ("0", "1", "2")
        elif name in ("shd", "highlight"):
            state.shaded = state.shaded or name == "highlight" or _is_shaded(attributes)

    def _end_code(self) -> None:
        """Reads the code of a field: where a link leads, or wording that the field may show."""
        code = "".join(self._code)
        self._code.clear()
        addresses = _ADDRESS.findall(code)
        self.links.extend(addresses)
        for text in _IN_QUOTES.findall(code):
            if text not in addresses and prose(text):
                self._hidden.whole("", "field code", text)


def _is_on(attributes: Mapping[str, str]) -> bool:
    return attributes.get("val", "true").lower() not in _OFF


def _is_shaded(attributes: Mapping[str, str]) -> bool:
    return attributes.get("fill", "auto").lower() not in ("auto", "ffffff", "") or "themeFill" in attributes
