/* SPDX-License-Identifier: Apache-2.0
 *
 * The domain's health: see report.h. A list of items, each with a key and a text, and two ways out.
 */
#include "drivers/xen/report.h"

#include <stdarg.h>
#include <string.h>

#include <arch/irq.h>

#include "drivers/console/console.h"
#include "drivers/xen/abi.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/xenstore.h"
#include "fmt.h"
#include "kernel/arch.h"
#include "kernel/os.h"

#define HOME    "data/erika-xen/"
#define REQUEST HOME "report"
#define ANSWER  HOME "reported"
#define HEALTH  HOME "health/"

#define NS_PER_S UINT32_C(1000000000)

enum { FIRST_EVENT, FIRST_TASK = CFG_EVTCHN_COUNT, COUNTS = FIRST_TASK + CFG_TASK_COUNT, ITEMS };

/* Text that is being built; what does not fit is cut off. */
struct line {
    char text[240];
    size_t len;
};

__attribute__((format(printf, 2, 3))) static void add(struct line *line, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    line->len = fmt_vadd(line->text, sizeof(line->text) - 1, line->len, fmt, args);
    va_end(args);
    line->text[line->len] = 0;
}

static uint32_t ns_of(uint32_t count)
{
    const uint64_t ns = (uint64_t)count * NS_PER_S / arch_timer_hz();

    return ns < UINT32_MAX ? (uint32_t)ns : UINT32_MAX;
}

/* ---- the items ---- */

static void add_port(struct line *line, unsigned int name)
{
    struct evtchn_status status;

    if (evtchn_status(name, &status) != 0) {
        add(line, "closed");
        return;
    }
    add(line, "port %u ", status.port);
    if (status.status == EVTCHNSTAT_interdomain)
        add(line, "domain %u port %u", status.u.interdomain.dom, status.u.interdomain.port);
    else if (status.status == EVTCHNSTAT_virq)
        add(line, "virq %u", status.u.virq);
    else
        add(line, "unbound");
}

static void add_event(struct line *line, unsigned int name)
{
    struct evtchn_stats stats;

    add_port(line, name);
    (void)evtchn_stats(name, &stats);
    add(line, " received %u again %u early %u throttled %u worst_ns %u", stats.received,
        stats.again, stats.early, stats.throttled, ns_of(stats.worst_count));
}

static const char *state_of(TaskType task)
{
    static const char *const names[] = {
        [SUSPENDED] = "SUSPENDED", [READY] = "READY", [WAITING] = "WAITING", [RUNNING] = "RUNNING"};
    TaskStateType state = SUSPENDED;

    (void)GetTaskState(task, &state);
    return names[state];
}

static uint32_t lost_expiries(void)
{
    uint32_t sum = 0;

    for (AlarmType alarm = 0; alarm != CFG_ALARM_COUNT; alarm++)
        sum += OSAlarmLostCount(alarm);
    return sum;
}

static uint32_t lost_rounds(void)
{
    uint32_t sum = 0;

    for (ScheduleTableType table = 0; table != CFG_SCHEDTABLE_COUNT; table++)
        sum += OSScheduleTableLostCount(table);
    return sum;
}

static uint32_t console_lost(void)
{
    struct console_stats stats;
    uint32_t sum = 0;

    for (unsigned int which = 0; console_stats(which, &stats); which++)
        sum += stats.lost_bytes;
    return sum;
}

static void add_counts(struct line *line)
{
    add(line, "lost_expiries %u lost_rounds %u spurious_interrupts %u stray_events %u ",
        lost_expiries(), lost_rounds(), irq_spurious_count(), evtchn_strays());
    add(line, "store_timeouts %u store_strays %u console_lost_bytes %u input_lost_bytes %u ",
        xs_stats()->timed_out, xs_stats()->strays, console_lost(), console_input_lost());
    add(line, "worst_upcall_ns %u", ns_of(evtchn_worst_upcall()));
}

static void add_item(unsigned int item, struct line *key, struct line *text)
{
    if (item < FIRST_TASK) {
        add(key, "events/%s", cfg_evtchn_names[item]);
        add_event(text, item);
    } else if (item < COUNTS) {
        add(key, "tasks/%s", OSTaskName((TaskType)(item - FIRST_TASK)));
        add(text, "%s", state_of((TaskType)(item - FIRST_TASK)));
    } else {
        add(key, "counts");
        add_counts(text);
    }
}

void report_print(void)
{
    for (unsigned int item = 0; item < ITEMS; item++) {
        struct line key = {.len = 0};
        struct line text = {.len = 0};

        add_item(item, &key, &text);
        printk("report: %s %s\n", key.text, text.text);
    }
}

/* ---- to dom0: one write after another, the word last ---- */

static void look(struct xs_watch *watch, const char *path);
static void connected(void);

static struct {
    struct xs_listener store;
    struct xs_watch watch;
    struct xs_request watch_req;
    struct xs_request req;
    char word[16]; /* dom0's */
    struct line key, text;
    unsigned int item; /* the next to be written */
    bool again;        /* dom0 asked meanwhile */
} report = {.store = {.connected = connected}, .watch = {.path = REQUEST, .fired = look}};

static void rest(void)
{
    if (report.again)
        look(&report.watch, REQUEST);
}

static void failed(const char *path, int error)
{
    printk("report: cannot use %s (error %d)\n", path, error);
    rest();
}

static void written(struct xs_request *req);

static void write_item(void)
{
    int rc;

    report.key.len = report.text.len = 0;
    if (report.item < ITEMS) {
        add(&report.key, HEALTH);
        add_item(report.item, &report.key, &report.text);
    } else {
        add(&report.key, ANSWER);
        add(&report.text, "%s", report.word);
    }
    rc = xs_write(&report.req, report.key.text, report.text.text, report.text.len, written);
    if (rc != 0)
        failed(report.key.text, rc);
}

static void written(struct xs_request *req)
{
    if (req->status != 0)
        failed(report.key.text, req->status);
    else if (report.item++ < ITEMS)
        write_item();
    else
        rest();
}

static void read_done(struct xs_request *req)
{
    report.item = 0;
    if (req->status == 0 && req->len > 0)
        write_item();
    else if (req->status == 0 || req->status == -ENOENT) /* nobody has asked yet */
        rest();
    else
        failed(REQUEST, req->status);
}

static void look(struct xs_watch *watch, const char *path)
{
    (void)watch;
    (void)path;
    report.again = xs_is_busy(&report.req);
    if (!report.again)
        (void)xs_read(&report.req, REQUEST, report.word, sizeof(report.word), read_done);
}

static void watched(struct xs_request *req)
{
    if (req->status != 0)
        printk("report: cannot watch " REQUEST " (error %d)\n", req->status);
}

/* A watch that was set before is set again by the store's client. */
static void connected(void)
{
    (void)xs_watch(&report.watch_req, &report.watch, watched);
}

int report_init(void)
{
    return xs_on_connect(&report.store);
}
