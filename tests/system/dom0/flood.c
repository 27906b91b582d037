/* SPDX-License-Identifier: Apache-2.0
 *
 * Floods a guest's four event channels at full speed, then sends one single event to each and waits
 * for the answers: a wake-up that was lost in the flood shows there. By Linux's own interfaces,
 * /dev/xen/evtchn and /dev/xen/gntdev.
 *
 *     flood DOMID GRANT PORT PORT PORT PORT MILLISECONDS ROUNDS
 *
 * Prints a line "name number ..." for each thing it counted. Exit status 0: all rounds were
 * answered; 1: an event was lost, and where; 2: it could not begin.
 */
#include <poll.h>
#include <stdbool.h>
#include <time.h>
#include <unistd.h>

#include "tests/system/apps/flood/flood.h"
#include "tests/system/dom0/xen_devices.h"

#define ARGUMENTS 9
#define TURNS     1000u  /* an answer that takes more than these is lost */
#define DEAD_MS   15000u /* and the guest dead when it takes as long for them */
#define ALL_PORTS ((1u << FLOOD_PORTS) - 1)

static struct flood_page *page;
static int events;                   /* /dev/xen/evtchn */
static uint32_t locals[FLOOD_PORTS]; /* our ends */

static uint32_t get(const uint32_t *word)
{
    return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

static void put(uint32_t *word, uint32_t value)
{
    __atomic_store_n(word, value, __ATOMIC_RELEASE);
}

static uint64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* ---- one event ---- */

static void send_event(unsigned int port)
{
    put(&page->sent[port], page->sent[port] + 1);
    notify_port(events, locals[port]);
}

static void send_all(void)
{
    for (unsigned int port = 0; port < FLOOD_PORTS; port++)
        send_event(port);
}

static bool is_seen(unsigned int port)
{
    return get(&page->seen[port]) == get(&page->sent[port]);
}

/* Which of our ends had events. They are masked until they are written back. */
static unsigned int take_events(void)
{
    uint32_t fired[FLOOD_PORTS];
    const ssize_t got = read(events, fired, sizeof(fired));
    unsigned int ports = 0;

    for (ssize_t i = 0; i < got / (ssize_t)sizeof(fired[0]); i++) {
        for (unsigned int port = 0; port < FLOOD_PORTS; port++)
            ports |= fired[i] == locals[port] ? 1u << port : 0;
    }
    if (got > 0 && write(events, fired, (size_t)got) != got)
        die("unmask");
    return ports;
}

/* ---- what the guest must do ---- */

/* Time that both had to do something: a turn has passed when the guest's alarm, due each
 * millisecond, has run since we last looked. What keeps a domain from running, as a busy computer
 * does with its emulator, takes no turns. */
struct wait {
    uint64_t begin_ms;
    uint32_t alarm_runs;
    unsigned int turns;
};

static struct wait wait_begin(void)
{
    return (struct wait){.begin_ms = now_ms(), .alarm_runs = get(&page->alarm_runs)};
}

static bool is_over(struct wait *wait)
{
    const uint32_t runs = get(&page->alarm_runs);

    wait->turns += runs != wait->alarm_runs;
    wait->alarm_runs = runs;
    return wait->turns > TURNS || now_ms() - wait->begin_ms > DEAD_MS;
}

static void lost(unsigned int round, const char *what, unsigned int port, const struct wait *wait)
{
    printf("lost: round %u: %s, port %u: sent %u, seen %u, after %u turns in %u ms\n", round, what,
           port, get(&page->sent[port]), get(&page->seen[port]), wait->turns,
           (unsigned int)(now_ms() - wait->begin_ms));
    exit(1);
}

/* The last event of a flood is not lost, though most were coalesced. */
static void expect_seen(unsigned int round)
{
    struct wait wait = wait_begin();

    for (unsigned int port = 0; port < FLOOD_PORTS; port++) {
        while (!is_seen(port)) {
            if (is_over(&wait))
                lost(round, "the flood's last event was not seen", port, &wait);
            usleep(1000);
        }
    }
}

/* The guest has begun, or ended, to watch the storm. */
static void expect_storms(unsigned int round, uint32_t storms)
{
    struct wait wait = wait_begin();

    while (get(&page->storms) != storms) {
        if (is_over(&wait))
            lost(round, storms % 2 ? "the guest sees no storm" : "the guest sees no end of it", 0,
                 &wait);
        usleep(1000);
    }
}

static void ask_each(unsigned int round)
{
    struct pollfd ready = {.fd = events, .events = POLLIN};
    struct wait wait = wait_begin();
    unsigned int answered = 0;

    put(&page->phase, FLOOD_ASK);
    send_all();
    while (answered != ALL_PORTS) {
        (void)poll(&ready, 1, 1);
        answered |= take_events();
        /* An answer to a late event of the flood is none to this one. */
        for (unsigned int port = 0; port < FLOOD_PORTS; port++)
            answered &= is_seen(port) ? ALL_PORTS : ~(1u << port);
        if (answered != ALL_PORTS && is_over(&wait))
            lost(round, "one single event was not answered",
                 (unsigned int)__builtin_ctz(~answered & ALL_PORTS), &wait);
    }
    put(&page->phase, FLOOD_REST);
}

static void do_round(unsigned int round, uint32_t milliseconds)
{
    const uint32_t storms = get(&page->storms);
    uint64_t end;

    put(&page->phase, FLOOD_STORM);
    send_all();
    expect_storms(round, storms + 1);
    for (end = now_ms() + milliseconds; now_ms() < end;)
        send_all();
    put(&page->phase, FLOOD_REST);
    expect_seen(round);
    expect_storms(round, storms + 2);
    ask_each(round);
}

/* ---- the report: what happened from `was` on ---- */

static void report_port(const struct flood_page *was, unsigned int port)
{
    printf("port%u sent %u seen %u runs %u backwards %u\n", port,
           page->sent[port] - was->sent[port], get(&page->seen[port]) - was->sent[port],
           get(&page->runs[port]) - was->runs[port], get(&page->backwards[port]));
}

static void report(const struct flood_page *was, uint64_t began_ms, unsigned int rounds)
{
    const uint64_t ms = now_ms() - began_ms;

    printf("clock dom0 %u guest %u\n", (unsigned int)ms, get(&page->ticks) - was->ticks);
    printf("alarm runs %u wrong %u missed %u no_excuse %u\n",
           get(&page->alarm_runs) - was->alarm_runs, get(&page->alarm_wrong),
           get(&page->alarm_missed) - was->alarm_missed, get(&page->alarm_no_excuse));
    printf("storm away %u throttled %u\n", get(&page->ticks_away) - was->ticks_away,
           get(&page->throttled) - was->throttled);
    for (unsigned int port = 0; port < FLOOD_PORTS; port++)
        report_port(was, port);
    printf("rounds answered %u\n", rounds);
}

int main(int argc, char **argv)
{
    uint32_t args[ARGUMENTS] = {0};
    struct flood_page was;
    uint64_t began_ms;

    if (argc != ARGUMENTS) {
        printf("usage: flood DOMID GRANT PORT PORT PORT PORT MILLISECONDS ROUNDS\n");
        return 2;
    }
    for (int i = 1; i < ARGUMENTS; i++)
        args[i] = (uint32_t)strtoul(argv[i], NULL, 10);
    events = open_device("/dev/xen/evtchn");
    page = map_page(args[1], args[2]);
    for (unsigned int port = 0; port < FLOOD_PORTS; port++)
        locals[port] = bind_port(events, args[1], args[3 + port]);
    was = *page;
    began_ms = now_ms();
    for (unsigned int round = 0; round < args[8]; round++)
        do_round(round, args[7]);
    report(&was, began_ms, args[8]);
    return 0;
}
