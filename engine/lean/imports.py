"""Packages that Rasa imports and our engine never uses are not imported.

They made up 350 MB of 530 and half of the start. Rasa has no setting for that: its server imports
all its channels, its tracker stores and, by way of its tests and training, TensorFlow. In their
place stand modules whose names are all classes, which is enough for what happens while Rasa is
imported (to inherit from them, to annotate with them); whoever makes an object of one is told so.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

LEFT_OUT = frozenset(
    {
        # Neural networks: DIET, TED, and what converts their data.
        *("tensorflow", "keras", "h5py"),
        # Plots of tests.
        "matplotlib",
        # Other tracker stores and brokers. (SQL's is declared while it is imported: it stays.)
        *("boto3", "pymongo", "confluent_kafka"),
        # Other channels.
        *("aiogram", "fbmessenger", "google", "slack_sdk", "twilio", "webexteamssdk"),
        # The interactive command line.
        *("questionary", "prompt_toolkit"),
    }
)
_INSTEAD = {"rasa.engine.recipes.default_components": "engine.lean.components"}


class LeftOutError(ImportError):
    """Something was used that our engine leaves out."""


def leave_out() -> None:
    """From now on leaves them out.

    Raises:
        RuntimeError: if one is imported already, for then it is too late.
    """
    early = LEFT_OUT & sys.modules.keys()
    if early:
        raise RuntimeError(f"imported before it could be left out: {', '.join(sorted(early))}")
    sys.meta_path.insert(0, _Finder())


class _Finder(MetaPathFinder, Loader):
    def find_spec(
        self,
        fullname: str,
        _path: Sequence[str] | None = None,
        _target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Claims what is left out, and what another module stands in for."""
        if fullname in _INSTEAD or fullname.partition(".")[0] in LEFT_OUT:
            return ModuleSpec(fullname, self, is_package=fullname not in _INSTEAD)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The stand-in."""
        ours = _INSTEAD.get(spec.name)
        return _renamed(import_module(ours), spec.name) if ours else _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


def _renamed(module: ModuleType, name: str) -> ModuleType:
    copy = ModuleType(name, module.__doc__)
    copy.__dict__.update({key: value for key, value in vars(module).items() if key[:2] != "__"})
    return copy


class _Module(ModuleType):
    def __getattr__(self, name: str) -> type:
        return _missing(self.__name__, name)


class _Missing(type):
    def __getattr__(cls, name: str) -> type:
        return _missing(f"{cls.__module__}.{cls.__name__}", name)

    def __call__(cls, *_args: object, **_kwargs: object) -> Any:  # noqa: ANN401 - never returns
        raise LeftOutError(
            f"{cls.__module__}.{cls.__name__} is not part of our engine (engine/lean/imports.py)"
        )


def _missing(where: str, name: str) -> type:
    if name.startswith("__"):
        raise AttributeError(name)
    return _Missing(name, (), {"__module__": where})
