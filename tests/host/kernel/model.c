/* SPDX-License-Identifier: Apache-2.0
 *
 * See model.h: tasks, events, resources and interrupts. Time is in model_time.c.
 */
#include "model.h"
#include "model_time.h"

#include <stddef.h>
#include <string.h>

#define NESTING 8u

unsigned int model_errors;

static struct model_job jobs[CFG_ACTIVATION_COUNT];
static struct model_job *runs;
static unsigned int arrivals;

static struct {
    struct model_owner owner;
    const struct os_isr *isr;
} isrs[NESTING];
static unsigned int isr_depth;
static uint32_t pending;

static void add(TaskType task);

void model_reset(void)
{
    TaskType task;

    memset(jobs, 0, sizeof(jobs));
    memset(isrs, 0, sizeof(isrs));
    runs = NULL;
    arrivals = 0;
    isr_depth = 0;
    pending = 0;
    model_errors = 0;
    for (task = 0; task < CFG_TASK_COUNT; task++) {
        if ((cfg_tasks[task].autostart_modes & 1u) != 0) {
            add(task);
        }
    }
    model_time_reset();
}

/* ---- who runs ---- */

static unsigned int highest_ceiling(const struct model_owner *owner)
{
    unsigned int highest = 0;
    unsigned int i;

    for (i = 0; i < owner->held_count; i++) {
        if (cfg_resources[owner->held[i]].ceiling > highest) {
            highest = cfg_resources[owner->held[i]].ceiling;
        }
    }
    return highest;
}

static unsigned int prio_of(const struct model_job *job)
{
    const struct task_cfg *task = &cfg_tasks[job->task];
    const unsigned int prio = job->active && !job->yielded ? task->run_prio : task->prio;
    const unsigned int ceiling = highest_ceiling(&job->owner);

    return ceiling > prio ? ceiling : prio;
}

/* Who goes first of two: the higher current priority; of equals one that is preempted (it is the
 * oldest by definition), then the one that became ready first. */
static bool goes_first(const struct model_job *a, const struct model_job *b)
{
    if (prio_of(a) != prio_of(b)) {
        return prio_of(a) > prio_of(b);
    }
    if (a->active != b->active) {
        return a->active;
    }
    return a->order < b->order;
}

struct model_job *model_run(void)
{
    unsigned int i;

    if (isr_depth != 0) {
        return runs;
    }
    runs = NULL;
    for (i = 0; i < CFG_ACTIVATION_COUNT; i++) {
        if (jobs[i].exists && !jobs[i].waiting && (runs == NULL || goes_first(&jobs[i], runs))) {
            runs = &jobs[i];
        }
    }
    if (runs != NULL) {
        runs->started = true;
        runs->active = true;
        runs->yielded = false;
    }
    return runs;
}

bool model_is_in_isr(void)
{
    return isr_depth != 0;
}

struct model_owner *model_caller(void)
{
    if (isr_depth != 0) {
        return &isrs[isr_depth - 1].owner;
    }
    return runs == NULL ? NULL : &runs->owner;
}

/* ---- tasks ---- */

static unsigned int count_of(TaskType task)
{
    unsigned int count = 0;
    unsigned int i;

    for (i = 0; i < CFG_ACTIVATION_COUNT; i++) {
        count += jobs[i].exists && jobs[i].task == task;
    }
    return count;
}

static struct model_job *job_of(TaskType task)
{
    unsigned int i;

    for (i = 0; i < CFG_ACTIVATION_COUNT; i++) {
        if (jobs[i].exists && jobs[i].task == task) {
            return &jobs[i];
        }
    }
    return NULL;
}

static void add(TaskType task)
{
    unsigned int i = 0;

    while (jobs[i].exists) {
        i++;
    }
    jobs[i] = (struct model_job){.exists = true, .task = task, .order = arrivals++};
}

/* Every error is told to ErrorHook. */
static StatusType error(StatusType status)
{
    model_errors++;
    return status;
}

StatusType model_activate(TaskType task)
{
    if (task >= CFG_TASK_COUNT) {
        return error(E_OS_ID);
    }
    if (count_of(task) == cfg_tasks[task].max_activations) {
        return error(E_OS_LIMIT);
    }
    add(task);
    return E_OK;
}

static void end(void)
{
    runs->exists = false;
    runs = NULL;
    model_time_unblock();
}

StatusType model_terminate(void)
{
    if (runs->owner.held_count > 0) {
        return error(E_OS_RESOURCE);
    }
    end();
    return E_OK;
}

void model_return(void)
{
    if (CFG_EXTENDED_STATUS) {
        (void)error(E_OS_MISSINGEND);
    }
    end();
}

StatusType model_chain(TaskType task)
{
    if (task >= CFG_TASK_COUNT) {
        return error(E_OS_ID);
    }
    if (runs->owner.held_count > 0) {
        return error(E_OS_RESOURCE);
    }
    if (task != runs->task && count_of(task) == cfg_tasks[task].max_activations) {
        return error(E_OS_LIMIT);
    }
    end();
    add(task);
    return E_OK;
}

StatusType model_schedule(void)
{
    if (runs->owner.held_count > 0) {
        return error(E_OS_RESOURCE);
    }
    runs->yielded = true;
    return E_OK;
}

TaskStateType model_state(TaskType task)
{
    const struct model_job *job = job_of(task);

    if (runs != NULL && runs->task == task) {
        return RUNNING;
    }
    if (job == NULL) {
        return SUSPENDED;
    }
    return job->waiting ? WAITING : READY;
}

/* ---- events ---- */

StatusType model_set_event(TaskType task, EventMaskType mask)
{
    struct model_job *job;

    if (task >= CFG_TASK_COUNT) {
        return error(E_OS_ID);
    }
    if (!cfg_has(task, CFG_EXTENDED_COUNT)) {
        return error(E_OS_ACCESS);
    }
    job = job_of(task);
    if (job == NULL) {
        return CFG_EXTENDED_STATUS ? error(E_OS_STATE) : E_OK;
    }
    job->set |= mask;
    if (job->waiting && (job->set & job->awaited) != 0) {
        job->waiting = false;
        job->order = arrivals++;
    }
    return E_OK;
}

StatusType model_clear_event(EventMaskType mask)
{
    if (!cfg_has(runs->task, CFG_EXTENDED_COUNT)) {
        return error(E_OS_ACCESS);
    }
    runs->set &= ~mask;
    return E_OK;
}

StatusType model_wait_event(EventMaskType mask)
{
    if (!cfg_has(runs->task, CFG_EXTENDED_COUNT)) {
        return error(E_OS_ACCESS);
    }
    if (runs->owner.held_count > 0) {
        return error(E_OS_RESOURCE);
    }
    if ((runs->set & mask) == 0) {
        runs->awaited = mask;
        runs->waiting = true;
        runs->active = false;
    }
    return E_OK;
}

StatusType model_get_event(TaskType task, EventMaskType *set)
{
    if (task >= CFG_TASK_COUNT) {
        return error(E_OS_ID);
    }
    if (!cfg_has(task, CFG_EXTENDED_COUNT)) {
        return error(E_OS_ACCESS);
    }
    if (job_of(task) == NULL) {
        return error(E_OS_STATE);
    }
    *set = job_of(task)->set;
    return E_OK;
}

/* ---- resources ---- */

static bool holds(const struct model_owner *owner, ResourceType resource)
{
    unsigned int i;

    for (i = 0; i < owner->held_count; i++) {
        if (owner->held[i] == resource) {
            return true;
        }
    }
    return false;
}

static bool is_taken(ResourceType resource)
{
    unsigned int i;

    for (i = 0; i < CFG_ACTIVATION_COUNT; i++) {
        if (jobs[i].exists && holds(&jobs[i].owner, resource)) {
            return true;
        }
    }
    for (i = 0; i < isr_depth; i++) {
        if (holds(&isrs[i].owner, resource)) {
            return true;
        }
    }
    return false;
}

static bool is_too_low(ResourceType resource)
{
    if (isr_depth != 0) {
        return isrs[isr_depth - 1].isr->level > cfg_resources[resource].level;
    }
    return cfg_tasks[runs->task].prio > cfg_resources[resource].ceiling;
}

StatusType model_get(ResourceType resource)
{
    struct model_owner *const caller = model_caller();

    if (resource >= CFG_RESOURCE_COUNT) {
        return error(E_OS_ID);
    }
    if (is_too_low(resource) || is_taken(resource)) {
        return error(E_OS_ACCESS);
    }
    caller->held[caller->held_count++] = resource;
    return E_OK;
}

StatusType model_release(ResourceType resource)
{
    struct model_owner *const caller = model_caller();

    if (resource >= CFG_RESOURCE_COUNT) {
        return error(E_OS_ID);
    }
    if (is_too_low(resource)) {
        return error(E_OS_ACCESS);
    }
    if (caller->held_count == 0 || caller->held[caller->held_count - 1] != resource) {
        return error(E_OS_NOFUNC);
    }
    caller->held_count--;
    return E_OK;
}

/* ---- interrupts ---- */

static unsigned int highest_level(const struct model_owner *owner, unsigned int level)
{
    unsigned int i;

    for (i = 0; i < owner->held_count; i++) {
        if (cfg_resources[owner->held[i]].level > level) {
            level = cfg_resources[owner->held[i]].level;
        }
    }
    return level;
}

unsigned int model_level(void)
{
    unsigned int level = 0;
    unsigned int i;

    for (i = 0; i < CFG_ACTIVATION_COUNT; i++) {
        if (jobs[i].exists) {
            level = highest_level(&jobs[i].owner, level);
        }
    }
    for (i = 0; i < isr_depth; i++) {
        level = highest_level(&isrs[i].owner, level);
        level = isrs[i].isr->level > level ? isrs[i].isr->level : level;
    }
    return level;
}

void model_raise(unsigned int index)
{
    pending |= 1u << index;
}

unsigned int model_next_isr(void)
{
    unsigned int level = model_level();
    unsigned int next = CFG_ISR_COUNT;
    unsigned int i;

    for (i = 0; i < CFG_ISR_COUNT; i++) {
        if ((pending >> i & 1u) != 0 && cfg_isrs[i].isr.level > level) {
            level = cfg_isrs[i].isr.level;
            next = i;
        }
    }
    return next;
}

void model_isr_enter(unsigned int index)
{
    pending &= ~(1u << index);
    memset(&isrs[isr_depth], 0, sizeof(isrs[isr_depth]));
    isrs[isr_depth++].isr = &cfg_isrs[index].isr;
}

void model_isr_leave(void)
{
    isr_depth--;
    if (isrs[isr_depth].owner.held_count > 0) {
        (void)error(E_OS_RESOURCE);
    }
    model_time_unblock();
    (void)model_run();
}

void model_settle(uint64_t count)
{
    const unsigned int next = model_next_isr();

    if (next != CFG_ISR_COUNT && cfg_isrs[next].isr.level > MODEL_TIMER_LEVEL) {
        return;
    }
    model_time_is(count);
    if (model_next_isr() == CFG_ISR_COUNT) {
        (void)model_run();
    }
}
