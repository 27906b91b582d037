/* SPDX-License-Identifier: Apache-2.0
 *
 * A guest that breaks the pin protocol in one way, named by its command line: `xl create hostile.cfg 'extra="magic"'`.
 * What dom0's module must make of each is in abi/PIN_PROTOCOL.md, "What each side checks"; the words that its log
 * line must hold stand beside each lie below. It drives no pin and knows nothing of drivers/pins.
 */
#include <stddef.h>
#include <string.h>

#include <arch/machine.h>
#include <arch/mem.h>

#include "abi/pin.h"
#include "drivers/console/console.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/gnttab.h"
#include "drivers/xen/xenstore.h"
#include "kernel/arch.h"
#include "kernel/os.h"

#define HOME    "data/erika-xen/"
#define WAIT_MS 5000u

enum key { ABI_VERSION, GRANT_REF, EVENT_CHANNEL, KEYS };

static const char *const paths[KEYS] = {HOME "abi-version", HOME "grant-ref", HOME "event-channel"};

static struct pin_page page __attribute__((aligned(PAGE_SIZE)));
static uint32_t next_id;

static void pause_us(uint32_t us)
{
    const uint64_t counts = (uint64_t)arch_timer_hz() * us / 1000000;
    const uint64_t begin = arch_timer_count();

    while (arch_timer_count() - begin < counts) {
    }
}

/* What the guest does with a request that it has taken; it then belongs to dom0 again, or does not. */
static void finish(struct pin_slot *slot, uint32_t state)
{
    __atomic_store_n(&slot->state, state, __ATOMIC_RELEASE);
}

static void answer_honestly(struct pin_slot *slot)
{
    slot->answer_id = slot->id;
    slot->status = 0;
    slot->answer_value = 0;
    finish(slot, PIN_DONE);
}

static void answer_another_id(struct pin_slot *slot)
{
    slot->answer_id = slot->id + 1;
    finish(slot, PIN_DONE);
}

static void answer_no_errno(struct pin_slot *slot)
{
    slot->answer_id = slot->id;
    slot->status = -512; /* ERESTARTSYS: would restart dom0's system call for ever */
    finish(slot, PIN_DONE);
}

static void answer_level_2(struct pin_slot *slot)
{
    slot->answer_id = slot->id;
    slot->answer_value = 2;
    finish(slot, PIN_DONE);
}

static void leave_garbage(struct pin_slot *slot)
{
    finish(slot, 99);
}

/* "I never saw it." */
static void free_unanswered(struct pin_slot *slot)
{
    finish(slot, PIN_FREE);
}

static void never_answer(struct pin_slot *slot)
{
    (void)slot;
}

/* An answer, and then events for ever: dom0 must keep working. */
static void answer_and_storm(struct pin_slot *slot)
{
    answer_honestly(slot);
    for (;;) {
        (void)evtchn_send(EVTCHN_PINS);
    }
}

/* Answered, and not answered, by turns: whoever looks twice sees two things. */
static void answer_by_turns(struct pin_slot *slot)
{
    const uint64_t end = arch_timer_count() + arch_timer_hz() / 2;

    slot->answer_id = slot->id + 1;
    for (uint32_t us = 1; arch_timer_count() < end; us = us % 32 + 1) {
        finish(slot, PIN_DONE);
        (void)evtchn_send(EVTCHN_PINS);
        pause_us(us);
        finish(slot, PIN_TAKEN);
        pause_us(us);
    }
    finish(slot, PIN_DONE);
}

/* Each lie is one of: a word of the page, a key's text, a way to answer, an oddity of its own. */
struct lie {
    const char *name;
    uint32_t *word; /* gets `value` before the page is published */
    uint32_t value;
    const char *text; /* of `key` */
    enum key key;
    void (*answer)(struct pin_slot *slot);
    bool revoke; /* take the grant back before publishing it */
    bool churn;  /* be ready and closing by turns, many times, before it is ready */
};

static const struct lie lies[] = {
    {.name = "honest"},
    {.name = "magic", .word = &page.magic, .value = 0x12345678}, /* wrong magic number */
    {.name = "version",
     .word = &page.abi_version,
     .value = 2},                                             /* ABI version of the page is not 1 */
    {.name = "slots", .word = &page.slot_count, .value = 64}, /* wrong slot count or size */
    {.name = "no-pins", .word = &page.pin_count, .value = 0}, /* no pins */
    {.name = "step", .word = &page.next_id, .value = 1},      /* request numbers are out of step */
    {.name = "slot-state",
     .word = &page.slots[7].state,
     .value = 99},                                                 /* garbage in a slot's state */
    {.name = "version-key", .key = ABI_VERSION, .text = "2"},      /* it speaks ABI version 2 */
    {.name = "text-key", .key = GRANT_REF, .text = "eight"},       /* is missing or no number */
    {.name = "empty-key", .key = EVENT_CHANNEL, .text = ""},       /* is missing or no number */
    {.name = "no-grant", .key = GRANT_REF, .text = "300"},         /* cannot map its page */
    {.name = "far-grant", .key = GRANT_REF, .text = "4294967295"}, /* cannot map its page */
    {.name = "revoked", .revoke = true},                           /* cannot map its page */
    {.name = "no-port", .key = EVENT_CHANNEL, .text = "60"}, /* cannot bind its event channel */
    {.name = "far-port",
     .key = EVENT_CHANNEL,
     .text = "4294967295"},                             /* cannot bind its event channel */
    {.name = "answer-id", .answer = answer_another_id}, /* answer to an unknown request */
    {.name = "status", .answer = answer_no_errno},      /* an answer's status is no errno */
    {.name = "level", .answer = answer_level_2},        /* a pin's level is neither 0 nor 1 */
    {.name = "garbage", .answer = leave_garbage},       /* a slot's state changed out of turn */
    {.name = "unanswered", .answer = free_unanswered},  /* a slot's state changed out of turn */
    {.name = "silent", .answer = never_answer},         /* took a request and does not answer */
    {.name = "storm", .answer = answer_and_storm},      /* nothing: it is connected */
    {.name = "turns", .answer = answer_by_turns}, /* answered, and then was not; or unknown id */
    {.name = "churn", .churn = true},             /* it came 16 times already */
};

static const struct lie *lie = &lies[0];

static void put(const char *path, const char *text)
{
    static struct xs_request request;
    int err = xs_write(&request, path, text, strlen(text), NULL);

    if (err == 0) {
        err = xs_wait(&request, WAIT_MS);
    }
    if (err != 0) {
        printk("hostile: cannot write %s (%d)\n", path, err);
    }
}

static void put_key(enum key key, unsigned int number)
{
    char text[8];
    char *at = &text[sizeof(text) - 1];

    *at = '\0';
    do {
        *--at = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0 && at > text);
    put(paths[key], lie->text != NULL && lie->key == key ? lie->text : at);
}

static void choose_lie(void)
{
    for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
        if (strcmp(machine_args(), lies[i].name) == 0) {
            lie = &lies[i];
        }
    }
    printk("hostile: %s\n", lie->name);
}

static void fill_page(void)
{
    page.magic = PIN_MAGIC;
    page.abi_version = PIN_ABI_VERSION;
    page.slot_count = PIN_SLOTS;
    page.slot_bytes = sizeof(struct pin_slot);
    page.pin_count = 1;
    if (lie->word != NULL) {
        *lie->word = lie->value;
    }
}

static void publish(void)
{
    const int ref = gnttab_grant(0, &page, false);
    const int port = evtchn_alloc_unbound(0);

    if (ref < 0 || port < 0 || evtchn_bind(EVTCHN_PINS, (uint32_t)port) != 0) {
        printk("hostile: no grant (%d) or port (%d)\n", ref, port);
        return;
    }
    if (lie->revoke) {
        (void)gnttab_end(ref);
    }
    put_key(ABI_VERSION, PIN_ABI_VERSION);
    put_key(GRANT_REF, (unsigned int)ref);
    put_key(EVENT_CHANNEL, (unsigned int)port);
    for (unsigned int i = 0; lie->churn && i < 300; i++) {
        put(HOME "state", i % 2 ? "closing" : "ready");
        pause_us(10000); /* else dom0 sees only the last of many changes */
    }
    put(HOME "state", "ready");
}

TASK(PinTask)
{
    for (unsigned int i = 0; i < PIN_SLOTS; i++) {
        struct pin_slot *const slot = &page.slots[next_id % PIN_SLOTS];
        uint32_t state = PIN_POSTED;

        if (__atomic_compare_exchange_n(&slot->state, &state, PIN_TAKEN, false, __ATOMIC_ACQUIRE,
                                        __ATOMIC_RELAXED)) {
            page.next_id = ++next_id;
            (lie->answer != NULL ? lie->answer : answer_honestly)(slot);
        } else if (state == PIN_CANCELLED) {
            page.next_id = ++next_id;
            finish(slot, PIN_FREE);
        }
    }
    (void)evtchn_send(EVTCHN_PINS);
    TerminateTask();
}

int main(void);
int main(void)
{
    choose_lie();
    fill_page();
    publish();
    StartOS(OSDEFAULTAPPMODE);
}
