#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# dom0's init: the toolstack and nothing else. Our own module is loaded by whoever needs it.
# The laboratory waits for the two lines that start with "erika-xen:".

export PATH=/usr/lib/xen-4.17/bin:/sbin:/usr/sbin:/bin:/usr/bin
export HOME=/root TERM=vt100

fail() {
    echo "erika-xen: dom0 start failed: $1"
    exec setsid cttyhack sh
}

/bin/busybox mkdir -p /sbin /usr/sbin /usr/bin
/bin/busybox --install -s
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/pts
mount -t devpts devpts /dev/pts
# Only emergencies: other messages would fall into the middle of the console's text. dmesg has all.
echo 1 > /proc/sys/kernel/printk

for module in xen-privcmd xen-evtchn xen-gntdev xen-gntalloc xenfs; do
    insmod "/lib/modules/$module.ko" || fail "cannot load $module"
done
mount -t xenfs xenfs /proc/xen || fail "no /proc/xen: is this dom0?"

# xenstored detaches when it is ready; without xen-init-dom0, xl has no CPU pool to use.
xenstored --pid-file /var/run/xen/xenstored.pid || fail "xenstored"
xen-init-dom0 || fail "xen-init-dom0"
xenconsoled --log=all --pid-file=/var/run/xen/xenconsoled.pid || fail "xenconsoled"

hostname dom0
cd /root || fail "no /root"
echo "erika-xen: dom0 is ready, kernel $(uname -r)"
export PS1='dom0# '
# cttyhack gives the shell the controlling terminal, so that Ctrl-C works at the prompt. When the
# person leaves the shell the machine goes off: there is nothing else to do here.
setsid cttyhack sh -i
poweroff -f
