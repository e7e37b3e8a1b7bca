"""Failures inside the contract are told in full."""

import pytest

pytest.register_assert_rewrite("contract")
