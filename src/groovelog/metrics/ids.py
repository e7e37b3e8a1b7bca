"""Ids of plays and sessions as they are printed: 16 hexadecimal digits, for most readers of JSON lose what is over 2^53."""

import ibis
import ibis.expr.types as ir

ID_DIGITS = 16


# Both engines have a function of this name: upper-case hexadecimal digits of the 64 bits.
@ibis.udf.scalar.builtin(name="hex", signature=(("int64",), "string"))
def hexadecimal(number):  # type: ignore[no-untyped-def]
    """The number in base 16."""


def digits(number: ir.IntegerValue) -> ir.StringValue:
    """The id as `groovelog plays explain` and the reports print it."""
    return hexadecimal(number).lower().lpad(ID_DIGITS, "0")
