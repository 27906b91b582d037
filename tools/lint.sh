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
target_sources=$(tracked 'kernel/*.c' 'lib/*.c' 'arch/arm-xen/*.c' 'boot/*.c' 'drivers/*.c' 'apps/gpio/*.c')
include="-I. -Ilib -Ikernel -Iapps/gpio -Iarch/arm-xen -Iarch/arm-xen/include -isystem build/include"

spdx() {
    missing=0
    for f in $(tracked | grep -v '^LICENSES/\|expected\.txt$\|/config$\|__init__\.py$\|^\.gitignore$'); do
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

# clang has ARM's built-ins and ARM's idea of a pointer, so it reads what the cross compiler reads.
tidy() {
    # shellcheck disable=SC2086
    clang-tidy --quiet $target_sources -- --target=arm-none-eabi -mcpu=cortex-a7 -ffreestanding -std=c11 $include \
        -idirafter /usr/include/newlib
}

# shellcheck disable=SC2086
check "clang-format" clang-format --dry-run -Werror $sources
# shellcheck disable=SC2086
check "cppcheck" cppcheck -q --error-exitcode=1 --inline-suppr --std=c11 --enable=warning,performance,portability \
    --suppress=missingInclude --suppress=toomanyconfigs $include $target_sources
check "clang-tidy" tidy
check "module: W=1, sparse" module
check "Python compiles" python3 -m compileall -q tools tests
check "SPDX lines" spdx
exit $failed
