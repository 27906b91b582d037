/* SPDX-License-Identifier: Apache-2.0
 *
 * Random service calls, made by the kernel's own tasks, interrupts and IdleHook on a random
 * configuration (random_oil.py), and the reference model's opinion at every step: who runs, what
 * each call returns, in which state everything is. Extended status is also called wrongly. Each
 * task and interrupt also checks that its stack and its floating-point registers are its own.
 */
#include "rig.h"

#include "model.h"

#define CALLS      200000u /* of services, chosen at random; others only look */
#define SEED       2654435761u
#define NO_TASK    INVALID_TASK
#define IDLE_LIMIT 2000u /* counts of idle time after which a run ends */
#define EVENTS     8u
#define PATTERN    16u

static uint32_t random_state = SEED;
static unsigned int calls_left;
static unsigned int starts;     /* of tasks */
static unsigned int interrupts; /* but the timer's */
static unsigned int runs;       /* of the system */
static unsigned int errors;     /* that ErrorHook was told */
static unsigned int callbacks;  /* of alarms */
static TaskType between_hooks;  /* the task that PreTaskHook announced, until its PostTaskHook */

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

static EventMaskType random_event(void)
{
    return UINT32_C(1) << (5 * random_below(EVENTS) % 32);
}

/* Sometimes, in extended status, out of range. */
static TickType random_cycle(void)
{
    static const TickType cycles[] = {0, 0, 2, 3, 10, 63, 1};

    return cycles[random_below(6 + CFG_EXTENDED_STATUS)];
}

static TickType random_offset(void)
{
    const TickType offset = 1 + random_below(30);

    return CFG_EXTENDED_STATUS && random_below(20) == 0 ? random_below(2) * 1000000u : offset;
}

/* What was chosen was none, or was not made. */
static void no_call(void)
{
    calls_left++;
}

/* Whether a call must not be made: in standard status it would be undefined. */
static bool is_undefined(StatusType expected)
{
    if (CFG_EXTENDED_STATUS || expected == E_OK)
        return false;
    model_errors--;
    no_call();
    return true;
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

void ErrorHook(StatusType Error)
{
    assert_int_not_equal(Error, E_OK);
    errors++;
}

ALARMCALLBACK(Call);
ALARMCALLBACK(Call)
{
    assert_true(host_is_masked());
    SuspendAllInterrupts();
    ResumeAllInterrupts();
    assert_true(host_is_masked());
    callbacks++;
}

/* What has happened until now, to the model and to the kernel. */
static void look(void)
{
    model_time_is(host_count());
    assert_int_equal(model_next_isr(), CFG_ISR_COUNT);
    assert_int_equal(errors, model_errors);
    assert_int_equal(callbacks, model_callbacks);
    host_set_limit(host_count() + IDLE_LIMIT);
}

/* ---- what every caller may do ---- */

static void try_activate(void)
{
    const TaskType task = random_id(CFG_TASK_COUNT);
    const StatusType expected = model_activate(task);

    model_run();
    assert_int_equal(ActivateTask(task), expected);
}

static void try_set_event(void)
{
    const TaskType task = random_id(CFG_TASK_COUNT);
    const EventMaskType mask = random_event() | random_event();
    StatusType expected;

    if (!CFG_EXTENDED_STATUS &&
        (!cfg_has(task, CFG_EXTENDED_COUNT) || model_state(task) == SUSPENDED)) {
        no_call();
        return;
    }
    expected = model_set_event(task, mask);
    model_run();
    assert_int_equal(SetEvent(task, mask), expected);
}

static void try_get_event(void)
{
    const TaskType task = random_id(CFG_TASK_COUNT);
    EventMaskType set = 0;
    EventMaskType expected_set = 0;
    const StatusType expected = model_get_event(task, &expected_set);

    if (is_undefined(expected))
        return;
    assert_int_equal(GetEvent(task, &set), expected);
    assert_int_equal(set, expected_set);
}

static void try_state(void)
{
    const TaskType task = random_below(CFG_TASK_COUNT);
    TaskStateType state;

    assert_int_equal(GetTaskState(task, &state), E_OK);
    assert_int_equal(state, model_state(task));
}

static void try_tick(void)
{
    model_tick();
    model_run();
    assert_int_equal(IncrementCounter(Ticks), E_OK);
}

static void try_set_alarm(void)
{
    const AlarmType alarm = random_id(CFG_ALARM_COUNT);
    const TickType increment = random_offset();
    const TickType cycle = random_cycle();
    const StatusType expected = model_set_alarm(alarm, increment, cycle);

    assert_int_equal(SetRelAlarm(alarm, increment, cycle), expected);
}

/* A value that the counter shows soon, now, or, if it is small, not at all. */
static TickType random_value(CounterType counter)
{
    const uint64_t round = (uint64_t)cfg_counters[counter].base.maxallowedvalue + 1;

    if (CFG_EXTENDED_STATUS && random_below(20) == 0)
        return (TickType)round; /* 0 where each value is one that it shows */
    return (TickType)((model_counter(counter) + random_below(30)) % round);
}

static void try_set_alarm_at(void)
{
    const AlarmType alarm = random_below(CFG_ALARM_COUNT);
    const TickType start = random_value(cfg_alarms[alarm].counter);
    const TickType cycle = random_cycle();
    const StatusType expected = model_set_alarm_at(alarm, start, cycle);

    assert_int_equal(SetAbsAlarm(alarm, start, cycle), expected);
}

static void try_counter(void)
{
    const CounterType counter = random_below(CFG_COUNTER_COUNT);
    static TickType before[CFG_COUNTER_COUNT]; /* an old value, if it is one of this run or not */
    const uint64_t round = (uint64_t)cfg_counters[counter].base.maxallowedvalue + 1;
    const TickType shown = model_counter(counter);
    const TickType passed = (TickType)((shown + round - before[counter]) % round);
    TickType value = 0;
    TickType elapsed = 0;

    assert_int_equal(GetCounterValue(counter, &value), E_OK);
    assert_int_equal(value, shown);
    assert_int_equal(GetElapsedValue(counter, &before[counter], &elapsed), E_OK);
    assert_int_equal(elapsed, passed);
    assert_int_equal(before[counter], shown);
}

static void try_cancel_alarm(void)
{
    const AlarmType alarm = random_id(CFG_ALARM_COUNT);
    const StatusType expected = model_cancel_alarm(alarm);

    assert_int_equal(CancelAlarm(alarm), expected);
}

static void try_get_alarm(void)
{
    const AlarmType alarm = random_id(CFG_ALARM_COUNT);
    TickType left = 0;
    TickType expected_left = 0;
    const StatusType expected = model_get_alarm(alarm, &expected_left);

    assert_int_equal(GetAlarm(alarm, &left), expected);
    assert_int_equal(left, expected_left);
}

static void try_start_table(void)
{
    const ScheduleTableType table = random_id(CFG_SCHEDTABLE_COUNT);
    const TickType offset = random_offset();
    const StatusType expected = model_start_table(table, offset);

    assert_int_equal(StartScheduleTableRel(table, offset), expected);
}

static void try_start_table_at(void)
{
    const ScheduleTableType table = random_below(CFG_SCHEDTABLE_COUNT);
    const TickType start = random_value(cfg_schedtables[table].counter);
    const StatusType expected = model_start_table_at(table, start);

    assert_int_equal(StartScheduleTableAbs(table, start), expected);
}

static void try_stop_table(void)
{
    const ScheduleTableType table = random_id(CFG_SCHEDTABLE_COUNT);
    const StatusType expected = model_stop_table(table);

    assert_int_equal(StopScheduleTable(table), expected);
}

static void try_next_table(void)
{
    const ScheduleTableType from = random_id(CFG_SCHEDTABLE_COUNT);
    const ScheduleTableType to = random_id(CFG_SCHEDTABLE_COUNT);
    StatusType expected;

    if (!CFG_EXTENDED_STATUS && cfg_schedtables[from].counter != cfg_schedtables[to].counter) {
        no_call();
        return;
    }
    expected = model_next_table(from, to);
    assert_int_equal(NextScheduleTable(from, to), expected);
}

static void try_status(void)
{
    const ScheduleTableType table = random_below(CFG_SCHEDTABLE_COUNT);
    const AlarmType alarm = random_below(CFG_ALARM_COUNT);
    ScheduleTableStatusType status;

    assert_int_equal(GetScheduleTableStatus(table, &status), E_OK);
    assert_int_equal(status, model_table_status(table));
    assert_int_equal(OSScheduleTableLostCount(table), model_table_lost(table));
    assert_int_equal(OSAlarmLostCount(alarm), model_alarm_lost(alarm));
}

/* The interrupts' own look comes first in whatever they do: see interrupt(). */
static void try_interrupt(void)
{
    const unsigned int index = random_below(CFG_ISR_COUNT);

    no_call();
    model_raise(index);
    host_raise(index);
}

static void try_time(void)
{
    no_call();
    host_advance(random_below(60));
}

static void try_pause(void)
{
    const unsigned int counts = random_below(200);

    no_call();
    model_time_jumps(host_count() + counts);
    host_pause(counts);
}

static void try_masked(void)
{
    static const struct {
        void (*begin)(void);
        void (*end)(void);
    } sections[] = {{DisableAllInterrupts, EnableAllInterrupts},
                    {SuspendAllInterrupts, ResumeAllInterrupts},
                    {SuspendOSInterrupts, ResumeOSInterrupts}};
    const unsigned int outer = random_below(3);
    const unsigned int inner = 1 + random_below(2);
    const unsigned int index = random_below(CFG_ISR_COUNT);

    sections[outer].begin();
    sections[inner].begin();
    model_raise(index);
    host_raise(index);
    host_advance(random_below(60));
    if (CFG_EXTENDED_STATUS) {
        model_errors++;
        assert_int_equal(ActivateTask(0), E_OS_DISABLEDINT);
    }
    sections[inner].end();
    assert_true(host_is_masked());
    model_time_jumps(host_count());
    model_settle(host_count());
    sections[outer].end();
}

/* ---- what tasks and interrupts may do ---- */

static void try_get(void)
{
    const ResourceType resource = random_id(CFG_RESOURCE_COUNT);
    const StatusType expected = model_get(resource);

    if (is_undefined(expected))
        return;
    assert_int_equal(GetResource(resource), expected);
}

static void release(ResourceType resource)
{
    const StatusType expected = model_release(resource);

    if (is_undefined(expected))
        return;
    if (expected == E_OK)
        model_settle(host_count());
    assert_int_equal(ReleaseResource(resource), expected);
}

static void release_last(void)
{
    const struct model_owner *const me = model_caller();

    if (me->held_count > 0)
        release(me->held[me->held_count - 1]);
    else
        no_call();
}

static void try_release(void)
{
    if (random_below(2) == 0)
        release(random_id(CFG_RESOURCE_COUNT));
    else
        release_last();
}

/* ---- what tasks may do ---- */

static void try_schedule(void)
{
    const StatusType expected = model_schedule();

    if (is_undefined(expected))
        return;
    model_run();
    assert_int_equal(Schedule(), expected);
}

static void try_clear(void)
{
    const EventMaskType mask = random_event() | random_event();
    const StatusType expected = model_clear_event(mask);

    if (is_undefined(expected))
        return;
    assert_int_equal(ClearEvent(mask), expected);
}

static void try_wait(void)
{
    const EventMaskType mask = random_event() | random_event() | random_event();
    const StatusType expected = model_wait_event(mask);

    if (is_undefined(expected))
        return;
    model_run();
    assert_int_equal(WaitEvent(mask), expected);
}

static void try_terminate(void)
{
    const StatusType expected = model_terminate();

    if (is_undefined(expected))
        return;
    if (expected == E_OK)
        model_run();
    assert_int_equal(TerminateTask(), expected); /* returns on error only */
    assert_int_not_equal(expected, E_OK);
}

static void try_chain(void)
{
    const TaskType task = random_id(CFG_TASK_COUNT);
    const StatusType expected = model_chain(task);

    if (expected != E_OS_LIMIT && is_undefined(expected))
        return;
    if (expected == E_OK)
        model_run();
    assert_int_equal(ChainTask(task), expected);
    assert_int_not_equal(expected, E_OK);
}

typedef void (*attempt)(void);

static const attempt by_all[] = {
    try_activate,   try_activate,     try_set_event,   try_set_event,      try_get_event,
    try_state,      try_tick,         try_tick,        try_set_alarm,      try_set_alarm_at,
    try_get_alarm,  try_cancel_alarm, try_start_table, try_start_table_at, try_stop_table,
    try_next_table, try_status,       try_counter,     try_interrupt,      try_interrupt,
    try_interrupt,  try_time,         try_time,        try_pause,          try_masked};
static const attempt by_owners[] = {try_get, try_release, try_release};
static const attempt by_tasks[] = {try_schedule,  try_clear,     try_wait, try_wait,
                                   try_terminate, try_terminate, try_chain};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void attempt_one_of(const attempt *attempts, size_t count)
{
    if (calls_left == 0)
        ShutdownOS(E_OK);
    calls_left--;
    attempts[random_below((unsigned int)count)]();
}

/* ---- what is the caller's own ---- */

static void fpu_fill(struct model_owner *me)
{
    unsigned int i;

    for (i = 0; i < HOST_FPU_REGS; i++)
        host_fpu()->reg[i] = random_below(UINT32_MAX);
    host_fpu()->status = 1 + random_below(1000);
    me->fpu = *host_fpu();
}

static void fpu_begin_with(struct model_owner *me, const struct arch_fpu *room)
{
    if (room == NULL)
        return;
    assert_int_equal(host_fpu()->status, 0);
    fpu_fill(me);
}

static void fpu_is_mine(struct model_owner *me, const struct arch_fpu *room)
{
    if (room == NULL) {
        assert_false(host_fpu_is_on());
        return;
    }
    assert_memory_equal(host_fpu()->reg, me->fpu.reg, sizeof(me->fpu.reg));
    assert_int_equal(host_fpu()->status, me->fpu.status);
    if (random_below(4) == 0)
        fpu_fill(me);
}

static void pattern_set(volatile uint32_t *pattern, uint32_t value)
{
    unsigned int i;

    for (i = 0; i < PATTERN; i++)
        pattern[i] = value + i;
}

static void pattern_check(const volatile uint32_t *pattern, uint32_t value)
{
    unsigned int i;

    for (i = 0; i < PATTERN; i++)
        assert_int_equal(pattern[i], value + i);
}

/* Basic tasks, tasks with a stack of their own, and interrupts: each is where OIL puts it. */
static void is_on_stack(unsigned int stack)
{
    const uint8_t *const here = __builtin_frame_address(0);

    assert_true(here >= cfg_stacks[stack].low && here < cfg_stacks[stack].top);
}

/* ---- tasks ---- */

/* Every task's body: check that this is the activation that must run, then do anything. */
static void act(void (*entry)(void))
{
    volatile uint32_t pattern[PATTERN];
    const uint32_t value = random_below(UINT32_MAX);
    struct model_job *me;
    TaskType task;

    look();
    me = model_run();
    assert_non_null(me);
    task = me->task;
    assert_ptr_equal(cfg_tasks[task].entry, entry);
    starts++;
    is_on_stack(cfg_tasks[task].stack);
    fpu_begin_with(&me->owner, cfg_tasks[task].fpu);
    pattern_set(pattern, value);
    for (;;) {
        look();
        assert_ptr_equal(model_run(), me);
        assert_int_equal(self(), task);
        assert_int_equal(between_hooks, task);
        fpu_is_mine(&me->owner, cfg_tasks[task].fpu);
        pattern_check(pattern, value);
        switch (random_below(8)) {
        case 0:
        case 1:
            attempt_one_of(by_owners, COUNT(by_owners));
            break;
        case 2:
        case 3:
            attempt_one_of(by_tasks, COUNT(by_tasks));
            break;
        case 4:
            if (random_below(10) != 0 || (!CFG_EXTENDED_STATUS && me->owner.held_count > 0))
                break;
            model_return();
            model_run();
            return;
        default:
            attempt_one_of(by_all, COUNT(by_all));
        }
    }
}

/* All tasks and interrupts that a configuration can have. */
#define TASK_BODY(name)                                                                            \
    TASK(name);                                                                                    \
    TASK(name)                                                                                     \
    {                                                                                              \
        act(task_##name);                                                                          \
    }

#define TEN(t)                                                                                     \
    TASK_BODY(t##0)                                                                                \
    TASK_BODY(t##1)                                                                                \
    TASK_BODY(t##2)                                                                                \
    TASK_BODY(t##3)                                                                                \
    TASK_BODY(t##4)                                                                                \
    TASK_BODY(t##5)                                                                                \
    TASK_BODY(t##6)                                                                                \
    TASK_BODY(t##7)                                                                                \
    TASK_BODY(t##8)                                                                                \
    TASK_BODY(t##9)
#define HUNDRED(t)                                                                                 \
    TEN(t##0)                                                                                      \
    TEN(t##1) TEN(t##2) TEN(t##3) TEN(t##4) TEN(t##5) TEN(t##6) TEN(t##7) TEN(t##8) TEN(t##9)

TEN(T)
TEN(T1)
TEN(T2)
TEN(T3)
TEN(T4)
TEN(T5)
TEN(T6)
TEN(T7)
TEN(T8)
TEN(T9)
HUNDRED(T1)
HUNDRED(T2)

/* ---- interrupts ---- */

static unsigned int index_of(void (*handler)(void))
{
    unsigned int i = 0;

    while (cfg_isrs[i].isr.handler != handler)
        i++;
    return i;
}

/* The timer's interrupt would have come first if its level is not below. */
static void enter(unsigned int index)
{
    if (cfg_isrs[index].isr.level <= MODEL_TIMER_LEVEL)
        model_time_is(host_count());
    assert_int_equal(model_next_isr(), index);
    model_isr_enter(index);
}

static void interrupt(void (*handler)(void))
{
    const unsigned int index = index_of(handler);
    const struct os_isr *const isr = &cfg_isrs[index].isr;
    struct model_owner *me;
    unsigned int i;

    interrupts++;
    is_on_stack(STACK_INTERRUPT);
    enter(index);
    me = model_caller();
    fpu_begin_with(me, isr->fpu);
    for (i = random_below(5); i > 0; i--) {
        look();
        fpu_is_mine(me, isr->fpu);
        if (random_below(4) == 0)
            attempt_one_of(by_owners, COUNT(by_owners));
        else
            attempt_one_of(by_all, COUNT(by_all));
    }
    while (me->held_count > 0 && (!CFG_EXTENDED_STATUS || random_below(4) != 0))
        release_last();
    look();
    fpu_is_mine(me, isr->fpu);
    model_isr_leave();
}

#define ISR_BODY(name)                                                                             \
    ISR(name);                                                                                     \
    ISR(name)                                                                                      \
    {                                                                                              \
        interrupt(isr_##name);                                                                     \
    }

ISR_BODY(I0)
ISR_BODY(I1)
ISR_BODY(I2)
ISR_BODY(I3)

void IdleHook(void)
{
    look();
    assert_null(model_run());
    assert_int_equal(self(), NO_TASK);
    assert_false(host_fpu_is_on());
    attempt_one_of(by_all, COUNT(by_all));
}

/* Whenever nothing can happen any more, start again. */
static void kernel_and_model_agree_at_every_step(void **state)
{
    int end;

    (void)state;
    calls_left = CALLS;
    do {
        runs++;
        errors = 0;
        callbacks = 0;
        between_hooks = NO_TASK;
        host_reset(RIG_HZ, 0);
        host_set_limit(IDLE_LIMIT);
        model_reset();
        end = host_run(OSDEFAULTAPPMODE);
        if (end != E_OK) {
            assert_true(end == HOST_IDLE_FOREVER || end == HOST_TIME_UP);
            assert_null(model_run());
            assert_int_equal(between_hooks, NO_TASK);
        }
    } while (end != E_OK);
    print_message("# %u service calls, %u starts of tasks, %u interrupts, %u runs\n", CALLS, starts,
                  interrupts, runs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kernel_and_model_agree_at_every_step),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
