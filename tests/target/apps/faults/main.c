/* SPDX-License-Identifier: Apache-2.0
 *
 * Does the one wrong thing that the domain's command line names, to show how the system ends.
 */
#include <stddef.h>
#include <string.h>

#include <arch/irq.h>
#include <arch/machine.h>
#include <arch/mem.h>

#include "drivers/console/console.h"
#include "gic.h"
#include "kernel/arch.h"
#include "kernel/cfg.h"
#include "kernel/os.h"
#include "tests/target/apps/faults/float.h"
#include "tests/target/devices/phystimer.h"

#define UNMAPPED_IPA 0x30000000u /* neither RAM nor a device of any Xen guest */
#define ARM_STATE    __attribute__((target("arm"), noinline))

/* The instruction that faults gets a name, by which the test knows its address. */
#define AT(fault) ".global at_" fault "\nat_" fault ": "

static uint32_t data_word = 0xe12fff1e; /* bx lr */
static volatile uint32_t *volatile target;

static void read_page_zero(void)
{
    target = (volatile uint32_t *)8;
    printk("read %x\n", *target);
}

static void write_page_zero(void)
{
    target = (volatile uint32_t *)8;
    *target = 1;
}

/* No service is allowed there, for the report neither. */
static void read_in_section(void)
{
    SuspendAllInterrupts();
    read_page_zero();
}

static void write_code(void)
{
    target = (volatile uint32_t *)((uintptr_t)&write_code & ~(uintptr_t)3);
    *target = 0;
}

static void write_constant(void)
{
    target = (volatile uint32_t *)(uintptr_t) "constant text";
    *target = 0;
}

static void execute_data(void)
{
    void (*volatile code)(void) = (void (*)(void))(uintptr_t)&data_word;

    code();
}

static void execute_page_zero(void)
{
    void (*volatile code)(void) = (void (*)(void))16;

    code();
}

static void execute_page_zero_thumb(void)
{
    void (*volatile code)(void) = (void (*)(void))17;

    code();
}

static void undefined(void)
{
    __asm__ volatile(AT("undefined") "udf #0");
}

ARM_STATE static void undefined_arm(void)
{
    __asm__ volatile(AT("undefined_arm") "udf #0");
}

static void undefined_near_miss(void)
{
    __asm__ volatile("mcr p14, 0, r0, c15, c15, 7"); /* a coprocessor, but not floating point's */
}

static void supervisor_call(void)
{
    __asm__ volatile(AT("supervisor_call") "svc #1");
}

ARM_STATE static void supervisor_call_arm(void)
{
    __asm__ volatile(AT("supervisor_call_arm") "svc #1");
}

/* Xen itself injects the abort. */
static void read_unmapped(void)
{
    const void *const there = mem_map(UNMAPPED_IPA, 4, MEM_DEVICE);

    __asm__ volatile(AT("read_unmapped") "ldr r3, [%0]" : : "r"(there) : "r3");
}

ARM_STATE static void read_unmapped_arm(void)
{
    const void *const there = mem_map(UNMAPPED_IPA, 4, MEM_DEVICE);

    __asm__ volatile(AT("read_unmapped_arm") "ldr r3, [%0]" : : "r"(there) : "r3");
}

/* Deep enough for any stack; each level's array keeps the compiler from folding the calls. */
static unsigned int overflow(unsigned int depth) // NOLINT(misc-no-recursion): that is the fault
{
    volatile unsigned int room[32];

    room[depth % 32] = depth;
    return depth == 100000 ? 0 : overflow(depth + 1) + room[depth % 32];
}

static void stack_overflow(void)
{
    printk("%u\n", overflow(0));
}

static void overflow_isr(void)
{
    phystimer_quiet();
    printk("%u\n", overflow(0));
}

static void irq_stack_overflow(void)
{
    static const struct os_isr isr = {.handler = overflow_isr, .level = 1};

    irq_bind(PHYSTIMER_LINE, &isr, IRQ_ISR2);
    phystimer_fire();
}

/* An interrupt that no device makes: this is how a program makes it pending. */
#define SOFT_LINE             40u
#define GICD_ISPENDR_OF(line) (0x200u + 4 * ((line) / 32))

static void nothing(void)
{
}

/* Leave one word of the interrupt stack, so that it is the entry of the next interrupt that goes beyond. */
static void use_up_isr(void)
{
    uint8_t *const distributor = mem_map(gic_info()->distributor, PAGE_SIZE, MEM_DEVICE);

    phystimer_quiet();
    __asm__ volatile("mov sp, %0\n\tstr %1, [%2]\n0: b 0b"
                     :
                     : "r"(cfg_stacks[STACK_INTERRUPT].low + 4), "r"(1u << (SOFT_LINE % 32)),
                       "r"(distributor + GICD_ISPENDR_OF(SOFT_LINE)));
}

static void irq_entry_overflow(void)
{
    static const struct os_isr low = {.handler = use_up_isr, .level = 1};
    static const struct os_isr high = {.handler = nothing, .level = 2};

    irq_bind(SOFT_LINE, &high, IRQ_ISR2);
    irq_bind(PHYSTIMER_LINE, &low, IRQ_ISR2);
    phystimer_fire();
}

static size_t failing_write(struct console_sink *sink, const char *text, size_t len)
{
    (void)sink;
    (void)text;
    read_page_zero();
    return len;
}

/* The console that fails is asked first, in the report of its own fault and in the drain, too. */
static void console_fails(void)
{
    static struct console_sink sink = {.name = "broken", .write = failing_write};

    SuspendAllInterrupts();
    console_add(&sink);
}

static void shutdown_7(void)
{
    ShutdownOS(7);
}

static const struct {
    const char *name;
    void (*run)(void);
} faults[] = {
    {"read-page-zero", read_page_zero},
    {"write-page-zero", write_page_zero},
    {"read-in-section", read_in_section},
    {"write-code", write_code},
    {"write-constant", write_constant},
    {"execute-data", execute_data},
    {"execute-page-zero", execute_page_zero},
    {"undefined", undefined},
    {"supervisor-call", supervisor_call},
    {"floating-point", floating_point},
    {"floating-point-arm", floating_point_arm},
    {"neon", neon},
    {"neon-arm", neon_arm},
    {"stack-overflow", stack_overflow},
    {"shutdown-7", shutdown_7},
    {"execute-page-zero-thumb", execute_page_zero_thumb},
    {"undefined-arm", undefined_arm},
    {"undefined-near-miss", undefined_near_miss},
    {"supervisor-call-arm", supervisor_call_arm},
    {"read-unmapped", read_unmapped},
    {"read-unmapped-arm", read_unmapped_arm},
    {"console-fails", console_fails},
    {"irq-stack-overflow", irq_stack_overflow},
    {"irq-entry-overflow", irq_entry_overflow},
};

void ErrorHook(StatusType Error)
{
    ShutdownOS(Error);
}

TASK(Main)
{
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        if (strcmp(faults[i].name, machine_args()) == 0) {
            printk("now: %s\n", faults[i].name);
            faults[i].run();
        }
    }
    printk("nothing happened: \"%s\"\n", machine_args());
    ShutdownOS(E_OK);
}
