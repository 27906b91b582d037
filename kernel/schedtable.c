/* SPDX-License-Identifier: Apache-2.0
 *
 * Schedule tables (AUTOSAR OS 7.4, 8.4). A table that runs is one item in its counter's queue: due
 * at its next expiry point or, after the last one, at the end of its round.
 */
#include "schedtable.h"
#include "action.h"
#include "arch.h"
#include "context.h"
#include "counter.h"
#include "error.h"

#define NOBODY UINT16_MAX

struct schedtable {
    uint64_t begin;   /* the tick at which its round begins or began */
    uint16_t point;   /* the next one; their number = the round's end */
    uint16_t partner; /* of one that runs: the table that follows it; of one that is to follow: the
                         table before; or NOBODY */
    uint8_t status;   /* ScheduleTableStatusType */
    uint32_t lost;    /* rounds that came and went while the machine was held up */
};
static struct schedtable tables[CFG_SCHEDTABLE_COUNT + 1u]; /* one too many: C has no empty array */

void schedtable_init(void)
{
    unsigned int i;

    for (i = 0; i != CFG_SCHEDTABLE_COUNT; i++)
        tables[i] = (struct schedtable){.partner = NOBODY};
}

/* The tick of the table's next point, or of its round's end. */
static uint64_t next_due(ScheduleTableType id)
{
    const struct schedtable_cfg *cfg = &cfg_schedtables[id];
    const struct schedtable *table = &tables[id];

    if (table->point == cfg->point_count)
        return table->begin + cfg->duration;
    return table->begin + cfg->points[table->point].offset;
}

/* The table's first or next round begins. */
static void begin_round(ScheduleTableType id, uint64_t begin)
{
    tables[id].begin = begin;
    tables[id].point = 0;
    tables[id].status = SCHEDULETABLE_RUNNING;
}

static void start(ScheduleTableType id, uint64_t begin)
{
    begin_round(id, begin);
    counter_arm(cfg_schedtables[id].counter, cfg_schedtables[id].item, next_due(id));
}

/* As by StartScheduleTableAbs() or ...Rel() at tick 0. */
static uint64_t first_begin(const struct schedtable_cfg *cfg)
{
    if (cfg->autostart_absolute && cfg->start == 0)
        return (uint64_t)cfg_counters[cfg->counter].base.maxallowedvalue + 1;
    return cfg->start;
}

void schedtable_autostart(AppModeType mode)
{
    ScheduleTableType id;

    for (id = 0; id != CFG_SCHEDTABLE_COUNT; id++) {
        if ((cfg_schedtables[id].autostart_modes >> mode & 1u) != 0)
            start(id, first_begin(&cfg_schedtables[id]));
    }
}

/* A table and the one that follows it, or that it is to follow, know each other no more. */
static void part(struct schedtable *table)
{
    if (table->partner != NOBODY)
        tables[table->partner].partner = NOBODY;
    table->partner = NOBODY;
}

/* Whole rounds that have passed since the table was due are lost, but the phase is kept. One that
 * another is to follow ends with this round, however late. */
static void skip_lost_rounds(ScheduleTableType id, uint64_t due, uint64_t now)
{
    const TickType duration = cfg_schedtables[id].duration;
    struct schedtable *table = &tables[id];
    uint64_t rounds;

    if (!cfg_schedtables[id].repeating || table->partner != NOBODY || due + duration > now)
        return;
    rounds = long_divide(0, now - due, duration);
    table->lost += (uint32_t)rounds;
    table->begin += rounds * duration;
}

/* @return the table that has the next round, or NOBODY */
static uint16_t end_round(ScheduleTableType id)
{
    struct schedtable *table = &tables[id];
    const uint64_t end = table->begin + cfg_schedtables[id].duration;
    uint16_t next = table->partner;

    if (next == NOBODY && cfg_schedtables[id].repeating)
        next = (uint16_t)id;
    part(table);
    table->status = SCHEDULETABLE_STOPPED;
    if (next != NOBODY)
        begin_round(next, end);
    return next;
}

void schedtable_expire(struct pqueue *queue, ScheduleTableType id, uint64_t limit)
{
    const struct schedtable_cfg *cfg = &cfg_schedtables[id];
    const struct expiry_cfg *point = NULL;
    unsigned int next = id;
    unsigned int i;

    skip_lost_rounds(id, entry_due(pqueue_top(queue)), entry_due(limit) - 1);
    if (tables[id].point == cfg->point_count)
        next = end_round(id);
    else
        point = &cfg->points[tables[id].point++];
    pqueue_remove(queue, 1);
    if (next != NOBODY)
        pqueue_insert(queue, entry_of(cfg_schedtables[next].item, next_due(next)));
    for (i = 0; point != NULL && i != point->action_count; i++)
        action_do(&point->actions[i]);
}

static StatusType check(ScheduleTableType id)
{
    const StatusType status = context_check(CTX_WORKERS);

    if (CFG_EXTENDED_STATUS && status == E_OK && !cfg_has(id, CFG_SCHEDTABLE_COUNT))
        return E_OS_ID;
    return status;
}

static TickType max_of(ScheduleTableType id)
{
    return cfg_counters[cfg_schedtables[id].counter].base.maxallowedvalue;
}

/* A table that runs or is to run must be stopped first. Interrupts masked. */
static StatusType start_if_stopped(ScheduleTableType id, uint64_t begin)
{
    if (tables[id].status != SCHEDULETABLE_STOPPED)
        return E_OS_STATE;
    start(id, begin);
    return E_OK;
}

static StatusType check_rel(ScheduleTableType id, TickType offset)
{
    const StatusType status = check(id);

    if (!CFG_EXTENDED_STATUS || status != E_OK)
        return status;
    if (offset == 0 || offset > max_of(id) - cfg_schedtables[id].points[0].offset)
        return E_OS_VALUE;
    return E_OK;
}

/* AUTOSAR OS 8.4.8 */
StatusType StartScheduleTableRel(ScheduleTableType ScheduleTableID, TickType Offset)
{
    StatusType status = check_rel(ScheduleTableID, Offset);
    arch_irq_t irq;

    if (status == E_OK) {
        irq = arch_irq_save();
        status = start_if_stopped(ScheduleTableID,
                                  counter_ticks(cfg_schedtables[ScheduleTableID].counter) + Offset);
        arch_irq_restore(irq);
    }
    return error_report(status, OSServiceId_StartScheduleTableRel, ScheduleTableID, Offset, 0);
}

static StatusType check_abs(ScheduleTableType id, TickType value)
{
    const StatusType status = check(id);

    if (CFG_EXTENDED_STATUS && status == E_OK && value > max_of(id))
        return E_OS_VALUE;
    return status;
}

/* AUTOSAR OS 8.4.9 */
StatusType StartScheduleTableAbs(ScheduleTableType ScheduleTableID, TickType Start)
{
    StatusType status = check_abs(ScheduleTableID, Start);
    arch_irq_t irq;

    if (status == E_OK) {
        irq = arch_irq_save();
        status = start_if_stopped(ScheduleTableID,
                                  counter_due_at(cfg_schedtables[ScheduleTableID].counter, Start));
        arch_irq_restore(irq);
    }
    return error_report(status, OSServiceId_StartScheduleTableAbs, ScheduleTableID, Start, 0);
}

/* The table that was to follow one that stops does not run either. Interrupts masked. */
static void stop(ScheduleTableType id)
{
    struct schedtable *table = &tables[id];

    if (table->status == SCHEDULETABLE_RUNNING) {
        (void)counter_disarm(cfg_schedtables[id].counter, cfg_schedtables[id].item);
        if (table->partner != NOBODY)
            tables[table->partner].status = SCHEDULETABLE_STOPPED;
    }
    part(table);
    table->status = SCHEDULETABLE_STOPPED;
}

/* AUTOSAR OS 8.4.10 */
StatusType StopScheduleTable(ScheduleTableType ScheduleTableID)
{
    StatusType status = check(ScheduleTableID);
    arch_irq_t irq;

    if (status == E_OK) {
        irq = arch_irq_save();
        if (tables[ScheduleTableID].status == SCHEDULETABLE_STOPPED)
            status = E_OS_NOFUNC;
        else
            stop(ScheduleTableID);
        arch_irq_restore(irq);
    }
    return error_report(status, OSServiceId_StopScheduleTable, ScheduleTableID, 0, 0);
}

static StatusType check_next(ScheduleTableType from, ScheduleTableType to)
{
    const StatusType status = check(from);

    if (!CFG_EXTENDED_STATUS || status != E_OK)
        return status;
    if (!cfg_has(to, CFG_SCHEDTABLE_COUNT) ||
        cfg_schedtables[from].counter != cfg_schedtables[to].counter)
        return E_OS_ID;
    return E_OK;
}

/* Interrupts masked. */
static StatusType follow(ScheduleTableType from, ScheduleTableType to)
{
    struct schedtable *table = &tables[from];

    if (table->status != SCHEDULETABLE_RUNNING)
        return E_OS_NOFUNC;
    if (tables[to].status != SCHEDULETABLE_STOPPED)
        return E_OS_STATE;
    if (table->partner != NOBODY)
        stop(table->partner); /* instead of that one */
    table->partner = (uint16_t)to;
    tables[to].partner = (uint16_t)from;
    tables[to].status = SCHEDULETABLE_NEXT;
    return E_OK;
}

/* AUTOSAR OS 8.4.11 */
StatusType NextScheduleTable(ScheduleTableType ScheduleTableID_From,
                             ScheduleTableType ScheduleTableID_To)
{
    StatusType status = check_next(ScheduleTableID_From, ScheduleTableID_To);
    arch_irq_t irq;

    if (status == E_OK) {
        irq = arch_irq_save();
        status = follow(ScheduleTableID_From, ScheduleTableID_To);
        arch_irq_restore(irq);
    }
    return error_report(status, OSServiceId_NextScheduleTable, ScheduleTableID_From,
                        ScheduleTableID_To, 0);
}

/* AUTOSAR OS 8.4.16 */
StatusType GetScheduleTableStatus(ScheduleTableType ScheduleTableID,
                                  ScheduleTableStatusRefType ScheduleStatus)
{
    const StatusType status = check(ScheduleTableID);

    if (status == E_OK)
        *ScheduleStatus = (ScheduleTableStatusType)tables[ScheduleTableID].status;
    return error_report(status, OSServiceId_GetScheduleTableStatus, ScheduleTableID,
                        (uintptr_t)ScheduleStatus, 0);
}

uint32_t OSScheduleTableLostCount(ScheduleTableType ScheduleTableID)
{
    return tables[ScheduleTableID].lost;
}
