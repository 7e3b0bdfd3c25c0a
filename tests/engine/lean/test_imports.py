"""What is left out is not there, and says so when it is used after all."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.lean.imports import LEFT_OUT
from tests.engine.serving import ROOT

if TYPE_CHECKING:
    from tests.engine.serving import Engine


def _python(code: str) -> str:
    command = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own code
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_rasas_server_imports_nothing_of_it() -> None:
    code = """
import sys
from engine.lean import imports
imports.leave_out()
import rasa.core.run, rasa.model_training
for name, module in sys.modules.items():
    if name.partition('.')[0] in imports.LEFT_OUT:
        assert type(module) is imports._Module, name
print(sorted({name.partition('.')[0] for name in sys.modules} & imports.LEFT_OUT))
"""
    assert "tensorflow" in _python(code)


def test_all_of_it_is_installed_else_the_list_is_out_of_date() -> None:
    assert not [name for name in LEFT_OUT if find_spec(name) is None]


def test_the_served_engine_has_loaded_no_tensorflow(engine: Engine) -> None:
    mapped = Path(f"/proc/{engine.process.pid}/maps")
    if not mapped.exists():
        pytest.skip("only Linux tells what a process has loaded")
    assert "tensorflow" not in mapped.read_text()


def test_whoever_uses_it_is_told() -> None:
    code = """
from engine.lean import imports
imports.leave_out()
import tensorflow as tf
class Model(tf.keras.Model): pass
try:
    Model()
except imports.LeftOutError as error:
    print(error)
"""
    assert "engine/lean/imports.py" in _python(code)


def test_it_cannot_be_left_out_too_late() -> None:
    code = """
import types, sys
sys.modules['keras'] = types.ModuleType('keras')
from engine.lean import imports
try:
    imports.leave_out()
except RuntimeError as error:
    print(error)
"""
    assert "keras" in _python(code)


def test_a_component_of_rasas_that_we_do_not_use_is_unknown() -> None:
    code = """
from engine.lean import imports
imports.leave_out()
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.exceptions import InvalidConfigException
print(DefaultV1Recipe._from_registry('RulePolicy').clazz.__name__)
try:
    DefaultV1Recipe._from_registry('DIETClassifier')
except InvalidConfigException as error:
    print(error)
"""
    told = _python(code)
    assert told.startswith("RulePolicy")
    assert "Can't load class" in told
