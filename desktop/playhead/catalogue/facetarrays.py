"""Facets as arrays of NumPy, by ids.

Import it late, in the thread that needs it: NumPy takes a tenth of a second to load.
"""

from collections.abc import Iterable
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from playhead.catalogue import facets
from playhead.catalogue.conditions import Condition
from playhead.catalogue.connection import ids_of
from playhead.core.finding.query import Field

Mask = NDArray[np.bool_]
"""A truth for each id."""


class Facets:
    """The facets of the first `number` ids, each read once and only if it is needed."""

    def __init__(self, connection: apsw.Connection, number: int, size: int) -> None:
        self.connection = connection
        self.number = number
        self.others = facets.others(number, size)
        """A SELECT of the recordings that they do not tell of..."""
        self.rest = facets.rest(number, size)
        """...and the FROM of these."""
        self._parts = number // size
        self._numbers: dict[str, NDArray[Any]] = {}
        self._texts: dict[str, NDArray[np.uint32]] = {}
        self.codes: NDArray[np.uint16] = self._read_codes(facets.TRAIT, facets.CODE)
        """The codes of their traits, by ids."""

    def numbers(self, name: str) -> NDArray[Any]:
        """A column of numbers, by ids."""
        if name not in self._numbers:
            self._numbers[name] = self._read(name, facets.NUMBERS[name])
        return self._numbers[name]

    def texts(
        self, field: Field, named: str = ""
    ) -> tuple[NDArray[Any], Iterable[tuple[int, str, str]]] | None:
        """The codes of the texts that recordings have in a field, by ids; None if they are not kept.

        With them what each code stands for: a text, and that of the column `named`, if there is one.
        """
        columns = field.value.columns if field.value is not None else ()
        column = columns[0] if len(columns) == 1 else ""
        if column in facets.TRAITS:
            values = self.by_code(Condition(column))
            return self.codes, ((code, str(value or ""), "") for code, value in enumerate(values))
        kept = facets.TEXTS.get(field.word)
        if (
            kept is None
            or kept.value != column
            or not facets.is_kept(self.connection, field.word, self._parts)
        ):
            return None
        name = f"ifnull({named}, '')" if named in kept.columns else "''"
        texts = self.connection.execute(f"select code, ifnull({column}, ''), {name} from {kept.rows}")
        return self._text_codes(field.word), texts

    def with_texts(self, name: str, condition: Condition) -> Mask | None:
        """The ids whose texts of a facet meet a condition over `search`; None if it is not kept."""
        if not facets.is_kept(self.connection, name, self._parts):
            return None
        found = f"select code as id from {facets.TEXTS[name].rows} where {condition.sql}"
        these = np.array(ids_of(self.connection, found, condition.values), np.int64)
        if not len(these):
            return np.zeros(self.number, bool)
        codes = self._text_codes(name)
        chosen = np.zeros(max(int(these.max()), int(codes.max(initial=0))) + 1, bool)
        chosen[these] = True
        here: Mask = chosen[codes]
        return here

    def by_code(self, expression: Condition) -> list[object]:
        """Values that an SQL expression gives for each code of a trait; None where there is no such code."""
        found: list[object] = [None]
        for code, value in self.connection.execute(
            f"select code, {expression.sql} from trait as search order by code", expression.values
        ):
            found += [None] * (code - len(found))
            found.append(value)
        return found

    def among(self, condition: Condition) -> Mask:
        """The ids for whose trait a condition is true."""
        chosen = np.array([bool(each) for each in self.by_code(condition)])
        return chosen[self.codes]

    def these(self, ids: Condition) -> Mask:
        """The ids that a SELECT gives, if facets tell of them."""
        mask = np.zeros(self.number, bool)
        found = np.frombuffer(ids_of(self.connection, ids.sql, ids.values), np.int64)
        mask[found[found < self.number]] = True
        return mask

    def _text_codes(self, name: str) -> NDArray[np.uint32]:
        """The codes of the texts of a facet, by ids."""
        if name not in self._texts:
            self._texts[name] = self._read_codes(name, facets.TEXT_CODE)
        return self._texts[name]

    def _read(self, name: str, form: str) -> NDArray[Any]:
        """A facet of numbers, by ids."""
        found = np.empty((self._parts, self.number // self._parts), f"<{form}")
        for row, content in zip(found, facets.contents(self.connection, name, self._parts), strict=True):
            row[:] = np.frombuffer(content, found.dtype)
        return found.ravel()

    def _read_codes(self, name: str, form: str) -> NDArray[Any]:
        """A facet of codes that is kept, by ids."""
        found = np.empty((self._parts, self.number // self._parts), f"<{form}")
        bytes_of = found.view(np.uint8).reshape(*found.shape, found.itemsize)
        for row, content in zip(bytes_of, facets.contents(self.connection, name, self._parts), strict=True):
            row[:] = np.frombuffer(content, np.uint8).reshape(found.itemsize, -1).T
        return found.ravel()
