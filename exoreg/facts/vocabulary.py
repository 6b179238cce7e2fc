"""The trees of fact values and regions, and the resolving of a person's words to their ids.

Built from the plain data of ``rules/vocabulary.yaml`` (or its compiled copy); imports nothing of the package.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

UNKNOWN_WORDS = frozenset({"?", "unknown", "not known"})


class WordError(ValueError):
    """A word that the vocabulary does not know; ``nearest`` holds the closest valid words, best first."""

    def __init__(self, message: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.nearest = tuple(nearest)


class Value(NamedTuple):
    """One node of a tree: its id, title, explanation, aliases, and the nodes below it."""

    id: str
    title: str
    says: str = ""
    aliases: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    donors: tuple[str, ...] = ()
    ask: str = ""
    who: str = ""

    def walk(self) -> Iterator[Value]:
        """This node and every node below it, parents first."""
        yield self
        for child in self.values:
            yield from child.walk()


def _value(data: Mapping[str, Any]) -> Value:
    return Value(
        id=data["id"],
        title=data["title"],
        says=data.get("says", ""),
        aliases=tuple(data.get("aliases", ())),
        values=tuple(_value(child) for child in data.get("values", ())),
        donors=tuple(data.get("donors", ())),
        ask=data.get("ask", ""),
        who=data.get("who", ""),
    )


class Tree:
    """A named tree of values with look-up by id and by alias."""

    def __init__(self, id: str, values: tuple[Value, ...]) -> None:
        self.id, self.values = id, values

    @property
    def one_of(self) -> str:
        """What one of the values is called in a message."""
        return f"a {self.id}"

    @cached_property
    def nodes(self) -> dict[str, Value]:
        """Every node by id, parents before children, in the order of the file."""
        return {node.id: node for root in self.values for node in root.walk()}

    @cached_property
    def parent(self) -> dict[str, str]:
        """The id of each node's parent; roots are absent."""
        return {child.id: node.id for node in self.nodes.values() for child in node.values}

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The ids of all leaves, in the order of the file."""
        return tuple(node.id for node in self.nodes.values() if not node.values)

    @cached_property
    def _by_word(self) -> dict[str, str]:
        words: dict[str, str] = {}
        for node in self.nodes.values():
            for word in (*node.aliases, node.title):
                words.setdefault(fold(word), node.id)
        words.update({fold(node.id): node.id for node in self.nodes.values()})
        return words

    def below(self, node: str) -> tuple[str, ...]:
        """The leaves that ``node`` stands for (itself, when it is a leaf)."""
        return tuple(value.id for value in self.nodes[node].walk() if not value.values)

    def path(self, node: str) -> tuple[str, ...]:
        """The node and its ancestors, nearest first."""
        chain = [node]
        while chain[-1] in self.parent:
            chain.append(self.parent[chain[-1]])
        return tuple(chain)

    def resolve(self, word: str) -> str:
        """The id that a person's word means, by id, alias or title, without regard to case.

        Raises:
            WordError: no node has that id or alias; names the nearest words.
        """
        found = self._by_word.get(fold(word))
        if found is not None:
            return found
        nearest = self.nearest(word)
        raise WordError(f"`{word}` is not {self.one_of} that exoreg knows", nearest)

    def nearest(self, word: str, count: int = 3, likeness: float = 0.55) -> tuple[str, ...]:
        """The ids whose id, alias or title is most like ``word`` (1: the same; 0: nothing alike), best first."""
        import difflib  # Only for a word that is wrong: a right one answers sooner without it.

        folded = fold(word)
        hits = difflib.get_close_matches(folded, self._by_word, n=count * 3, cutoff=likeness)
        hits += [known for known in self._by_word if len(folded) > 2 and folded in known.split(" ")]
        return tuple(dict.fromkeys(self._by_word[hit] for hit in hits))[:count]

    def compress(self, leaves: Sequence[str]) -> tuple[str, ...]:
        """The fewest nodes that stand for exactly these leaves, in the order of the file."""
        wanted = set(leaves)
        kept: list[str] = []

        def visit(node: Value) -> None:
            under = self.below(node.id)
            if wanted.issuperset(under):
                kept.append(node.id)
            else:
                for child in node.values:
                    visit(child)

        for root in self.values:
            visit(root)
        return tuple(kept)


def fold(word: str) -> str:
    """A word without case, and with any run of spaces, hyphens and underscores as one space."""
    return " ".join(word.casefold().replace("-", " ").replace("_", " ").replace("’", "'").split())


class Fact(Tree):
    """A dimension on which law depends: a tree of values and how it is asked for.

    ``kind`` is ``one`` (a product has exactly one leaf) or ``set`` (any number of leaves).
    ``default`` is assumed when nothing is stated; None means that nothing can be assumed.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Builds the fact from its plain mapping in ``vocabulary.yaml``."""
        super().__init__(data["id"], tuple(_value(value) for value in data["values"]))
        self.title: str = data["title"]
        self.says: str = data["says"]
        self.ask: str = data.get("ask", "")
        self.who: str = data.get("who", "")
        self.kind: str = data.get("kind", "one")
        self.default = _default(data.get("default"))

    @property
    def is_set(self) -> bool:
        """Whether a product has a set of these values."""
        return self.kind == "set"

    @property
    def one_of(self) -> str:
        """What one of the values is called in a message; a set is named by its plural, or by no number."""
        return f"a word for `{self.id}`" if self.is_set else super().one_of


class Vocabulary:
    """All facts, in the order in which they are asked and printed, and the regions."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Builds the trees from the plain mapping of ``vocabulary.yaml``, already checked for its shape."""
        self.data = data
        self.facts = {fact["id"]: Fact(fact) for fact in data["facts"]}
        self.regions = Tree("region", tuple(_value(region) for region in data["regions"]))

    @cached_property
    def _donors(self) -> dict[str, tuple[str, ...]]:
        source = self.facts["source"]
        return {
            leaf: next(
                node.donors for node in map(source.nodes.__getitem__, source.path(leaf)) if node.donors
            )
            for leaf in source.leaves
        }

    def donors(self, source: str) -> tuple[str, ...]:
        """What ``donor`` can be for a source leaf; the first is assumed when nothing is stated."""
        return self._donors[source]


def _default(value: Any) -> tuple[str, ...] | None:
    if value is None:
        return None
    return (value,) if isinstance(value, str) else tuple(value)
