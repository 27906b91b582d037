#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
#     lives.sh COUNT FIRST
#
# COUNT lives of the tenant (tests/system/apps/tenant), one after another, numbered from FIRST on: in each it is created,
# asked by every driver, and destroyed. Prints what went wrong and ends with status 1, or "lived COUNT".

PIN=/proc/sys/erika-xen/pin_state
LOGS=/var/log/xen/console

fail() {
    echo "life $number: $1"
    exit 1
}

# until_true WHAT COMMAND...: at most 20 s of looking
until_true() {
    what=$1
    tries=0
    shift
    until "$@" > /dev/null 2>&1; do
        tries=$((tries + 1))
        [ $tries -lt 1000 ] || fail "$what"
        usleep 20000
    done
}

# Two terminals, two logs.
says() { grep -aq "heard $1" $LOGS/guest-tenant.log && grep -aq "heard $1" $LOGS/guest-tenant-vuart0.log; }
answers() { [ "$(xenstore-read "$home/data/answer")" = "$1" ]; }

live() {
    xl create -e -q tenant.cfg || fail "xl create"
    domid=$(xl domid tenant)
    home=/local/domain/$domid
    until_true "the module does not find it" cat $PIN
    echo 1 > $PIN || fail "the pin"
    xenstore-write "$home/data/question" "$number"
    until_true "no answer in the store" answers "$number"
    # shellcheck disable=SC2046
    ./ask "$domid" $(xenstore-read "$home/data/page") "$number" || fail "no answer in the page"
    echo "life$number." > "$(xenstore-read "$home/console/tty")"
    until_true "no answer at the consoles" says "life$number\\."
    xl destroy "$domid" || fail "xl destroy"
}

number=$2
while [ "$number" -lt $(($2 + $1)) ]; do
    live
    number=$((number + 1))
done
echo "lived $1"
