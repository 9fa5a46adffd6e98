# Build output goes to target/ unless CARGO_TARGET_DIR says otherwise.
TARGET := $(or $(CARGO_TARGET_DIR),$(CURDIR)/target)
WEB_SOURCES := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print 2>/dev/null) schema/public.graphql

.DEFAULT_GOAL := help
.PHONY: help run dev test lint fmt web schema bench bench-parts speed release test-deps

help: ## Show what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: web ## Build what is missing and start the portal with the demo catalog
	cargo build
	@exec $(TARGET)/debug/callboard serve --config demo/callboard.yaml --data data/demo $(ARGS)

dev: web/node_modules/.package-lock.json ## Start the quick loop: hot reload for the web, rebuild and restart for the server
	@exec node scripts/dev.mjs

test: web test-deps ## Install what tests need and run every test
	scripts/test.sh

lint: web/node_modules/.package-lock.json ## Check formatting, lints, types and licences
	scripts/lint.sh

fmt: web/node_modules/.package-lock.json ## Format everything
	cargo fmt --all
	cd web && npm run --silent fmt

web: web/dist/.built ## Build the front end

schema: ## Write the schema snapshots and the config reference anew
	scripts/snapshots.sh --write

bench: web ## Measure the portal beside the reference's figures (ARGS="--help" tells of the choices)
	@scripts/install-test-tools.sh
	scripts/bench.sh $(ARGS)

bench-parts: web ## Measure parts of the portal, as ratios within one run
	scripts/bench.sh --parts

speed: web test-deps ## Measure the pages in a real browser: Lighthouse, size, interactions (report: target/browser/speed.md)
	scripts/speed.sh

release: web ## Build target/release/callboard, fully optimised
	cargo build --release

test-deps: tests/node_modules/.package-lock.json
	@scripts/install-test-tools.sh

web/node_modules/.package-lock.json: web/package-lock.json
	cd web && npm ci --no-audit --no-fund --loglevel=error

tests/node_modules/.package-lock.json: tests/package-lock.json
	cd tests && npm ci --no-audit --no-fund --loglevel=error

web/dist/.built: $(WEB_SOURCES) web/node_modules/.package-lock.json
	cd web && npm run --silent build
	node scripts/compress.mjs web/dist
	@touch $@
