#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# /etc/xen/scripts/block in dom0: what xl runs when a domain gets a disk ("phy:DEVICE") or loses it.
# Debian's own script wants bash and looks into sharing and device types; this one tells
# xen-blkback the device's numbers, and xl that all is well.

case "$1" in
add)
    device=$(xenstore-read "$XENBUS_PATH/params")
    numbers=$(stat -L -c %t:%T "$device") || {
        xenstore-write "$XENBUS_PATH/hotplug-error" "$device: no such device" "$XENBUS_PATH/hotplug-status" error
        exit 1
    }
    xenstore-write "$XENBUS_PATH/physical-device" "$numbers" "$XENBUS_PATH/hotplug-status" connected
    ;;
esac
