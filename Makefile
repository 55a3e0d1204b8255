# Everything that is done to Alur. `make` lists it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

VERSION := $(shell sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)
BINDGEN := $(shell sed -n 's/^wasm-bindgen = "=\(.*\)"/\1/p' Cargo.toml)

# `dev` builds in seconds what `wasm-release` builds small.
WASM_PROFILE ?= wasm-release
# What the browser's program may weigh after brotli, in kB.
WASM_BUDGET := 300

TOOLS := target/tools
SITE := target/site
SITE_NEW := target/site.new.$(shell echo $$$$)
NODE := end2end/node_modules
WASM := target/wasm32-unknown-unknown/$(patsubst dev,debug,$(WASM_PROFILE))
# The programs of the browser: the office's, the sheet's, the agencies', the wall's.
PROGRAMS := alur lembar pd papan
BUILT := $(SITE)/.built-$(WASM_PROFILE)
PACKAGE := alur-$(VERSION)-x86_64-linux

BROWSER_SOURCES := Cargo.lock Cargo.toml $(shell find app frontend -type f -not -path '*/tests/*')
SITE_SOURCES := $(shell find style public -type f) end2end/tools/site.mjs

# Both cores stay busy: cargo takes its share of make's job slots.
PARALLEL = +@$(MAKE) -j$$(nproc)

ifndef STARTED
STARTED := $(shell date +%s)
export STARTED
endif
# Announces a step, and how long everything took until here: $(call step,2/5,Tests)
step = @printf '[%s] %s  (after %d s)\n' '$(1)' '$(2)' $$(($$(date +%s) - STARTED))
detail = @printf '      %s\n' '$(1)'

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

# ---------------------------------------------------------------- set up

.PHONY: setup
setup: $(TOOLS)/toolchain $(TOOLS)/bin/wasm-bindgen $(NODE)/.package-lock.json ## what building needs

$(TOOLS)/toolchain: rust-toolchain.toml
	$(call detail,Rust toolchain)
	@rustup show active-toolchain > /dev/null 2>&1 || rustup toolchain install
	@rustup target list --installed | grep -qx wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown
	@mkdir -p $(@D) && touch $@

# Built without optimisation: it runs for a second, and is built on every new machine.
$(TOOLS)/bin/wasm-bindgen: $(TOOLS)/wasm-bindgen-$(BINDGEN) ;
$(TOOLS)/wasm-bindgen-$(BINDGEN): | $(TOOLS)/toolchain
	$(call detail,wasm-bindgen $(BINDGEN))
	+@CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=64 \
		CARGO_TARGET_DIR=$(TOOLS)/build \
		cargo install --quiet --force --root $(TOOLS) --bin wasm-bindgen wasm-bindgen-cli --version $(BINDGEN)
	@rm -rf $(TOOLS)/build $(TOOLS)/wasm-bindgen-* && touch $@

$(NODE)/.package-lock.json: end2end/package-lock.json
	$(call detail,npm packages)
	@cd end2end && npm ci --silent && touch node_modules/.package-lock.json

.PHONY: packages
packages: ## what the tests need of Debian, if it is missing: a browser, pdftotext, Python
	@needed=$$( \
		command -v chromium chromium-browser google-chrome > /dev/null || echo -n ' chromium'; \
		command -v pdftotext > /dev/null || echo -n ' poppler-utils'; \
		python3 -c 'import venv, ensurepip' 2> /dev/null || echo -n ' python3-venv'); \
	[ -z "$$needed" ] || { \
		echo "      Debian packages:$$needed"; as_root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$as_root apt-get update -qq && $$as_root apt-get install -yqq --no-install-recommends $$needed > /dev/null; }

# Other programs that read what Alur writes, and a mail server.
$(TOOLS)/python/.ready: end2end/python/requirements.txt | packages
	$(call detail,Python packages for the tests)
	@python3 -m venv $(TOOLS)/python
	@$(TOOLS)/python/bin/pip install --quiet --disable-pip-version-check --no-deps --requirement $<
	@touch $@

# ---------------------------------------------------------------- build

.PHONY: build
build: server site ## the server and the browser's part, for development and tests

.PHONY: server
server: $(TOOLS)/toolchain
	$(call detail,server)
	+@cargo build --locked -p server --bin alur

.PHONY: site
site: $(BUILT) ## the browser's part: target/site

# All come out of cargo under one name, so one after the other.
$(WASM)/alur.wasm: PARTS := office
$(WASM)/lembar.wasm: PARTS := sheet
$(WASM)/pd.wasm: PARTS := agency
$(WASM)/papan.wasm: PARTS := wall
$(WASM)/lembar.wasm: | $(WASM)/alur.wasm
$(WASM)/pd.wasm: | $(WASM)/lembar.wasm
$(WASM)/papan.wasm: | $(WASM)/pd.wasm
$(PROGRAMS:%=$(WASM)/%.wasm): $(BROWSER_SOURCES) | $(TOOLS)/toolchain
	$(call detail,browser program: $(PARTS))
	+@cargo build --locked -p frontend --features $(PARTS) --target wasm32-unknown-unknown --profile $(WASM_PROFILE)
	@cp $(WASM)/frontend.wasm $@

# The site is put together beside the old one, so that a running server never sees half.
# wasm-opt does not inline: what it inlines compresses badly (brotli: 425 kB with, 386 without).
$(BUILT): $(PROGRAMS:%=$(WASM)/%.wasm) $(SITE_SOURCES) $(TOOLS)/bin/wasm-bindgen $(NODE)/.package-lock.json
	$(call detail,site)
	@rm -rf $(SITE_NEW) && mkdir -p $(SITE_NEW)/pkg
	@for program in $(PROGRAMS); do \
		$(TOOLS)/bin/wasm-bindgen --target web --no-typescript --remove-name-section --remove-producers-section \
			--out-name $$program --out-dir $(SITE_NEW)/pkg $(WASM)/$$program.wasm; \
		made=$(SITE_NEW)/pkg/$${program}_bg.wasm; final=$(SITE_NEW)/pkg/$$program.wasm; \
		if [ $(WASM_PROFILE) = dev ]; then mv $$made $$final; \
		else $(NODE)/.bin/wasm-opt -Oz --skip-pass=inlining-optimizing $$made -o $$final; fi; \
		rm -f $$made; \
	done
	@node end2end/tools/site.mjs $(SITE_NEW)
	@touch $(SITE_NEW)/$(@F) && rm -rf $(SITE) && mv $(SITE_NEW) $(SITE)

# ---------------------------------------------------------------- run

.PHONY: run
run: ## a practice office at http://127.0.0.1:3000 (other: ALUR_ADDR=127.0.0.1:8080, or PORT=8080)
	$(call step,1/3,Tools)
	$(PARALLEL) setup
	$(call step,2/3,Server and browser program; the first time takes some minutes)
	$(PARALLEL) build
	$(call step,3/3,Practice office)
	@$(if $(PORT),ALUR_ADDR=$${ALUR_ADDR:-127.0.0.1:$(PORT)}) exec target/debug/alur practice

.PHONY: dev
dev: setup ## like run, and again whenever a file changes
	@exec node end2end/tools/dev.mjs

# ---------------------------------------------------------------- test

.PHONY: test
test: ## everything that must hold before a change lands; what .ci/run runs
	$(call step,1/8,Format and links)
	@cargo fmt --all -- --check
	@node end2end/tools/links.mjs
	@node end2end/tools/named.mjs
	@node end2end/tools/floors.mjs
	$(call step,2/8,Tools)
	$(PARALLEL) setup packages $(TOOLS)/python/.ready
	$(call step,3/8,Server and browser program)
	$(PARALLEL) build
	$(call step,4/8,Size of the browser program)
	@node end2end/tools/size.mjs $(SITE) $(WASM_BUDGET)
	$(call step,5/8,Lints)
	@$(MAKE) lint
	$(call step,6/8,Tests of domain$(comma) app$(comma) paper and server)
	@cargo test --locked --no-fail-fast
	$(call step,7/8,Types of the browser tests)
	@cd end2end && npm run --silent check
	$(call step,8/8,Journeys in a browser)
	@cd end2end && npm run --silent test

comma := ,

# Clippy stands in for rustc while the own crates are built, so that the dependencies,
# which take minutes, are those that are built already. (`cargo clippy` would check them
# all once more.)
LINT = RUSTC_WORKSPACE_WRAPPER="$$(rustup which clippy-driver)" \
	CLIPPY_ARGS='-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__' cargo build --locked --quiet

.PHONY: lint
lint: ## clippy: every warning is an error
	@$(LINT) --all-targets
	@$(LINT) -p app --lib --features hydrate,office,sheet,agency,wall --target wasm32-unknown-unknown --profile wasm-release

.PHONY: crash
crash: $(TOOLS)/toolchain ## every file of a data folder damaged in every way (longer: CRASH_MINUTES=90)
	$(call detail,bad disks; $(or $(CRASH_MINUTES),20) minutes at most)
	+@cargo test --locked --quiet -p server --test it -- --ignored --exact --nocapture bad_disk::crash

.PHONY: fuzz-html
fuzz-html: $(TOOLS)/toolchain ## hostile text in every field of every page and form (HTML_SEEDS=20 HTML_SEED=1)
	+@HTML_SEEDS=$${HTML_SEEDS:-20} cargo test --locked --quiet -p server --test it html:: -- --nocapture

.PHONY: soak
soak: setup packages build ## weeks of a wall in minutes (longer: SOAK_DAYS=200 SOAK_ACTS=500)
	@cd end2end && npm run --silent soak

.PHONY: bench
bench: release-server ## the released server measured, goals and floors beside it: see docs/measurements.md
	$(call detail,measuring; about three minutes)
	+@cargo bench --locked --quiet -p server --bench office

# ---------------------------------------------------------------- release

.PHONY: release
release: ## dist/alur-VERSION-x86_64-linux.tar.gz, which runs on a machine with nothing installed
	$(call step,1/3,Tools)
	$(PARALLEL) setup
	$(call step,2/3,Server and browser program; optimised$(comma) the first time takes a quarter of an hour)
	$(PARALLEL) site release-server
	$(call step,3/3,Archive)
	@rm -rf dist/$(PACKAGE) && mkdir -p dist/$(PACKAGE)
	@cp target/release/alur LICENSE CHANGELOG.md docs/operation/alur.service dist/$(PACKAGE)
	@cp docs/operation/README.md dist/$(PACKAGE)/README.md
	@cp server/paper/fonts/OFL.txt dist/$(PACKAGE)/OFL.txt
	@cp -r $(SITE) dist/$(PACKAGE)/site && rm -f dist/$(PACKAGE)/site/.built-*
	@tar -C dist --owner=0 --group=0 --sort=name -czf dist/$(PACKAGE).tar.gz $(PACKAGE)
	@ls -l dist/$(PACKAGE).tar.gz

.PHONY: release-server
release-server: $(TOOLS)/toolchain
	+@cargo build --locked --release -p server --bin alur

.PHONY: clean
clean: ## forget everything that was built
	@rm -rf target dist $(NODE) end2end/results end2end/shots
