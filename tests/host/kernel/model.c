/* SPDX-License-Identifier: Apache-2.0
 *
 * See model.h.
 */
#include "model.h"

#include <stddef.h>
#include <string.h>

static struct model_job jobs[CFG_ACTIVATION_COUNT];
static struct model_job *runs;
static unsigned int activations;

void model_reset(void)
{
    memset(jobs, 0, sizeof(jobs));
    runs = NULL;
    activations = 0;
}

/* Who goes first of two: the higher current priority; of equals one that has started (it is the
 * oldest by definition), then the one activated first. */
static bool goes_first(const struct model_job *a, const struct model_job *b)
{
    if (a->prio != b->prio)
        return a->prio > b->prio;
    if (a->started != b->started)
        return a->started;
    return a->order < b->order;
}

struct model_job *model_run(void)
{
    unsigned int i;

    runs = NULL;
    for (i = 0; i < CFG_ACTIVATION_COUNT; i++) {
        if (jobs[i].exists && (runs == NULL || goes_first(&jobs[i], runs)))
            runs = &jobs[i];
    }
    if (runs != NULL && (!runs->started || runs->yielded)) {
        runs->started = true;
        runs->yielded = false;
        runs->prio = cfg_tasks[runs->task].run_prio;
    }
    return runs;
}

static unsigned int count_of(TaskType task)
{
    unsigned int count = 0;
    unsigned int i;

    for (i = 0; i < CFG_ACTIVATION_COUNT; i++)
        count += jobs[i].exists && jobs[i].task == task;
    return count;
}

static void add(TaskType task)
{
    unsigned int i = 0;

    while (jobs[i].exists)
        i++;
    jobs[i] = (struct model_job){
        .exists = true, .task = task, .order = activations++, .prio = cfg_tasks[task].prio};
}

StatusType model_activate(TaskType task)
{
    if (task >= CFG_TASK_COUNT)
        return E_OS_ID;
    if (count_of(task) == cfg_tasks[task].max_activations)
        return E_OS_LIMIT;
    add(task);
    return E_OK;
}

bool model_holds_resource(void)
{
    return runs->held_count > 0;
}

StatusType model_terminate(void)
{
    if (model_holds_resource())
        return E_OS_RESOURCE;
    runs->exists = false;
    return E_OK;
}

StatusType model_chain(TaskType task)
{
    if (task >= CFG_TASK_COUNT)
        return E_OS_ID;
    if (model_holds_resource())
        return E_OS_RESOURCE;
    if (task != runs->task && count_of(task) == cfg_tasks[task].max_activations)
        return E_OS_LIMIT;
    runs->exists = false;
    add(task);
    return E_OK;
}

StatusType model_schedule(void)
{
    if (model_holds_resource())
        return E_OS_RESOURCE;
    runs->yielded = true;
    runs->prio = cfg_tasks[runs->task].prio;
    return E_OK;
}

static bool is_taken(ResourceType resource)
{
    unsigned int i;
    unsigned int h;

    for (i = 0; i < CFG_ACTIVATION_COUNT; i++) {
        for (h = 0; jobs[i].exists && h < jobs[i].held_count; h++) {
            if (jobs[i].held[h] == resource)
                return true;
        }
    }
    return false;
}

bool model_get_is_legal(ResourceType resource)
{
    return cfg_tasks[runs->task].prio <= cfg_resources[resource].ceiling && !is_taken(resource);
}

bool model_release_is_legal(ResourceType resource)
{
    return runs->held_count > 0 && runs->held[runs->held_count - 1] == resource;
}

StatusType model_get(ResourceType resource)
{
    if (resource >= CFG_RESOURCE_COUNT)
        return E_OS_ID;
    if (!model_get_is_legal(resource))
        return E_OS_ACCESS;
    runs->prio_before[runs->held_count] = runs->prio;
    runs->held[runs->held_count++] = resource;
    if (cfg_resources[resource].ceiling > runs->prio)
        runs->prio = cfg_resources[resource].ceiling;
    return E_OK;
}

StatusType model_release(ResourceType resource)
{
    if (resource >= CFG_RESOURCE_COUNT)
        return E_OS_ID;
    if (cfg_tasks[runs->task].prio > cfg_resources[resource].ceiling)
        return E_OS_ACCESS;
    if (!model_release_is_legal(resource))
        return E_OS_NOFUNC;
    runs->prio = runs->prio_before[--runs->held_count];
    return E_OK;
}

TaskStateType model_state(TaskType task)
{
    if (runs != NULL && runs->task == task)
        return RUNNING;
    return count_of(task) > 0 ? READY : SUSPENDED;
}
