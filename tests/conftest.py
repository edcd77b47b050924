"""Every record that a test has made of a result is held against the published schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

import extractor.result
from extractor.record import result_to_record


@pytest.fixture(scope="session", autouse=True)
def kept_to_the_schema() -> Iterator[None]:
    """``Result.to_json`` fails where what it gives is not as the schema says."""
    schema = files("extractor.outputs").joinpath("schema.json").read_text("utf-8")
    validator = jsonschema.Draft202012Validator(json.loads(schema))

    def checked(*result: Any, **more: Any) -> Any:
        record = result_to_record(*result, **more)
        validator.validate(json.loads(json.dumps(record)))
        return record

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extractor.result, "result_to_record", checked)
        yield
