# The project's commands. Each is one script, so that it can be read and run by itself.

# Rust's own installer puts its tools here, and not every shell knows.
export PATH := $(HOME)/.cargo/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help demo build test test-llm check bench clean

help: ## show the commands
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo: ## build everything and start the desk with a demo shop
	@scripts/demo.sh

build: ## build target/release/tandem
	@scripts/build.sh

test: ## run every check, installing what the checks need
	@scripts/test.sh

test-llm: ## ask a real local model one question (fetches 1.1 GB, takes minutes)
	@scripts/test-llm.sh

check: ## run the quick checks: format, lints, tidy, unit tests
	@scripts/check.sh

bench: ## measure search and the embedded model
	@scripts/bench.sh

clean: ## remove everything that was built
	@scripts/clean.sh
