/* SPDX-License-Identifier: Apache-2.0
 *
 * A reference model of OSEK's scheduling: slow and obvious. It keeps a list of all activations that
 * have not ended and, after each event, searches the whole list for the one that must run. It knows
 * nothing of the kernel's bitmap, rings or call stack; only the configuration's tables.
 */
#ifndef MODEL_H
#define MODEL_H

#include <stdbool.h>

#include "kernel/cfg.h"

#define MODEL_HELD_MAX CFG_RESOURCE_COUNT

/* One activation. */
struct model_job {
    TaskType task;
    unsigned int order; /* of activation: smaller is older */
    unsigned int prio;  /* current */
    bool exists;
    bool started;
    bool yielded; /* inside Schedule(): its internal resource is released */
    unsigned int held_count;
    ResourceType held[MODEL_HELD_MAX];
    unsigned int prio_before[MODEL_HELD_MAX];
};

/** No activation at all. */
void model_reset(void);

/** The activation that must run now, or NULL. It is started by this. */
struct model_job *model_run(void);

/* Events. Each returns the status that the service must return; not E_OK: nothing has changed. The
 * caller is the activation that model_run() gave last. */
StatusType model_activate(TaskType task);
StatusType model_terminate(void);
StatusType model_chain(TaskType task);
StatusType model_schedule(void);
StatusType model_get(ResourceType resource);
StatusType model_release(ResourceType resource);

TaskStateType model_state(TaskType task);

/** Whether the caller may do this in standard status, where errors are undefined behaviour. */
bool model_get_is_legal(ResourceType resource);
bool model_release_is_legal(ResourceType resource);
bool model_holds_resource(void);

#endif
