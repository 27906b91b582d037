/* SPDX-License-Identifier: Apache-2.0
 *
 * The first half of the ORTI file: which objects there are and which attributes they have. What
 * begins with vs_ is ours, as the standard wants it.
 */
#include "write_orti.h"

/* The tasks as what a pointer may point to, behind "none". */
static void enumerate_tasks(const struct model *model, FILE *out)
{
    for (size_t i = 0; i < model->task_count; i++) {
        fprintf(out, ",\n            \"%s\" = \"&cfg_tasks[%zu]\"", model->tasks[i].object.name, i);
    }
}

static void declare_running_task(const struct model *model, FILE *out)
{
    fputs("        TOTRACE ENUM \"void *\" [\n            \"NO_TASK\" = 0", out);
    enumerate_tasks(model, out);
    fputs("\n        ] RUNNINGTASK, \"Running task\";\n"
          "        CTYPE \"unsigned char\" RUNNINGTASKPRIORITY, \"Its priority\";\n",
          out);
}

/* All event channels come by one interrupt, boot/main.c's; the timer's is the port's own. */
static void declare_running_isr(const struct model *model, FILE *out)
{
    size_t index = 0;

    fputs("        ENUM \"void *\" [\n            \"NO_ISR\" = 0,\n"
          "            \"EVENT_CHANNELS\" = \"&os_isr_events\"",
          out);
    if (model->timer_counter_count > 0) {
        fputs(",\n            \"SYSTEM_TIMER\" = \"&os_isr_timer\"", out);
    }
    for (size_t i = 0; i < model->isr_count; i++) {
        const struct model_isr *isr = &model->isrs[i];

        if (is_line(isr) && isr->category == 2) {
            fprintf(out, ",\n            \"%s\" = \"&cfg_isrs[%zu].isr\"", isr->object.name, index);
        }
        index += is_line(isr);
    }
    fputs("\n        ] RUNNINGISR2, \"Running ISR2\";\n", out);
}

static void declare_last_error(FILE *out)
{
    static const struct {
        const char *name;
        int value;
    } codes[] = {
        {"E_OK", 0},       {"E_OS_ACCESS", 1},      {"E_OS_CALLEVEL", 2},    {"E_OS_ID", 3},
        {"E_OS_LIMIT", 4}, {"E_OS_NOFUNC", 5},      {"E_OS_RESOURCE", 6},    {"E_OS_STATE", 7},
        {"E_OS_VALUE", 8}, {"E_OS_MISSINGEND", 18}, {"E_OS_DISABLEDINT", 19}};
    const size_t count = sizeof(codes) / sizeof(codes[0]);

    fputs("        ENUM \"unsigned char\" [\n", out);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "            \"%s\" = %d%s\n", codes[i].name, codes[i].value,
                i + 1 < count ? "," : "");
    }
    fputs("        ] LASTERROR, \"Last error\";\n", out);
}

static void declare_appmode(const struct model *model, FILE *out)
{
    fputs("        ENUM \"unsigned char\" [\n", out);
    for (size_t i = 0; i < model->appmode_count; i++) {
        fprintf(out, "            \"%s\" = %zu%s\n", model->appmodes[i].object.name, i,
                i + 1 < model->appmode_count ? "," : "");
    }
    fputs("        ] CURRENTAPPMODE, \"Application mode\";\n", out);
}

static void declare_os(const struct model *model, FILE *out)
{
    fputs("    OS {\n", out);
    declare_running_task(model, out);
    if (os_isr_is_kept(model)) {
        declare_running_isr(model, out);
    }
    if (model->os.error_hook) {
        declare_last_error(out);
    }
    declare_appmode(model, out);
    fputs("    }, \"Operating system\";\n", out);
}

static void declare_task(const struct model *model, FILE *out)
{
    fputs("    TASK {\n"
          "        CTYPE \"unsigned char\" PRIORITY, \"Priority\";\n"
          "        ENUM \"unsigned char\" [\n"
          "            \"SUSPENDED\" = 0,\n"
          "            \"READY\" = 1,\n"
          "            \"WAITING\" = 2,\n"
          "            \"RUNNING\" = 3\n"
          "        ] STATE, \"State\";\n"
          "        ENUM \"unsigned char\" [\n",
          out);
    for (size_t i = 0; i < model->stack_count; i++) {
        fprintf(out, "            \"%s\" : %s = %zu%s\n", model->stacks[i].name,
                model->stacks[i].symbol, i, i + 1 < model->stack_count ? "," : "");
    }
    fputs("        ] STACK, \"Stack\";\n"
          "        CTYPE \"unsigned char\" CURRENTACTIVATIONS, \"Activations\";\n"
          "    }, \"Tasks\";\n"
          "    STACK {\n"
          "        CTYPE \"unsigned int\" SIZE, \"Size, bytes\";\n"
          "        CTYPE \"unsigned char *\" BASEADDRESS, \"Lowest address\";\n"
          "        STRING STACKDIRECTION, \"Grows\";\n"
          "        CTYPE \"unsigned char\" FILLPATTERN, \"Filling\";\n"
          "    }, \"Stacks\";\n",
          out);
}

static void declare_alarm(FILE *out)
{
    fputs("    ALARM {\n"
          "        CTYPE \"unsigned long long\" ALARMTIME, \"Due at tick\";\n"
          "        CTYPE \"unsigned int\" CYCLETIME, \"Cycle\";\n"
          "        ENUM \"unsigned char\" [\n"
          "            \"STOPPED\" = 0,\n"
          "            \"RUNNING\" = 1\n"
          "        ] STATE, \"State\";\n"
          "        STRING ACTION, \"Action\";\n"
          "        STRING COUNTER, \"Counter\";\n"
          "        CTYPE \"unsigned int\" vs_LOST, \"Lost\";\n"
          "    }, \"Alarms\";\n",
          out);
}

/* Who holds what is known in extended status only. */
static void declare_resource(const struct model *model, FILE *out)
{
    fputs("    RESOURCE {\n", out);
    if (model->os.extended_status) {
        fputs("        ENUM \"unsigned char\" [\n"
              "            \"UNLOCKED\" = 0,\n"
              "            \"LOCKED\" = 1\n"
              "        ] STATE, \"State\";\n"
              "        ENUM \"void *\" [\n"
              "            \"-\" = 0",
              out);
        enumerate_tasks(model, out);
        fputs("\n        ] LOCKER, \"Locked by\";\n", out);
    }
    fputs("        CTYPE \"unsigned char\" PRIORITY, \"Ceiling\";\n"
          "    }, \"Resources\";\n",
          out);
}

static void declare_isr(FILE *out)
{
    fputs("    vs_ISR {\n"
          "        STRING vs_SOURCE, \"Source\";\n"
          "        CTYPE \"unsigned char\" vs_CATEGORY, \"Category\";\n"
          "        CTYPE \"unsigned char\" vs_LEVEL, \"Level\";\n"
          "    }, \"Interrupts\";\n",
          out);
}

static void declare_event(FILE *out)
{
    fputs("    vs_EVENT {\n"
          "        STRING vs_TASK, \"Task\";\n"
          "        CTYPE \"unsigned int\" vs_MASK, \"Mask\";\n"
          "        ENUM \"unsigned char\" [\n"
          "            \"CLEAR\" = 0,\n"
          "            \"SET\" = 1,\n"
          "            \"AWAITED\" = 2\n"
          "        ] vs_STATE, \"State\";\n"
          "    }, \"Events\";\n",
          out);
}

static void declare_counter(FILE *out)
{
    fputs("    vs_COUNTER {\n"
          "        STRING vs_SOURCE, \"Source\";\n"
          "        CTYPE \"unsigned long long\" vs_TICKS, \"Ticks (software)\";\n"
          "        CTYPE \"unsigned long long\" vs_NEXT, \"First due at tick\";\n"
          "    }, \"Counters\";\n",
          out);
}

static void declare_schedtable(FILE *out)
{
    fputs("    vs_SCHEDULETABLE {\n"
          "        ENUM \"unsigned char\" [\n"
          "            \"STOPPED\" = 0,\n"
          "            \"NEXT\" = 1,\n"
          "            \"RUNNING\" = 3\n"
          "        ] vs_STATE, \"State\";\n"
          "        CTYPE \"unsigned long long\" vs_BEGIN, \"Round begins at tick\";\n"
          "        CTYPE \"unsigned short\" vs_POINT, \"Next expiry point\";\n"
          "        STRING vs_COUNTER, \"Counter\";\n"
          "        CTYPE \"unsigned int\" vs_LOST, \"Lost\";\n"
          "    }, \"Schedule tables\";\n",
          out);
}

void write_orti_types(const struct model *model, FILE *out)
{
    fputs("VERSION {\n"
          "    KOIL = \"2.2\";\n"
          "    OSSEMANTICS = \"ORTI\", \"2.2\";\n"
          "};\n"
          "\n"
          "IMPLEMENTATION erika_xen {\n",
          out);
    declare_os(model, out);
    declare_task(model, out);
    if (model->alarm_count > 0) {
        declare_alarm(out);
    }
    if (model->resource_count > 0) {
        declare_resource(model, out);
    }
    if (model->isr_count > 0) {
        declare_isr(out);
    }
    if (model->event_count > 0) {
        declare_event(out);
    }
    if (model->counter_count > 0) {
        declare_counter(out);
    }
    if (model->schedtable_count > 0) {
        declare_schedtable(out);
    }
    fputs("};\n", out);
}
