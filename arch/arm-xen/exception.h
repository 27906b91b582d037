/* SPDX-License-Identifier: Apache-2.0
 *
 * What the CPU knew when something went wrong.
 */
#ifndef EXCEPTION_H
#define EXCEPTION_H

#include <stdbool.h>
#include <stdint.h>

/* As vectors.S pushes it. */
struct exception_frame {
    uint32_t kind; /* EXC_... of layout.h */
    uint32_t cpsr;
    uint32_t sp;
    uint32_t lr;
    uint32_t r[13];
    uint32_t pc; /* the return address; exception_handle() makes it the instruction that faulted */
};

struct exception_report {
    const struct exception_frame *frame;
    const char *kind;     /* "data abort" ... */
    const char *cause;    /* of the fault status, "" if there is none */
    uint32_t status;      /* DFSR or IFSR, 0 for the other kinds */
    uint32_t address;     /* DFAR or IFAR, 0 for the other kinds */
    const char *overflow; /* the stack's name if the address is in its guard page, else NULL */
    bool is_task_stack;   /* `overflow` is the name of a task, whose own it is */
    bool is_stray_float;  /* VFP or NEON, used by somebody who has not asked for it */
};

/** Print the report and end the system as a crash. Supplied by boot/. Interrupts masked, on the fault stack. */
_Noreturn void system_crash(const struct exception_report *report);

/** Called by vectors.S; returns only to go on at frame->pc in the state frame->cpsr. */
void exception_handle(struct exception_frame *frame);

#endif
