#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# In dom0: how late a 1 kHz task in a domU starts while dom0 rests and while it works hard, with all CPUs shared and with
# one that is the guest's own. Prints what `python3 -m tools.bench.response` reads.
#
#   sh interference.sh DISK [EXPIRIES [ROUNDS]]
#
# Each of the four ways has its turn once a round, so that what disturbs the machine from outside disturbs all alike.
# DISK is a file or a block device; WHAT IS IN IT IS LOST. In this folder are response.cfg, and in /root response.bin
# and, for the console's traffic, console.bin of apps/console. xenconsoled has been started with --log=guest (or all).

logs=/var/log/xen/console
disk=$1
expiries=${2:-2000}
rounds=${3:-5}
jobs=

fail() {
    echo "interference: $1"
    exit 1
}

is_there() { # is_there DOMAIN
    xl domid "$1" > /dev/null 2>&1
}

# Until the domain has gone: each expiry takes a millisecond, and on a busy emulator all takes longer.
wait_gone() { # wait_gone DOMAIN
    left=$((expiries / 100 + 120))
    while is_there "$1"; do
        left=$((left - 1))
        [ $left -gt 0 ] || fail "$1 does not end; what it said is in $logs/guest-$1.log"
        sleep 1
    done
}

measure() { # measure SERIES CPUS: the guest on these CPUs
    rm -f "$logs/guest-response.log"
    xl create -q response.cfg "cpus=\"$2\"" "extra=\"expiries=$expiries\"" || fail "xl cannot create response.cfg"
    wait_gone response
    echo "series: $1"
    grep -a '^response:' "$logs/guest-response.log" | tr -d '\r'
}

busy() {
    while :; do :; done
}

disk_traffic() {
    while :; do
        dd if=/dev/zero of="$disk" bs=16k count=4 conv=notrunc,fsync
        echo 1 > /proc/sys/vm/drop_caches
        dd if="$disk" of=/dev/null bs=16k count=4
    done 2> /dev/null
}

# Read and written, of all disks.
disk_sectors() {
    awk '{ sectors += $6 + $10 } END { print sectors + 0 }' /proc/diskstats
}

# What is typed goes to the guest, what it prints to xenconsoled's log. xenconsoled makes the terminal after xl has
# returned.
console_traffic() {
    node=/local/domain/$(xl domid talker)/console/tty
    until tty=$(xenstore-read "$node") && [ -c "$tty" ]; do
        usleep 100000
    done 2> /dev/null
    while :; do
        echo count 20 > "$tty"
        usleep 20000
    done
}

start_load() { # start_load CPUS: for the guest that talks
    rm -f "$logs/guest-talker.log"
    before=$(disk_sectors)
    xl create -q response.cfg 'name="talker"' 'kernel="/root/console.bin"' "cpus=\"$1\"" || fail "xl cannot create talker"
    for job in busy busy busy busy disk_traffic console_traffic; do
        $job &
        jobs="$jobs $!"
    done
    wait_loaded
}

# Until the disk and the console have moved: on a busy emulator that takes seconds.
wait_loaded() {
    left=180
    until [ "$(disk_sectors)" -gt "$before" ] && grep -aq '^line' "$logs/guest-talker.log"; do
        left=$((left - 1))
        [ $left -gt 0 ] || fail "the load does not begin: nothing moves on $disk, or on the talker's console"
        sleep 1
    done
}

stop_load() {
    # shellcheck disable=SC2086
    [ -z "$jobs" ] || kill $jobs
    jobs=
    if is_there talker; then
        xl destroy talker
        echo "load: $(($(disk_sectors) - before)) disk sectors, $(grep -ac '^line' $logs/guest-talker.log) console lines"
        rm -f $logs/guest-talker.log
    fi
}

# All of dom0's vCPUs but number 0, which the interrupts of its devices go to. That one stays on CPU 0: in QEMU, moving it
# while an interrupt is in flight has left a disk standing still, until it moved again.
place_dom0() { # place_dom0 CPUS
    vcpu=$(xl list Domain-0 | awk 'END { print $4 }')
    while [ "$vcpu" -gt 1 ]; do
        vcpu=$((vcpu - 1))
        xl vcpu-pin Domain-0 $vcpu "$1" || fail "xl cannot pin dom0's vCPU $vcpu to $1"
    done
}

cleanup() {
    stop_load
    xl vcpu-pin Domain-0 all all
}

[ -e "$disk" ] || fail "which disk? interference.sh DISK [EXPIRIES [ROUNDS]]: a file or a device; '$disk' does not exist"
cpus=$(xl info | sed -n 's/^nr_cpus *: //p')
[ "$cpus" -gt 1 ] || fail "this machine has one CPU: there is none to give to the guest"
trap cleanup EXIT
xl vcpu-pin Domain-0 0 0 || fail "xl cannot pin dom0's vCPU 0 to CPU 0"

round() {
    for way in shared own; do
        dom0_cpus=all guest_cpus=all
        [ $way = shared ] || dom0_cpus=0-$((cpus - 2)) guest_cpus=$((cpus - 1))
        place_dom0 $dom0_cpus
        measure "dom0 idle, CPUs $way" $guest_cpus
        start_load $dom0_cpus
        measure "dom0 loaded, CPUs $way" $guest_cpus
        stop_load
    done
}

while [ "$rounds" -gt 0 ]; do
    round
    rounds=$((rounds - 1))
done
