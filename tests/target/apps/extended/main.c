/* SPDX-License-Identifier: Apache-2.0
 *
 * Extended tasks on their own stacks, preempted at any instruction: each keeps a sum in its local variables while it
 * waits and while others run, and must find its own stack below it whenever it goes on.
 */
#include <stddef.h>

#include "drivers/console/console.h"
#include "kernel/cfg.h"
#include "tests/target/devices/phystimer.h"

#define ROUNDS   20000u
#define WORDS    24u
#define PATIENCE 50000000u /* turns of a loop: far more than an interrupt takes */

static volatile unsigned int handled;
static volatile unsigned int ticked;
static volatile unsigned int relayed;
static volatile unsigned int wrong;

/* What a task does each time it goes on. The words are on its stack, and only there. */
static void look_at(TaskType task, const uint32_t words[WORDS], uint32_t seed)
{
    const struct stack_cfg *const stack = &cfg_stacks[cfg_tasks[task].stack];
    const uint8_t *const here = (const uint8_t *)words;

    if (here < stack->low || here >= stack->top) {
        wrong++;
    }
    for (uint32_t i = 0; i < WORDS; i++) {
        wrong += words[i] != seed + i;
    }
}

static void fill(uint32_t words[WORDS], uint32_t seed)
{
    for (uint32_t i = 0; i < WORDS; i++) {
        words[i] = seed + i;
    }
}

static _Noreturn void serve(TaskType task, EventMaskType mask, volatile unsigned int *count)
{
    uint32_t words[WORDS];

    for (uint32_t seed = task << 24;; seed++) {
        fill(words, seed);
        WaitEvent(mask);
        ClearEvent(mask);
        look_at(task, words, seed);
        ++*count;
        if (task == OnInterrupt) {
            SetEvent(Relay, Passed);
        }
        look_at(task, words, seed);
    }
}

TASK(OnInterrupt)
{
    serve(OnInterrupt, Fired, &handled);
}

TASK(OnTime)
{
    serve(OnTime, Ticked, &ticked);
}

TASK(Relay)
{
    serve(Relay, Passed, &relayed);
}

ISR(Interrupt)
{
    phystimer_quiet();
    SetEvent(OnInterrupt, Fired);
}

/* At a different distance each time, so that the interrupt finds the task at a different instruction. */
static bool is_handled(uint32_t round)
{
    const unsigned int before = handled;

    phystimer_fire_in(round % 97);
    for (unsigned int turn = 0; turn < PATIENCE && handled == before; turn++) {
    }
    return handled == before + 1;
}

TASK(Main)
{
    TickType begin = 0;
    TickType ticks = 0;
    uint32_t lost = 0;

    SetRelAlarm(EveryTick, 1, 1);
    GetCounterValue(SystemCounter, &begin);
    for (uint32_t round = 0; round < ROUNDS; round++) {
        lost += !is_handled(round);
    }
    CancelAlarm(EveryTick);
    GetElapsedValue(SystemCounter, &begin, &ticks);
    printk("interrupts %u, lost %u, handled %u, relayed %u\n", ROUNDS, lost, handled, relayed);
    printk("ticks %u, alarms %u, late %u\n", ticks, ticked, OSAlarmLostCount(EveryTick));
    printk("wrong %u\n", wrong);
    ShutdownOS(E_OK);
}
