/* SPDX-License-Identifier: Apache-2.0
 *
 * See measure.h.
 */
#include "measure.h"

#include "drivers/console/console.h"

#define PMCR_ENABLE   1u
#define PMCR_RESET    4u          /* of the cycle counter */
#define CYCLE_COUNTER (1u << 31)  /* PMCNTENSET */

bool measure_in_cycles;
uint32_t measure_started;
static uint32_t own_cost;

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

static uint32_t least(const struct measure *measure)
{
    uint32_t min = measure->took[0];

    for (unsigned int i = 1; i != MEASURE_ROUNDS; i++) {
        min = measure->took[i] < min ? measure->took[i] : min;
    }
    return min;
}

void measure_init(void)
{
    static struct measure nothing;

    measure_in_cycles = has_cycle_counter();
    for (unsigned int i = 0; i != MEASURE_ROUNDS; i++) {
        measure_begin();
        measure_end(&nothing);
    }
    own_cost = least(&nothing);
}

void measure_note(struct measure *measure, uint32_t now)
{
    const uint32_t took = now - measure_started;

    if (measure->count < MEASURE_ROUNDS) {
        measure->took[measure->count] = took > own_cost ? took - own_cost : 0;
    }
    measure->count++;
}

void measure_print_heading(void)
{
    if (measure_in_cycles) {
        printk("Counts of the CPU's cycles.\n");
    } else {
        printk("Counts of a timer of %u Hz.\n", (unsigned int)arch_timer_hz());
    }
    printk("%-60s %6s %6s %6s\n", "", "min", "median", "max");
}

static void sort(uint32_t *values, unsigned int count)
{
    for (unsigned int i = 1; i < count; i++) {
        const uint32_t value = values[i];
        unsigned int place = i;

        for (; place != 0 && values[place - 1] > value; place--) {
            values[place] = values[place - 1];
        }
        values[place] = value;
    }
}

void measure_print(struct measure *measure)
{
    const unsigned int count = measure->count < MEASURE_ROUNDS ? measure->count : MEASURE_ROUNDS;

    if (count == 0) {
        printk("%-60s not measured\n", measure->name);
        return;
    }
    sort(measure->took, count);
    printk("%-60s %6u %6u %6u\n", measure->name, (unsigned int)measure->took[0],
           (unsigned int)measure->took[count / 2], (unsigned int)measure->took[count - 1]);
}
