# Needs git, make and npm only. Node 24 comes from npm with the other tools, so the Node of the system may be older.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := $(CURDIR)/node_modules/.bin
# npm installs under the Node of the system: it would delete the other one while running on it.
SYSTEM_PATH := $(subst $(BIN):,,$(PATH))
export PATH := $(BIN):$(SYSTEM_PATH)

RUN := npm run --silent
INSTALLED := node_modules/.installed
BUILT := packages/limbeck/dist/bin.js
LINKED := node_modules/.bin/limbeck
LEARN_BUILT := packages/learn/dist/index.js
SITE_INSTALLED := site/node_modules/.installed
MANIFESTS := package.json package-lock.json .npmrc $(wildcard packages/*/package.json workshop/*/package.json)
SOURCES := $(shell find packages/limbeck/src -name '*.ts' ! -name '*.test.ts' ! -name '*.test-d.ts' 2>/dev/null)
# The project of the exercises is made of the workshop's.
LEARN_SOURCES := $(shell find packages/learn/src packages/learn/starter tools/learn-starter workshop/*/app -type f 2>/dev/null) \
  $(wildcard packages/learn/*.ts packages/learn/package.json workshop/*/Makefile workshop/*/*.ts workshop/*/package.json)

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: install
install: $(INSTALLED) ## Install exactly what package-lock.json names, Node 24 included

$(INSTALLED): $(MANIFESTS)
	@echo "Installing (takes about half a minute the first time) ..."
	@PATH="$(SYSTEM_PATH)" npm ci --no-audit --no-fund --loglevel=error
	@node --version | grep -q '^v24\.' || { \
	  echo "Expected Node 24 in node_modules/.bin, found $$(node --version)." >&2; \
	  echo "The install script of the npm package \"node\" has to run: npm config set ignore-scripts false" >&2; exit 1; }
	@touch $@

$(BUILT): $(SOURCES) packages/limbeck/tsdown.config.ts packages/limbeck/package.json | $(INSTALLED)
	@$(RUN) build --workspace limbeck

# npm links a program that is there, and at the installation this one was not.
$(LINKED): | $(BUILT)
	@ln -sf ../limbeck/dist/bin.js $@

$(LEARN_BUILT): $(LEARN_SOURCES) | $(BUILT)
	@$(RUN) build --workspace @limbeck/learn

.PHONY: build
build: $(INSTALLED) $(BUILT) $(LINKED) $(LEARN_BUILT) ## Build what is published

.PHONY: demo
demo: build ## Run the main job on a SQLite file, showing each command and what it answers
	@$(RUN) demo

.PHONY: learn
learn: build ## Do the exercises, in learn-playground
	@$(MAKE) --no-print-directory -C workshop/00_personal_todo learn

.PHONY: learn-clean
learn-clean: build ## Drop the databases that the exercises of learn-playground have on servers
	@[ ! -e learn-playground ] || { cd learn-playground && limbeck learn clean $(args); }

.PHONY: test
test: build ## Run all tests; the last line is "N passed, N failed"
	@$(RUN) test

.PHONY: test-long
test-long: build ## Run all tests at full size, and the README on Node 22 and 26
	@$(RUN) package:matrix
	@LIMBECK_LONG=1 $(RUN) test

.PHONY: lint
lint: build ## Check the rules, the layers among them; the types of what is built count
	@$(RUN) lint

.PHONY: types
types: install ## Check the types of source, tests, tools and workshop
	@$(RUN) types

.PHONY: format
format: install ## Format everything
	@$(RUN) format

.PHONY: check
check: lint types build ## Check everything but the tests: rules, types, format, unused code, the package
	@$(RUN) format:check
	@$(RUN) unused
	@$(RUN) package:check

.PHONY: bench
bench: build ## Measure start-up and throughput, as ratios of one run
	@$(RUN) bench

# Not one of the workspaces: vitepress brings another vite and 89 MB, which nothing else needs.
$(SITE_INSTALLED): site/package.json site/package-lock.json site/.npmrc
	@echo "Installing vitepress (takes about a quarter of a minute the first time) ..."
	@PATH="$(SYSTEM_PATH)" npm ci --prefix site --no-audit --no-fund --loglevel=error
	@touch $@

.PHONY: docs
docs: install $(SITE_INSTALLED) ## Build the site of documents and reference, into site/dist
	@tsc -p site
	@$(RUN) docs:pages
	@$(RUN) build --prefix site
	@$(RUN) docs:check

.PHONY: docs-serve
docs-serve: docs ## Build the site, and serve it on http://127.0.0.1:8001; no network is needed
	@$(RUN) serve --prefix site

.PHONY: clean
clean: ## Delete what was installed, built or left by the demo
	@rm -rf node_modules packages/*/node_modules packages/*/dist workshop/*/node_modules site/node_modules site/pages site/dist site/.vitepress/cache demo-playground
	@if [ -n "$$(ls learn-playground/.limbeck-learn/databases 2>/dev/null)" ]; then \
	  echo "learn-playground stays: its exercises have databases on a server, which make learn-clean drops."; \
	else rm -rf learn-playground; fi
