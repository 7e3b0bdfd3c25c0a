# Two commands do everything: `make run` and `make test`. Both set up what they need first, and
# neither builds or trains anything again unless what it is made from has changed.

export RASA_TELEMETRY_ENABLED := false
export PIP_DISABLE_PIP_VERSION_CHECK := 1

BOT := .venv/bin/python
ENGINE := .venv-engine/bin/python
STEP := tools/step.sh
PIP_INSTALL := -m pip install --require-hashes --no-deps --progress-bar off

.PHONY: help run test check check-content fix train eval bench bench-line bench-desk bench-scale bench-window clean
.DEFAULT_GOAL := help

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: .venv/ready .venv-engine/ready train  ## build what is missing, start everything, stay until Ctrl-C
	@$(BOT) -m bot run

test: check .venv/dev .venv-engine/dev train  ## the whole test suite
	@$(ENGINE) -m pytest -c tests/engine/pytest.ini tests/engine
	@$(BOT) -m pytest -q -n 2 tests -m "redis and not slow"
	@$(BOT) -m pytest tests -m slow   # the others ran in `check`

check: .venv/dev  ## lint, types and the fast tests
	@$(BOT) -m ruff check .
	@$(BOT) -m ruff format --check .
	@$(BOT) -m mypy
	@$(BOT) -m bot.knowledge
	@$(BOT) -m pytest -q -n 2 tests -m "not slow and not redis"

check-content: .venv/ready  ## what staff write: facts, plain Japanese, readings
	@$(BOT) -m bot.knowledge

fix: .venv/dev  ## let ruff mend what it can
	@$(BOT) -m ruff check --fix . && $(BOT) -m ruff format .

train: .venv-engine/ready  ## train, unless there is a model of the current data
	@$(ENGINE) -m engine.model

# WITHOUT=1 also trains and asks the bot without each of its parts, STOCK=1 stock Rasa: hours.
eval: .venv/dev train  ## how well the bot understands: figures, pictures, docs/understanding.md
	@mkdir -p docs/understanding
	@$(ENGINE) -W ignore -m engine.evaluate docs/understanding/cross_validation.json
	@$(BOT) -m bench.understanding
	@$(ENGINE) -W ignore -m bench.understanding.curve
	$(if $(WITHOUT),@$(BOT) -m bench.understanding.without_each)
	$(if $(STOCK),@$(BOT) -m bench.understanding.against_stock)
	@$(ENGINE) -W ignore -m bench.understanding.pictures
	@$(BOT) -m bench.understanding.page

# QUICK=1 tries it in minutes, on little; STOCK=FOLDER keeps stock Rasa's trained project for next time.
bench: .venv/dev train  ## how fast: ours and stock Rasa side by side (docs/performance.md), hours
	@$(BOT) -m bench.speed $(if $(QUICK),--quick) $(if $(STOCK),--stock $(STOCK))
	$(if $(QUICK),,@$(ENGINE) -W ignore -m bench.speed.picture)

bench-line: .venv/dev  ## LINE under load: pace of webhooks, and a storm (docs/line.md), 6 minutes
	@$(BOT) -m bench.line pace
	@$(BOT) -m bench.line storm

bench-desk: .venv/dev  ## the desk under load (docs/desk.md), 5 minutes
	@$(BOT) -m bench.desk lists
	@$(BOT) -m bench.desk live

# Half an hour; the initiatives (two trainings and more) only with INITIATIVES=1.
bench-scale: .venv/dev train  ## many citizens, more machines: figures of docs/scaling.md
	@$(BOT) -m bench.scale streams
	@$(BOT) -m bench.scale burst
	@$(BOT) -m bench.scale stored
	@$(BOT) -m bench.scale operators
	@$(BOT) -m bench.scale turns
	@$(BOT) -m bench.scale failover
	@$(BOT) -m bench.scale failover --replicas 2
	@$(BOT) -m bench.scale failover --shape cluster
	$(if $(INITIATIVES),@$(BOT) -m bench.scale initiatives)

bench-window: .venv/dev  ## the citizen's window in a browser: bytes, time on a slow phone, memory (docs/window.md)
	@$(BOT) -m bench.window

clean:  ## remove environments, models and logs; conversations under var/redis stay
	rm -rf .venv .venv-engine models var/log .rasa

.venv/ready: requirements/gateway.txt
	@rm -rf .venv
	@python=$$(tools/find-python.sh 3.11 newer) && "$$python" -m venv .venv
	@$(STEP) "environment of gateway and actions (about 1 minute)" var/log/setup-gateway.log \
		$(BOT) $(PIP_INSTALL) -r requirements/gateway.txt
	@touch $@

.venv/dev: .venv/ready requirements/dev.txt
	@$(STEP) "tools for checks and tests" var/log/setup-dev.log \
		$(BOT) $(PIP_INSTALL) -r requirements/dev.txt
	@touch $@

.venv-engine/ready: requirements/engine.txt
	@rm -rf .venv-engine
	@python=$$(tools/find-python.sh 3.10) && "$$python" -m venv .venv-engine
	@$(STEP) "environment of the engine, 3 GB (about 3 minutes)" var/log/setup-engine.log \
		$(ENGINE) $(PIP_INSTALL) -r requirements/engine.txt
	@touch $@

.venv-engine/dev: .venv-engine/ready requirements/engine-dev.txt
	@$(STEP) "tools for the engine's tests" var/log/setup-engine-dev.log \
		$(ENGINE) $(PIP_INSTALL) -r requirements/engine-dev.txt
	@touch $@
