"""Helpers of these tests fail with their values shown."""

import pytest

pytest.register_assert_rewrite("reference_files", "kept_references")
