/* SPDX-License-Identifier: Apache-2.0
 *
 * See measure.h.
 */
#include "measure.h"

#include "drivers/console/console.h"
#include "kernel/arch.h"

#define PMCR_ENABLE   1u
#define PMCR_RESET    4u         /* of the cycle counter */
#define CYCLE_COUNTER (1u << 31) /* PMCNTENSET */

static bool in_cycles;
static uint32_t started;
static uint32_t passed;
static uint32_t own_cost;

/* The free-running count of the unit; it may wrap between two readings. */
static inline uint32_t now(void)
{
    uint32_t cycles;

    if (!in_cycles) {
        return (uint32_t)arch_timer_count();
    }
    __asm__ volatile("isb\n\tmrc p15, 0, %0, c9, c13, 0" : "=r"(cycles) : : "memory"); /* PMCCNTR */
    return cycles;
}

/* Not inline, also in this file: a call costs the same everywhere. */
__attribute__((noinline)) void measure_begin(void)
{
    started = now();
}

__attribute__((noinline)) void measure_end(void)
{
    passed = now() - started;
}

/* The cycle counter, on. Without vpmu Xen ignores what is written and answers 0 (ARM ARM B4.1, PMCR ...). */
static bool has_cycle_counter(void)
{
    uint32_t cycles[2];

    __asm__ volatile("mcr p15, 0, %0, c9, c12, 0\n\t" /* PMCR */
                     "mcr p15, 0, %1, c9, c12, 1\n\t" /* PMCNTENSET */
                     "isb"
                     :
                     : "r"(PMCR_ENABLE | PMCR_RESET), "r"(CYCLE_COUNTER));
    __asm__ volatile("mrc p15, 0, %0, c9, c13, 0\n\t" /* PMCCNTR */
                     "isb\n\t"
                     "mrc p15, 0, %1, c9, c13, 0"
                     : "=&r"(cycles[0]), "=r"(cycles[1]));
    return cycles[0] != cycles[1];
}

/* How many it has kept; these are in order afterwards. */
static unsigned int sort(struct measure *measure)
{
    const unsigned int count = measure->count < MEASURE_LIMIT ? measure->count : MEASURE_LIMIT;
    uint32_t *const took = measure->took;

    for (unsigned int i = 1; i < count; i++) {
        const uint32_t value = took[i];
        unsigned int place = i;

        for (; place != 0 && took[place - 1] > value; place--) {
            took[place] = took[place - 1];
        }
        took[place] = value;
    }
    return count;
}

void measure_init(void)
{
    static struct measure nothing;

    in_cycles = has_cycle_counter();
    for (unsigned int i = 0; i != MEASURE_ROUNDS; i++) {
        measure_begin();
        measure_end();
        measure_keep(&nothing);
    }
    (void)sort(&nothing);
    own_cost = nothing.took[0];
}

void measure_keep(struct measure *measure)
{
    if (measure->count < MEASURE_LIMIT) {
        measure->took[measure->count] = passed > own_cost ? passed - own_cost : 0;
    }
    measure->count++;
}

void measure_print_heading(void)
{
    if (in_cycles) {
        printk("Counts of the CPU's cycles.\n");
    } else {
        printk("Counts of a timer of %u Hz.\n", (unsigned int)arch_timer_hz());
    }
    printk("%-60s %6s %6s %6s\n", "", "min", "median", "max");
}

void measure_print(struct measure *measure)
{
    const unsigned int count = sort(measure);

    if (count == 0) {
        printk("%-60s not measured\n", measure->name);
        return;
    }
    printk("%-60s %6u %6u %6u\n", measure->name, (unsigned int)measure->took[0],
           (unsigned int)measure->took[count / 2], (unsigned int)measure->took[count - 1]);
}
