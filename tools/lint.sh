#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What a machine can say about the sources: form, mistakes, licences. Silent and 0 if there is nothing to say.
# The module has Linux's rules: warnings of W=1 and sparse, by the kernel's own build.
set -u
cd "$(dirname "$0")/.." || exit 2
failed=0

check() { # check WHAT COMMAND...: the command's output is shown only if it fails
    what=$1
    shift
    if out=$("$@" 2>&1); then
        echo "  ok      $what"
    else
        echo "  FAILED  $what"
        printf '%s\n' "$out" | head -60
        failed=1
    fi
}

tracked() { git ls-files -co --exclude-standard "$@" | while read -r f; do [ -e "$f" ] && echo "$f"; done; }
sources=$(tracked '*.c' '*.h' | grep -v '^dom0-driver/')
# The system as an application with objects of every kind configures it: little folds away. Each application as itself.
system_sources=$(tracked 'kernel/*.c' 'lib/*.c' 'arch/arm-xen/*.c' 'boot/*.c' 'drivers/*.c')
app_sources=$(tracked 'apps/*/app.oil' 'bench/**/app.oil' | while read -r oil; do tracked "${oil%app.oil}*.c"; done)
oilc_sources=$(tracked 'tools/oilc/*.c')
system_cfg="-DOS_SYSTEM -Ibuild/cfg/tests/target/apps/objects/app"
include="-I. -Ilib -Ikernel -Iarch/arm-xen -Iarch/arm-xen/include -isystem build/include"

spdx() {
    missing=0
    for f in $(tracked | grep -v '^LICENSES/\|^tests/host/oilc/corpus/\|/expected[^/]*\.txt$\|\.expected\.txt$\|/config$\|__init__\.py$\|^\.gitignore$'); do
        head -3 "$f" | grep -q 'SPDX-License-Identifier: ' || { echo "$f has no SPDX line"; missing=1; }
    done
    return $missing
}

module() { # built anew: what is up to date warns of nothing
    out=$PWD/build/lint/dom0-driver
    rm -rf "$out" && mkdir -p "$out"
    make -C dom0-driver KDIR="$(python3 -m tools.lab kdir)" ARCH=arm CROSS_COMPILE=arm-linux-gnueabihf- \
        BUILD="$out" W=1 C=2 > "$out/log" 2>&1 || { cat "$out/log"; return 1; }
    ! grep -E 'warning|error' "$out/log"
}

# tidy SOURCES OPTION...
tidy() {
    files=$1
    shift
    # shellcheck disable=SC2086
    clang-tidy --quiet $files -- -std=c11 -I. "$@"
}

# clang has ARM's built-ins and ARM's idea of a pointer, so it reads what the cross compiler reads.
tidy_target() { # tidy_target SOURCES OPTION...
    files=$1
    shift
    # shellcheck disable=SC2086
    tidy "$files" --target=arm-none-eabi -mcpu=cortex-a7 -ffreestanding $include "$@" -idirafter /usr/include/newlib
}

tidy_apps() {
    bad=0
    for app in $app_sources; do
        tidy_target "$app" -Ibuild/cfg/"$(dirname "$app")"/app || bad=1
    done
    return $bad
}

# shellcheck disable=SC2086
check "clang-format" clang-format --dry-run -Werror $sources
# shellcheck disable=SC2086
check "cppcheck" cppcheck -q --error-exitcode=1 --inline-suppr --std=c11 --enable=warning,performance,portability \
    --suppress=missingInclude --suppress=toomanyconfigs $include $system_cfg $system_sources
# shellcheck disable=SC2086
check "cppcheck: oilc" cppcheck -q --error-exitcode=1 --inline-suppr --std=c11 \
    --enable=warning,performance,portability --suppress=missingInclude -I. $oilc_sources
# shellcheck disable=SC2086
check "clang-tidy" tidy_target "$system_sources" $system_cfg
check "clang-tidy: applications" tidy_apps
check "clang-tidy: oilc" tidy "$oilc_sources" -Itools/oilc -Ibuild/tools/oilc.d
check "module: W=1, sparse" module
check "Python compiles" python3 -m compileall -q tools tests
check "SPDX lines" spdx
exit $failed
