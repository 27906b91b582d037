/* SPDX-License-Identifier: Apache-2.0
 *
 * Where the events lead that every application has, if its os_cfg.c has no table of its own.
 */
#include "drivers/xen/evtchn.h"
#include "drivers/xen/pvconsole.h"
#include "drivers/xen/xenstore.h"

__attribute__((weak)) const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT] = {
    [EVTCHN_CONSOLE] = {.handler = pvconsole_isr, .prio = 1},
    [EVTCHN_XENSTORE] = {.handler = xs_pump, .prio = 1},
};

__attribute__((weak)) const char *const cfg_evtchn_names[CFG_EVTCHN_COUNT] = {
    [EVTCHN_CONSOLE] = "console",
    [EVTCHN_XENSTORE] = "xenstore",
};
