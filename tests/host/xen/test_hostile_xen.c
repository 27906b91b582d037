/* SPDX-License-Identifier: Apache-2.0
 *
 * The whole Xen layer against a Xen, a dom0 and daemons that do anything: each hypercall may fail
 * at each call, events come for ports that are closed, indices are garbage, answers are late, twice,
 * wrong or missing, daemons die and come back, time jumps. Under sanitizers, and with these rules
 * after each step: nothing is written where the other side owns the memory, no grant that is in use
 * is given away, each request ends exactly once, counts fit, and no call makes hypercalls without
 * end. When all calm down, each driver works again or has said that it gave up.
 *
 * A life is a domain's: a process of its own, so that one is independent of those before. FUZZ_SEED
 * chooses another run, FUZZ_RUNS is the number of steps, HOSTILE_LIFE=n runs only life n.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "drivers/xen/evtchn.h"
#include "drivers/xen/pvconsole.h"
#include "drivers/xen/xenstore.h"
#include "tests/host/lib/random.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_xen.h"
#include "tests/host/xen/hostile.h"

#define LIFE_STEPS  1000u
#define LIFE_S      60u  /* a life takes milliseconds */
#define HYPERCALLS  400u /* in one step: a storm's budget of handler calls, each with a few */
#define GUARDS      16u
#define EVTCHN_DEAD "evtchn: Xen does not unmask"

/* In the order of boot/main.c and main(): the pins need the grants and the store. */
static const struct actor *const actors[] = {
    &hostile_evtchn,  &hostile_gnttab, &hostile_gntmap,  &hostile_xenstore,
    &hostile_console, &hostile_pins,   &hostile_channel, &hostile_disk,
};
#define ACTORS (sizeof(actors) / sizeof(actors[0]))

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT] = {
    [EVTCHN_CONSOLE] = {.handler = pvconsole_isr, .prio = 1},
    [EVTCHN_XENSTORE] = {.handler = xs_pump, .prio = 1},
    [EVTCHN_PINS] = {.handler = hostile_pin_event, .prio = 5},
    [EVTCHN_CHANNEL] = {.handler = hostile_channel_event, .prio = 3},
    [EVTCHN_DISK] = {.handler = hostile_disk_event, .prio = 1},
    [EVTCHN_LOW] = {.handler = hostile_low, .prio = 2},
    [EVTCHN_HIGH] = {.handler = hostile_high, .prio = 7},
};

/* What all lives together came to; shared with the parent process. */
static struct tally {
    unsigned long steps;
    unsigned long hypercalls;
    unsigned long refused;
    unsigned long ports_lost;     /* lives that ended with EVTCHN_DEAD */
    unsigned long worked[ACTORS]; /* after a phase of attacks */
    unsigned long gave_up[ACTORS];
    unsigned long absent[ACTORS]; /* lives without this driver */
} * tally;

static struct {
    uint64_t seed;
    unsigned long number;
    unsigned long step;
    struct random dice;
    uint32_t refuse_once_in; /* this phase's; 0: Xen refuses nothing */
    unsigned int hypercalls; /* in this step */
    bool is_up[ACTORS];
} life;

static struct {
    const void *start;
    size_t bytes;
    uint8_t copy[4096];
} guards[GUARDS];
static unsigned int guard_count;

uint32_t rnd(uint32_t limit)
{
    return random_below(&life.dice, limit);
}

bool once_in(uint32_t n)
{
    return rnd(n) == 0;
}

uint32_t garbage_index(uint32_t near)
{
    return once_in(2) ? near + rnd(5000) - 2500 : (uint32_t)random_value(&life.dice);
}

bool xen_refuses(void)
{
    return life.refuse_once_in != 0;
}

_Noreturn void require_failed(const char *condition, const char *file, int line)
{
    fprintf(stderr, "# %s:%d: not true: %s\n# printed: %s\n", file, line, condition, fake_os.text);
    abort();
}

/* ---- memory of the other sides ---- */

void remember_guards(void)
{
    for (unsigned int i = 0; i < guard_count; i++)
        memcpy(guards[i].copy, guards[i].start, guards[i].bytes);
}

static void check_guards(void)
{
    for (unsigned int i = 0; i < guard_count; i++)
        require(memcmp(guards[i].copy, guards[i].start, guards[i].bytes) == 0);
}

void guard(const void *start, size_t bytes)
{
    require(guard_count < GUARDS && bytes <= sizeof(guards[0].copy));
    guards[guard_count].start = start;
    guards[guard_count++].bytes = bytes;
    remember_guards();
}

/* ---- Xen's refusals ---- */

static int refusal(uint32_t number, uintptr_t op)
{
    static const int errors[] = {EPERM, ENOENT, ENOMEM, EFAULT, EBUSY, EINVAL, ENOSPC, ENOSYS};
    bool is_unmask = number == __HYPERVISOR_event_channel_op && op == EVTCHNOP_unmask;

    require(++life.hypercalls <= HYPERCALLS);
    tally->hypercalls++;
    /* The end of a port (EVTCHN_DEAD) is the end of a life: not too soon. */
    if (life.refuse_once_in == 0 || !once_in(life.refuse_once_in) || (is_unmask && !once_in(20)))
        return 0;
    tally->refused++;
    return -errors[rnd(sizeof(errors) / sizeof(errors[0]))];
}

/* ---- a life ---- */

static void start_actors(void)
{
    for (size_t i = 0; i < ACTORS; i++) {
        life.is_up[i] = actors[i]->start();
        tally->absent[i] += !life.is_up[i];
    }
}

static void begin(void)
{
    fake_os_reset();
    fake_xen_reset();
    fake_xen.refusal = refusal;
    fake_xen.before_event = remember_guards;
    fake_xen.after_upcall = check_guards;
    fake_os.now = random_value(&life.dice) >> 1;
    life.refuse_once_in = once_in(4) ? 2 + rnd(10) : 0;
    evtchn_init(&fake_xen.xen);
    start_actors();
    remember_guards();
    fake_os.started = true;
    fake_xen_interrupts();
}

/* The domain is paused, or its vCPU is not scheduled; time never goes back. */
static void pass_time(void)
{
    if (once_in(20))
        fake_os.now += random_value(&life.dice) >> 12;
    else if (once_in(10))
        fake_os_advance_ms(rnd(2500));
    else
        fake_os_advance_ms(1 + rnd(3));
}

/* StormTask runs at once from now on, or when higher tasks let it. */
static void schedule_storm_task(bool at_once)
{
    fake_os.run_task = at_once;
    if (fake_os.activations > 0) {
        fake_os.activations = 0;
        evtchn_pass();
    }
}

static void step(void)
{
    size_t i = rnd(ACTORS);

    life.step++;
    life.hypercalls = 0;
    tally->steps++;
    switch (rnd(8)) {
    case 0:
        pass_time();
        break;
    case 1:
        schedule_storm_task(once_in(2));
        break;
    case 2:
    case 3:
    case 4:
        if (life.is_up[i])
            actors[i]->use();
        break;
    default:
        if (life.is_up[i])
            actors[i]->attack();
        remember_guards();
    }
    check_guards();
    require(fake_os.suspended == 0);
    for (size_t a = 0; a < ACTORS; a++) {
        if (life.is_up[a])
            actors[a]->check();
    }
}

static void expect_work(size_t i)
{
    const struct actor *actor = actors[i];

    life.hypercalls = 0;
    remember_guards();
    if (actor->works()) {
        tally->worked[i]++;
        return;
    }
    if (actor->gave_up == NULL || fake_os_printed(actor->gave_up) == 0)
        require_failed(actor->name, "works, or has said that it gave up", 0);
    tally->gave_up[i]++;
    life.is_up[i] = false;
}

static void calm_down(void)
{
    life.refuse_once_in = 0;
    schedule_storm_task(true);
    for (size_t i = 0; i < ACTORS; i++) {
        life.hypercalls = 0;
        if (life.is_up[i])
            actors[i]->calm();
    }
    for (size_t i = 0; i < ACTORS; i++) {
        if (life.is_up[i] && fake_os_printed(EVTCHN_DEAD) == 0)
            expect_work(i);
    }
    remember_guards();
}

/* One phase after another, each with its own share of refused hypercalls. */
static void live(void)
{
    unsigned int left = LIFE_STEPS;

    begin();
    while (left > 0) {
        unsigned int steps = 1 + rnd(left);

        life.refuse_once_in = once_in(3) ? 0 : 1 + rnd(once_in(5) ? 3 : 50);
        for (left -= steps; steps > 0; steps--)
            step();
        calm_down();
        if (fake_os_printed(EVTCHN_DEAD) != 0) {
            tally->ports_lost++;
            return;
        }
    }
}

/* ---- all lives ---- */

static void be_born(uint64_t seed, unsigned long number)
{
    life.seed = seed;
    life.number = number;
    life.dice = (struct random){.state = seed + number * 0x9e3779b97f4a7c15u};
    alarm(LIFE_S);
    live();
    _exit(0);
}

/* @return whether it came to its end */
static bool run_life(uint64_t seed, unsigned long number)
{
    int status = -1;
    pid_t child;

    fflush(NULL);
    child = fork();
    if (child == 0)
        be_born(seed, number);
    waitpid(child, &status, 0);
    if (status != 0)
        printf(
            "# life %lu ended with status 0x%x: replay it with FUZZ_SEED=%llu HOSTILE_LIFE=%lu\n",
            number, (unsigned int)status, (unsigned long long)seed, number);
    return status == 0;
}

static void print_tally(void)
{
    printf("# %lu steps, %lu hypercalls, %lu of them refused; %lu lives ended with a lost port\n",
           tally->steps, tally->hypercalls, tally->refused, tally->ports_lost);
    for (size_t i = 0; i < ACTORS; i++)
        printf("# %s: worked after %lu phases, gave up %lu times, absent in %lu lives\n",
               actors[i]->name, tally->worked[i], tally->gave_up[i], tally->absent[i]);
}

static void test_the_layer_survives(void **state)
{
    const unsigned long steps = (unsigned long)random_env("FUZZ_RUNS", 1000000);
    const unsigned long only = (unsigned long)random_env("HOSTILE_LIFE", 0);
    const uint64_t seed = random_start("hostile xen").state;

    (void)state;
    tally = mmap(NULL, sizeof(*tally), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(tally, MAP_FAILED);
    if (only != 0) {
        assert_true(run_life(seed, only));
        return;
    }
    for (unsigned long number = 1; tally->steps < steps; number++)
        assert_true(run_life(seed, number));
    print_tally();
    for (size_t i = 0; i < ACTORS; i++)
        assert_true(tally->worked[i] > tally->gave_up[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_the_layer_survives)};

    return cmocka_run_group_tests_name("hostile xen", tests, NULL, NULL);
}
