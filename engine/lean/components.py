"""Stands in for `rasa.engine.recipes.default_components`: of Rasa's components only what we use.

Rasa imports all of its components to look one up by name; most of them bring TensorFlow. A
configuration that names one which is not here is refused by Rasa itself ("Can't load class").
"""

from __future__ import annotations

from rasa.core.policies.rule_policy import RulePolicy

DEFAULT_COMPONENTS = [RulePolicy]
