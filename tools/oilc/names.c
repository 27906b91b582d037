/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of objects become names in C: of enumerators, masks and functions. All objects that have
 * an id share one name space with the language and with the system's headers.
 */
#include <ctype.h>
#include <string.h>

#include "build.h"

// clang-format off
static const char *const keywords[] = {
    "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum",
    "extern", "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict",
    "return", "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union",
    "unsigned", "void", "volatile", "while", "asm", "typeof", "main", "bool", "true", "false", NULL,
};

/* What an application sees that includes os.h and console.h: kernel/os*.h. */
static const char *const system_names[] = {
    "TASK", "ISR", "ALARMCALLBACK", "DeclareTask", "DeclareEvent", "DeclareResource",
    "DeclareAlarm", "ActivateTask", "TerminateTask", "ChainTask", "Schedule", "GetTaskID",
    "GetTaskState", "EnableAllInterrupts", "DisableAllInterrupts", "SuspendAllInterrupts",
    "ResumeAllInterrupts", "SuspendOSInterrupts", "ResumeOSInterrupts", "GetResource",
    "ReleaseResource", "SetEvent", "ClearEvent", "GetEvent", "WaitEvent", "GetAlarmBase",
    "GetAlarm", "SetRelAlarm", "SetAbsAlarm", "CancelAlarm", "IncrementCounter",
    "GetCounterValue", "GetElapsedValue", "StartScheduleTableRel", "StartScheduleTableAbs",
    "StopScheduleTable", "NextScheduleTable", "GetScheduleTableStatus",
    "GetActiveApplicationMode", "StartOS", "ShutdownOS", "ErrorHook", "StartupHook",
    "ShutdownHook", "PreTaskHook", "PostTaskHook", "IdleHook", "E_OK", "INVALID_TASK",
    "SUSPENDED", "READY", "WAITING", "RUNNING", "StatusType", "TaskType", "TaskRefType",
    "TaskStateType", "TaskStateRefType", "ResourceType", "EventMaskType", "EventMaskRefType",
    "CounterType", "AlarmType", "TickType", "TickRefType", "AlarmBaseType", "AlarmBaseRefType",
    "ScheduleTableType", "ScheduleTableStatusType", "ScheduleTableStatusRefType", "AppModeType",
    "STATUSTYPEDEFINED", "OS_CFG_H", "OS_SYSTEM", "KERNEL_OS_H", "KERNEL_OS_TYPES_H",
    "KERNEL_OS_ERROR_H", "CONSOLE_H", "NULL", "offsetof", "va_list", "va_arg", "va_copy", "va_end",
    "va_start", "printk", "vprintk", "console_add", "console_pump", "console_drain", "stack_shared",
    "stack_interrupt", "fpu_event", NULL,
};

/* Beginnings of names that the system takes or may take. */
static const char *const prefixes[] = {
    "CFG_", "EVTCHN_", "E_OS_", "OSError", "OSServiceId", "OSMAXALLOWEDVALUE", "OSTICKSPERBASE",
    "OSMINCYCLE", "OSTICKDURATION", "OSStack", "OSAlarm", "OSScheduleTable", "SCHEDULETABLE_",
    "ARCH_", "ACTION_", "STACK_", "CONSOLE_", "cfg_", "os_", "arch_", "task_", "isr_", "alarm_",
    "callback_",
    "stack_task_", "fpu_task_", "fpu_isr_", "points_", "actions_", "evtchn_", "gnttab_", "xs_",
    "pins_", "gpio_", "sunxi_", "pvconsole_", "dt_", "_", NULL,
};
// clang-format on

static bool is_listed(const char *const *list, const char *name)
{
    while (*list && strcmp(*list, name) != 0) {
        list++;
    }
    return *list;
}

static const char *prefix_of(const char *name)
{
    for (const char *const *prefix = prefixes; *prefix; prefix++) {
        if (strncmp(name, *prefix, strlen(*prefix)) == 0) {
            return *prefix;
        }
    }
    return NULL;
}

bool name_is_identifier(const char *text)
{
    const char *c = text;

    while (isalnum((unsigned char)*c) || *c == '_') {
        c++;
    }
    return c != text && !*c && !isdigit((unsigned char)*text) && !is_listed(keywords, text);
}

static bool has_id(const struct definition *definition)
{
    static const char *const kinds[] = {
        "APPMODE", "TASK", "RESOURCE", "EVENT", "COUNTER", "ALARM", "SCHEDULETABLE", "ISR", NULL,
    };

    return is_listed(kinds, definition->kind);
}

/* Objects that OSEK defines, and of which kind they are. */
static const char *kind_of_standard_object(const char *name)
{
    return strcmp(name, "RES_SCHEDULER") == 0      ? "RESOURCE"
           : strcmp(name, "OSDEFAULTAPPMODE") == 0 ? "APPMODE"
                                                   : NULL;
}

static bool check_name(struct oilc *oilc, const struct definition *definition)
{
    const char *name = definition->name;
    const char *prefix = prefix_of(name);
    const char *kind = kind_of_standard_object(name);

    if (is_listed(keywords, name)) {
        error_at(oilc, definition->place, "`%s` is a word of C: it cannot name an object", name);
    } else if (is_listed(system_names, name) || (kind && strcmp(kind, definition->kind) != 0)) {
        error_at(oilc, definition->place,
                 "`%s` is a name of the operating system: it cannot name an object", name);
    } else if (prefix) {
        error_at(oilc, definition->place,
                 "names that begin with `%s` are the operating system's: `%s` cannot be one",
                 prefix, name);
    } else {
        return true;
    }
    return false;
}

void check_names(struct oilc *oilc)
{
    struct table ids = {.arena = &oilc->arena};

    for (struct definition *d = oilc->definitions; d; d = d->next) {
        const struct definition *first;
        struct entry *entry;

        if (!has_id(d) || !check_name(oilc, d)) {
            continue;
        }
        entry = table_entry(&ids, d->name, strlen(d->name));
        first = entry->value;
        if (first) {
            error_at(oilc, d->place, "`%s` names two objects, %s and %s; in C that is one name",
                     d->name, first->kind, d->kind);
            note_at(oilc, first->place, "the %s is here", first->kind);
        } else {
            entry->value = d;
        }
    }
}
