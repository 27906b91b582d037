/* SPDX-License-Identifier: Apache-2.0
 *
 * A million random service calls, made by the kernel's own tasks and by an ISR, and the reference
 * model's opinion at every step: which activation runs, what each call returns, what state each
 * task is in. Extended status is also called wrongly.
 */
#include "rig.h"

#include "model.h"

#define STEPS   500000u
#define SEEDS   2u
#define NO_TASK INVALID_TASK

static uint32_t random_state;
static unsigned int steps_left;
static TaskType between_hooks; /* the task that PreTaskHook announced, until its PostTaskHook */

static unsigned int random_below(unsigned int limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state % limit;
}

/* Sometimes, in extended status, an id that does not exist. */
static unsigned int random_id(unsigned int count)
{
    return random_below(count + (CFG_EXTENDED_STATUS && random_below(20) == 0));
}

static TaskType self(void)
{
    TaskType task = 99;

    assert_int_equal(GetTaskID(&task), E_OK);
    return task;
}

void PreTaskHook(void)
{
    assert_int_equal(between_hooks, NO_TASK);
    between_hooks = self();
}

void PostTaskHook(void)
{
    assert_int_equal(between_hooks, self());
    between_hooks = NO_TASK;
}

/* Activations by an interrupt: all are in before the model looks who runs. */
ISR(Kick)
{
    unsigned int i;

    for (i = random_below(4); i > 0; i--) {
        const TaskType task = random_id(CFG_TASK_COUNT);
        const StatusType expected = model_activate(task);

        assert_int_equal(ActivateTask(task), expected);
    }
}

static void try_activate(void)
{
    const TaskType task = random_id(CFG_TASK_COUNT);
    const StatusType expected = model_activate(task);

    model_run();
    assert_int_equal(ActivateTask(task), expected);
}

static void try_schedule(void)
{
    StatusType expected;

    if (!CFG_EXTENDED_STATUS && model_holds_resource())
        return;
    expected = model_schedule();
    model_run();
    assert_int_equal(Schedule(), expected);
}

static void try_get(void)
{
    const ResourceType resource = random_id(CFG_RESOURCE_COUNT);

    if (!CFG_EXTENDED_STATUS && !model_get_is_legal(resource))
        return;
    assert_int_equal(GetResource(resource), model_get(resource));
}

static void try_release(void)
{
    const ResourceType resource = random_id(CFG_RESOURCE_COUNT);
    StatusType expected;

    if (!CFG_EXTENDED_STATUS && !model_release_is_legal(resource))
        return;
    expected = model_release(resource);
    model_run();
    assert_int_equal(ReleaseResource(resource), expected);
}

static void try_state(void)
{
    const TaskType task = random_below(CFG_TASK_COUNT);
    TaskStateType state;

    assert_int_equal(GetTaskState(task, &state), E_OK);
    assert_int_equal(state, model_state(task));
}

static void try_terminate(void)
{
    StatusType expected;

    if (!CFG_EXTENDED_STATUS && model_holds_resource())
        return;
    expected = model_terminate();
    if (expected == E_OK)
        model_run();
    assert_int_equal(TerminateTask(), expected); /* returns on error only */
    assert_int_not_equal(expected, E_OK);
}

static void try_chain(void)
{
    const TaskType task = random_id(CFG_TASK_COUNT);
    StatusType expected;

    if (!CFG_EXTENDED_STATUS && model_holds_resource())
        return;
    expected = model_chain(task);
    if (expected == E_OK)
        model_run();
    assert_int_equal(ChainTask(task), expected);
    assert_int_not_equal(expected, E_OK);
}

/* The interrupt's activations happen inside host_raise(), so the model's look comes in the task
 * that runs first after it: see act(). */
static void try_interrupt(void)
{
    host_raise(Kick);
}

static void (*const actions[])(void) = {try_activate,  try_activate, try_schedule, try_get,
                                        try_release,   try_release,  try_state,    try_terminate,
                                        try_terminate, try_chain,    try_interrupt};

/* Every task's body: check that this is the activation that must run, then do anything. */
static void act(TaskType task)
{
    const struct model_job *const me = model_run();
    const unsigned int order = me == NULL ? 0 : me->order;

    assert_non_null(me);
    for (;;) {
        assert_ptr_equal(model_run(), me);
        assert_int_equal(me->order, order);
        assert_int_equal(me->task, task);
        assert_int_equal(self(), task);
        assert_int_equal(between_hooks, task);
        if (steps_left == 0)
            ShutdownOS(E_OK);
        steps_left--;
        actions[random_below(sizeof(actions) / sizeof(actions[0]))]();
    }
}

TASK(T0)
{
    act(T0);
}

TASK(T1)
{
    act(T1);
}

TASK(T2)
{
    act(T2);
}

TASK(T3)
{
    act(T3);
}

TASK(T4)
{
    act(T4);
}

TASK(T5)
{
    act(T5);
}

TASK(T6)
{
    act(T6);
}

TASK(T7)
{
    act(T7);
}

TASK(T8)
{
    act(T8);
}

/* Whenever all tasks have ended, start again. */
static void run_all_steps(uint32_t seed)
{
    int end;

    random_state = seed;
    steps_left = STEPS;
    do {
        model_reset();
        assert_int_equal(model_activate(T0), E_OK); /* starts by itself */
        between_hooks = NO_TASK;
        host_reset(RIG_HZ, 0);
        end = host_run(OSDEFAULTAPPMODE);
        if (end != E_OK) {
            assert_int_equal(end, HOST_IDLE_FOREVER);
            assert_null(model_run());
            assert_int_equal(between_hooks, NO_TASK);
        }
    } while (end != E_OK);
}

static void kernel_and_model_agree_at_every_step(void **state)
{
    uint32_t seed;

    (void)state;
    for (seed = 1; seed <= SEEDS; seed++)
        run_all_steps(seed * 2654435761u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kernel_and_model_agree_at_every_step),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
