/* SPDX-License-Identifier: Apache-2.0
 *
 * See model.h: alarms and schedule tables. What is due next is found by looking at all of them.
 */
#include "model_time.h"
#include "model.h"

#include <stddef.h>
#include <string.h>

unsigned int model_callbacks;

static struct {
    bool armed;
    uint64_t due;
    TickType cycle;
    uint32_t lost;
} alarms[CFG_ALARM_COUNT];

static struct {
    ScheduleTableStatusType status;
    uint64_t begin;
    unsigned int point; /* the next one; point_count = the round's end */
    uint32_t lost;
    bool has_next;
    ScheduleTableType next;
} tables[CFG_SCHEDTABLE_COUNT];

static uint64_t ticks;       /* of the counter Ticks */
static uint64_t count_now;   /* the timer's, when the model was asked last */
static uint64_t clear_since; /* until then the timer's interrupt could not come */
static bool is_blocked;

static uint64_t tick_of(CounterType counter)
{
    return counter == Ticks ? ticks : count_now / MODEL_COUNTS_PER_TICK;
}

static TickType max_of(CounterType counter)
{
    return cfg_counters[counter].base.maxallowedvalue;
}

TickType model_counter(CounterType counter)
{
    return (TickType)(tick_of(counter) % ((uint64_t)max_of(counter) + 1));
}

/* The next tick at which the counter shows `value`. */
static uint64_t next_at(CounterType counter, TickType value)
{
    const uint64_t round = (uint64_t)max_of(counter) + 1;
    uint64_t tick = tick_of(counter) / round * round + value;

    while (tick <= tick_of(counter)) {
        tick += round;
    }
    return tick;
}

void model_time_reset(void)
{
    unsigned int i;

    memset(alarms, 0, sizeof(alarms));
    memset(tables, 0, sizeof(tables));
    model_callbacks = 0;
    ticks = 0;
    count_now = 0;
    clear_since = 0;
    is_blocked = false;
    for (i = 0; cfg_has(i, CFG_ALARM_START_COUNT); i++) {
        const struct alarm_start_cfg *start = &cfg_alarm_starts[i];

        alarms[start->alarm].armed = (start->modes & 1u) != 0;
        alarms[start->alarm].due = start->start;
        alarms[start->alarm].cycle = start->cycle;
    }
    for (i = 0; i < CFG_SCHEDTABLE_COUNT; i++) {
        if ((cfg_schedtables[i].autostart_modes & 1u) != 0) {
            tables[i].status = SCHEDULETABLE_RUNNING;
            tables[i].begin = cfg_schedtables[i].autostart_absolute
                                  ? next_at(cfg_schedtables[i].counter, cfg_schedtables[i].start)
                                  : cfg_schedtables[i].start;
        }
    }
}

/* ---- what happens next ---- */

static uint64_t due_of_table(ScheduleTableType id)
{
    const struct schedtable_cfg *cfg = &cfg_schedtables[id];

    if (tables[id].point == cfg->point_count) {
        return tables[id].begin + cfg->duration;
    }
    return tables[id].begin + cfg->points[tables[id].point].offset;
}

struct item {
    bool is_alarm;
    unsigned int id;
    uint64_t due;
};

/* The item of a counter that is due first, alarms before tables, lower ids before higher ones. */
static bool find_first(CounterType counter, struct item *first)
{
    bool found = false;
    unsigned int i;

    for (i = 0; i < CFG_ALARM_COUNT; i++) {
        if (cfg_alarms[i].counter == counter && alarms[i].armed &&
            (!found || alarms[i].due < first->due)) {
            *first = (struct item){.is_alarm = true, .id = i, .due = alarms[i].due};
            found = true;
        }
    }
    for (i = 0; i < CFG_SCHEDTABLE_COUNT; i++) {
        if (cfg_schedtables[i].counter == counter && tables[i].status == SCHEDULETABLE_RUNNING &&
            (!found || due_of_table(i) < first->due)) {
            *first = (struct item){.id = i, .due = due_of_table(i)};
            found = true;
        }
    }
    return found;
}

static void act(const struct action *action)
{
    if (action->kind == ACTION_ACTIVATETASK) {
        (void)model_activate(action->on.task);
    } else if (action->kind == ACTION_CALLBACK) {
        model_callbacks++;
    } else {
        (void)model_set_event(action->on.event.task, action->on.event.mask);
    }
}

static void expire_alarm(AlarmType id, uint64_t now)
{
    if (alarms[id].cycle == 0) {
        alarms[id].armed = false;
    } else {
        alarms[id].due += alarms[id].cycle;
        while (alarms[id].due <= now) { /* the phase is kept */
            alarms[id].due += alarms[id].cycle;
            alarms[id].lost++;
        }
    }
    act(&cfg_alarms[id].action);
}

static void end_round(ScheduleTableType id)
{
    const uint64_t end = tables[id].begin + cfg_schedtables[id].duration;

    tables[id].point = 0;
    tables[id].begin = end;
    if (tables[id].has_next) {
        tables[id].status = SCHEDULETABLE_STOPPED;
        tables[id].has_next = false;
        tables[tables[id].next].status = SCHEDULETABLE_RUNNING;
        tables[tables[id].next].begin = end;
        tables[tables[id].next].point = 0;
    } else if (!cfg_schedtables[id].repeating) {
        tables[id].status = SCHEDULETABLE_STOPPED;
    }
}

static void expire_table(ScheduleTableType id, uint64_t now)
{
    const struct schedtable_cfg *cfg = &cfg_schedtables[id];
    const struct expiry_cfg *point;
    unsigned int i;

    while (cfg->repeating && !tables[id].has_next && due_of_table(id) + cfg->duration <= now) {
        tables[id].begin += cfg->duration;
        tables[id].lost++;
    }
    if (tables[id].point == cfg->point_count) {
        end_round(id);
        return;
    }
    point = &cfg->points[tables[id].point++];
    for (i = 0; i < point->action_count; i++) {
        act(&point->actions[i]);
    }
}

static void expire_until(CounterType counter, uint64_t now)
{
    struct item item;

    while (find_first(counter, &item) && item.due <= now) {
        if (item.is_alarm) {
            expire_alarm(item.id, now);
        } else {
            expire_table(item.id, now);
        }
    }
}

void model_tick(void)
{
    ticks++;
    expire_until(Ticks, ticks);
}

void model_time_unblock(void)
{
    if (is_blocked && model_level() < MODEL_TIMER_LEVEL) {
        clear_since = count_now;
        is_blocked = false;
    }
}

void model_time_is(uint64_t count)
{
    struct item item;
    uint64_t moment;

    count_now = count;
    if (model_level() >= MODEL_TIMER_LEVEL) {
        is_blocked = true;
        return;
    }
    model_time_unblock();
    while (find_first(Time, &item) && item.due * MODEL_COUNTS_PER_TICK <= count) {
        moment = item.due * MODEL_COUNTS_PER_TICK;
        if (moment < clear_since) {
            moment = clear_since;
        }
        expire_until(Time, moment / MODEL_COUNTS_PER_TICK);
        (void)model_run();
    }
}

void model_time_jumps(uint64_t count)
{
    clear_since = count;
}

/* ---- services ---- */

/* Errors are told to ErrorHook. */
static StatusType error(StatusType status)
{
    model_errors++;
    return status;
}

static bool cycle_is_bad(AlarmType id, TickType cycle)
{
    const CounterType counter = cfg_alarms[id].counter;

    return cycle != 0 && (cycle < cfg_counters[counter].base.mincycle || cycle > max_of(counter));
}

static StatusType arm(AlarmType id, uint64_t due, TickType cycle)
{
    if (alarms[id].armed) {
        return error(E_OS_STATE);
    }
    alarms[id].armed = true;
    alarms[id].due = due;
    alarms[id].cycle = cycle;
    return E_OK;
}

StatusType model_set_alarm(AlarmType id, TickType increment, TickType cycle)
{
    if (id >= CFG_ALARM_COUNT) {
        return error(E_OS_ID);
    }
    if (increment == 0 || increment > max_of(cfg_alarms[id].counter) || cycle_is_bad(id, cycle)) {
        return error(E_OS_VALUE);
    }
    return arm(id, tick_of(cfg_alarms[id].counter) + increment, cycle);
}

StatusType model_set_alarm_at(AlarmType id, TickType start, TickType cycle)
{
    if (id >= CFG_ALARM_COUNT) {
        return error(E_OS_ID);
    }
    if (start > max_of(cfg_alarms[id].counter) || cycle_is_bad(id, cycle)) {
        return error(E_OS_VALUE);
    }
    return arm(id, next_at(cfg_alarms[id].counter, start), cycle);
}

StatusType model_cancel_alarm(AlarmType id)
{
    if (id >= CFG_ALARM_COUNT) {
        return error(E_OS_ID);
    }
    if (!alarms[id].armed) {
        return error(E_OS_NOFUNC);
    }
    alarms[id].armed = false;
    return E_OK;
}

StatusType model_get_alarm(AlarmType id, TickType *left)
{
    uint64_t now;

    if (id >= CFG_ALARM_COUNT) {
        return error(E_OS_ID);
    }
    if (!alarms[id].armed) {
        return error(E_OS_NOFUNC);
    }
    now = tick_of(cfg_alarms[id].counter);
    *left = alarms[id].due > now ? (TickType)(alarms[id].due - now) : 0;
    if (alarms[id].due - now == (uint64_t)max_of(cfg_alarms[id].counter) + 1) {
        *left = max_of(cfg_alarms[id].counter); /* a whole round is more than a TickType may say */
    }
    return E_OK;
}

static StatusType start(ScheduleTableType id, uint64_t begin)
{
    if (tables[id].status != SCHEDULETABLE_STOPPED) {
        return error(E_OS_STATE);
    }
    tables[id].status = SCHEDULETABLE_RUNNING;
    tables[id].begin = begin;
    tables[id].point = 0;
    return E_OK;
}

StatusType model_start_table(ScheduleTableType id, TickType offset)
{
    const struct schedtable_cfg *const cfg = &cfg_schedtables[id];

    if (id >= CFG_SCHEDTABLE_COUNT) {
        return error(E_OS_ID);
    }
    if (offset == 0 || offset > max_of(cfg->counter) - cfg->points[0].offset) {
        return error(E_OS_VALUE);
    }
    return start(id, tick_of(cfg->counter) + offset);
}

StatusType model_start_table_at(ScheduleTableType id, TickType value)
{
    const struct schedtable_cfg *const cfg = &cfg_schedtables[id];

    if (id >= CFG_SCHEDTABLE_COUNT) {
        return error(E_OS_ID);
    }
    if (value > max_of(cfg->counter)) {
        return error(E_OS_VALUE);
    }
    return start(id, next_at(cfg->counter, value));
}

/* Nobody waits for this table's turn any more. */
static void forget_next(ScheduleTableType id)
{
    unsigned int i;

    for (i = 0; i < CFG_SCHEDTABLE_COUNT; i++) {
        if (tables[i].has_next && tables[i].next == id) {
            tables[i].has_next = false;
        }
    }
}

StatusType model_stop_table(ScheduleTableType id)
{
    if (id >= CFG_SCHEDTABLE_COUNT) {
        return error(E_OS_ID);
    }
    if (tables[id].status == SCHEDULETABLE_STOPPED) {
        return error(E_OS_NOFUNC);
    }
    tables[id].status = SCHEDULETABLE_STOPPED;
    if (tables[id].has_next) {
        tables[tables[id].next].status = SCHEDULETABLE_STOPPED;
    }
    tables[id].has_next = false;
    forget_next(id);
    return E_OK;
}

StatusType model_next_table(ScheduleTableType from, ScheduleTableType to)
{
    if (from >= CFG_SCHEDTABLE_COUNT || to >= CFG_SCHEDTABLE_COUNT ||
        cfg_schedtables[from].counter != cfg_schedtables[to].counter) {
        return error(E_OS_ID);
    }
    if (tables[from].status != SCHEDULETABLE_RUNNING) {
        return error(E_OS_NOFUNC);
    }
    if (tables[to].status != SCHEDULETABLE_STOPPED) {
        return error(E_OS_STATE);
    }
    if (tables[from].has_next) {
        tables[tables[from].next].status = SCHEDULETABLE_STOPPED;
    }
    tables[from].has_next = true;
    tables[from].next = to;
    tables[to].status = SCHEDULETABLE_NEXT;
    return E_OK;
}

ScheduleTableStatusType model_table_status(ScheduleTableType id)
{
    return tables[id].status;
}

uint32_t model_alarm_lost(AlarmType id)
{
    return alarms[id].lost;
}

uint32_t model_table_lost(ScheduleTableType id)
{
    return tables[id].lost;
}
