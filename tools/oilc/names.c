/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of objects become names in C: of enumerators, masks and functions. All objects that have
 * an id share one name space with the language and with the system's headers.
 */
#define _POSIX_C_SOURCE 200809L
#include <ctype.h>
#include <fnmatch.h>
#include <string.h>

#include "build.h"
#include "merge.h"

// clang-format off
static const char *const keywords[] = {
    "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum",
    "extern", "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict",
    "return", "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union",
    "unsigned", "void", "volatile", "while", "asm", "typeof", "main", "bool", "true", "false", NULL,
};

/* What os_cfg.c and an application that includes os.h and console.h see; `*`: any letters. */
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
    "STATUSTYPEDEFINED", "CFG_*", "E_OS_*", "OSError*", "OSServiceId*", "OSMAXALLOWEDVALUE*",
    "OSTICKSPERBASE*", "OSMINCYCLE*", "OSTICKDURATION*", "OSStack*", "OSTaskName", "OSAlarm*",
    "OSScheduleTable*", "SCHEDULETABLE_*", "OS_CFG_*", "OS_SYSTEM", "KERNEL_*_H", "LIB_*_H",
    "CONSOLE_H", "PINS_H", "PINS_CONFIG_H", "SUNXI_H", "SUNXI_BANKS", "XS_*_MAX", "XS_PERM_*",
    "XEN*_H", "ARCH_*", "EVTCHN_*", "ACTION_ACTIVATETASK", "ACTION_SETEVENT", "ACTION_CALLBACK",
    "STACK_SHARED", "STACK_INTERRUPT", "STACK_FIRST_OWN", "cfg_*", "os_*", "arch_*",
    "system_end", "fpu_event", "stack_shared", "stack_interrupt", "stack_task_*", "callback_*",
    "printk", "vprintk", "console_add", "console_pump", "console_drain", "console_begin_line",
    "console_on_input", "console_serve_input", "console_input_lost", "console_stats",
    "console_interrupt", "console_sink", "CONSOLE_NOTE_BYTES", "OSMayWait",
    "pins_init", "pins_serve", "pins_stats", "sunxi_h3", "sunxi_a20", "evtchn_*",
    "pvconsole_*", "xs_*", "xenbus_*", "XENBUS_*", "blkfront_*", "BLKFRONT_*", "decimal_*",
    "DECIMAL_*", "report_*", "watchdog_*", "wallclock_*", "xen_init", "xen_is_present",
    "xen_shared", "dt_*", "NULL", "offsetof", "va_list",
    "va_arg", "va_copy", "va_end", "va_start", "*_t", "INT*_MAX", "INT*_MIN", "UINT*_MAX",
    "PTRDIFF_M*", "SIZE_MAX", "SIG_ATOMIC_M*", "WCHAR_M*", "WINT_M*", "INT*_C", "UINT*_C", "_*",
    NULL,
};
// clang-format on

static bool is_listed(const char *const *list, const char *name)
{
    while (*list && strcmp(*list, name) != 0) {
        list++;
    }
    return *list;
}

/* @return the pattern that the name is one of, NULL: none */
static const char *system_name(const char *name)
{
    const char *const *pattern = system_names;

    while (*pattern && fnmatch(*pattern, name, 0) != 0) {
        pattern++;
    }
    return *pattern;
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

/* TASK(x) is a function task_x(), ISR(x) isr_x(). */
static bool check_functions(struct oilc *oilc, const struct definition *definition)
{
    static const struct {
        const char *kind, *prefix;
    } functions[] = {{"TASK", "task_"}, {"ISR", "isr_"}};

    for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++) {
        const size_t length = strlen(functions[i].prefix);
        const char *of = definition->name + length;

        if (strncmp(definition->name, functions[i].prefix, length) == 0 &&
            definition_find(oilc, functions[i].kind, of)) {
            error_at(oilc, definition->place,
                     "`%s` is the C function of the %s `%s`: it cannot name an object",
                     definition->name, functions[i].kind, of);
            return false;
        }
    }
    return true;
}

static bool check_name(struct oilc *oilc, const struct definition *definition)
{
    const char *name = definition->name;
    const char *kind = kind_of_standard_object(name);
    const char *pattern = system_name(name);

    if (is_listed(keywords, name)) {
        error_at(oilc, definition->place, "`%s` is a word of C: it cannot name an object", name);
    } else if (pattern && strchr(pattern, '*')) {
        error_at(oilc, definition->place,
                 "names like `%s` are the operating system's: `%s` cannot be one", pattern, name);
    } else if (pattern || (kind && strcmp(kind, definition->kind) != 0)) {
        error_at(oilc, definition->place,
                 "`%s` is a name of the operating system: it cannot name an object", name);
    } else {
        return check_functions(oilc, definition);
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
