"""Enums that a later server may add values to."""

from __future__ import annotations

from enum import StrEnum

from typing_extensions import override


class OpenEnum(StrEnum):
    """An enum that takes any text: a value of a later version is itself, without a name here."""

    @classmethod
    @override
    def _missing_(cls, value: object) -> OpenEnum | None:
        if not isinstance(value, str):
            return None
        unknown = str.__new__(cls, value)
        unknown._name_ = unknown._value_ = value
        return unknown
