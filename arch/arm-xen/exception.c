/* SPDX-License-Identifier: Apache-2.0
 *
 * Exceptions other than interrupts: one is expected (a probe of a device that is not there), the rest are bugs and
 * end the domain with a report.
 */
#include "exception.h"

#include <stdbool.h>
#include <stddef.h>

#include <arch/mem.h>

#include "kernel/cfg.h"
#include "layout.h"

extern const char probe_load[], probe_failed[]; /* vectors.S */
extern const char fault_stack_low[];            /* linker/image.lds */

#define CPSR_THUMB 0x20u

static const char *const kind_names[] = {
    [EXC_UNDEFINED] = "undefined instruction",
    [EXC_SUPERVISOR] = "supervisor call",
    [EXC_PREFETCH_ABORT] = "prefetch abort",
    [EXC_DATA_ABORT] = "data abort",
};

/* An abort that Xen injects has the status of a debug event, which a guest never gets otherwise. */
#define STATUS_FROM_XEN 0x02

/* How far the return address is behind the instruction: what the CPU stores (ARM ARM table B1-7), and what Xen does
 * when it injects an abort (inject_abt32). */
static uint32_t return_offset(const struct exception_frame *frame, uint32_t status)
{
    const bool thumb = (frame->cpsr & CPSR_THUMB) != 0;

    if (status == STATUS_FROM_XEN) {
        return thumb ? 4 : 0;
    }
    switch (frame->kind) {
    case EXC_DATA_ABORT:
        return 8;
    case EXC_PREFETCH_ABORT:
        return 4;
    default:
        return thumb ? 2 : 4;
    }
}

/* Fault status, short-descriptor format (ARM ARM table B3-23): bit 10 and bits 3:0. */
static const char *fault_cause(uint32_t status)
{
    switch ((status & 0xf) | (status >> 6 & 0x10)) {
    case 0x01:
        return "alignment";
    case 0x05:
    case 0x07:
        return "nothing is mapped there";
    case 0x0d:
    case 0x0f:
        return "not permitted";
    case 0x08:
    case 0x16:
        return "external: Xen or the bus refused it";
    case STATUS_FROM_XEN:
        return "Xen refused it: nothing is passed through there, or not to this kind of access";
    default:
        return "see the fault status";
    }
}

static bool is_guard_of(const void *stack_low, uint32_t address)
{
    const uint32_t low = (uint32_t)(uintptr_t)stack_low;

    return address < low && address >= low - ARCH_STACK_GUARD;
}

static void find_overflow(struct exception_report *report)
{
    for (unsigned int i = 0; i < CFG_STACK_COUNT; i++) {
        if (is_guard_of(cfg_stacks[i].low, report->address)) {
            report->overflow = cfg_stacks[i].name;
            report->is_task_stack = i >= STACK_FIRST_OWN;
        }
    }
    if (is_guard_of(fault_stack_low, report->address)) {
        report->overflow = "fault";
    }
}

/* An instruction of coprocessors 10 and 11, or of NEON: ARM ARM A5.1 and A5.7 in ARM state, A6.3.18 and A7.4 in Thumb
 * state. */
static bool is_floating_point(const struct exception_frame *frame)
{
    const uint16_t *const code = (const uint16_t *)(uintptr_t)frame->pc;

    if ((frame->cpsr & CPSR_THUMB) != 0) {
        const uint32_t thumb = (uint32_t)code[0] << 16 | code[1];

        return (thumb & 0xec000e00) == 0xec000a00 || (thumb & 0xef000000) == 0xef000000 ||
               (thumb & 0xff100000) == 0xf9000000;
    }
    const uint32_t arm = (uint32_t)code[1] << 16 | code[0];

    return (arm & 0x0c000e00) == 0x0c000a00 || (arm & 0xfe000000) == 0xf2000000 ||
           (arm & 0xff100000) == 0xf4000000;
}

/* By somebody for whom it is off. Where it is on, the CPU lacks the instruction. */
static bool is_stray_float(const struct exception_frame *frame)
{
    return frame->kind == EXC_UNDEFINED && is_floating_point(frame) &&
           !(CFG_FPU && arch_fpu_is_enabled());
}

/* mmio_probe32() is ARM code: so its address is known without asking the saved state, which QEMU 7.2 loses when a
 * 64-bit Xen injects the abort. Go on behind the load, with the state that the function had kept. */
static bool is_probe(struct exception_frame *frame, uint32_t status)
{
    const uint32_t offset = status == STATUS_FROM_XEN ? 0 : 8;

    if (frame->pc - offset != (uint32_t)(uintptr_t)probe_load) {
        return false;
    }
    frame->pc = (uint32_t)(uintptr_t)probe_failed;
    frame->cpsr = frame->r[3];
    return true;
}

void exception_handle(struct exception_frame *frame)
{
    struct exception_report report = {.frame = frame, .kind = kind_names[frame->kind], .cause = ""};

    if (frame->kind == EXC_DATA_ABORT) {
        __asm__ volatile("mrc p15, 0, %0, c5, c0, 0" : "=r"(report.status));
        if (is_probe(frame, report.status)) {
            return;
        }
        __asm__ volatile("mrc p15, 0, %0, c6, c0, 0" : "=r"(report.address));
        report.cause = fault_cause(report.status);
        find_overflow(&report);
    } else if (frame->kind == EXC_PREFETCH_ABORT) {
        __asm__ volatile("mrc p15, 0, %0, c5, c0, 1" : "=r"(report.status));
        __asm__ volatile("mrc p15, 0, %0, c6, c0, 2" : "=r"(report.address));
        report.cause = fault_cause(report.status);
    }
    frame->pc -= return_offset(frame, report.status);
    report.is_stray_float = is_stray_float(frame);
    system_crash(&report);
}
