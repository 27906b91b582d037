/* SPDX-License-Identifier: Apache-2.0
 *
 * A command line: how text comes in. The console layer collects what is typed, echoes it, and activates Shell; Shell
 * lets it hand the text to typed(), which finds the lines in it and obeys them.
 */
#include <stdlib.h>
#include <string.h>

#include "drivers/console/console.h"
#include "kernel/os.h"

#define LINE_BYTES 64u
#define BEAT_MS    100u

static char line[LINE_BYTES];
static size_t line_len;
static uint32_t beats;

static void help(const char *rest);

static void uptime(const char *rest)
{
    TickType now;

    (void)rest;
    (void)GetCounterValue(SystemCounter, &now);
    printk("%u ms; %u beats of %u ms, %u of them late\n", now, beats, BEAT_MS,
           OSAlarmLostCount(EveryTenth));
}

static void stats(const char *rest)
{
    struct console_stats console;
    OSStackInfoType stack;

    (void)rest;
    for (unsigned int i = 0; console_stats(i, &console); i++) {
        printk("%s: %u bytes lost\n", console.name, console.lost_bytes);
    }
    printk("input: %u bytes lost\n", console_input_lost());
    for (unsigned int i = 0; OSStackInfo(i, &stack) == E_OK; i++) {
        printk("stack %s: %u of %u bytes used\n", stack.name, stack.used_bytes, stack.size_bytes);
    }
}

static void count(const char *rest)
{
    const unsigned long last = strtoul(rest, NULL, 10);

    for (unsigned long i = 1; i <= last; i++) {
        printk("line %lu of %lu\n", i, last);
    }
}

static void halt(const char *rest)
{
    (void)rest;
    ShutdownOS(E_OK);
}

static const struct command {
    const char *word;
    const char *does;
    void (*run)(const char *rest);
} commands[] = {
    {"help", "this list", help},
    {"uptime", "the time since the start, and the work done in it", uptime},
    {"stats", "what consoles have lost, what stacks have used", stats},
    {"count", "print so many lines: count 3", count},
    {"halt", "end the domain", halt},
};

#define COMMAND_COUNT (sizeof(commands) / sizeof(commands[0]))

static void help(const char *rest)
{
    (void)rest;
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        printk("%-8s%s\n", commands[i].word, commands[i].does);
    }
}

static void obey(void)
{
    const size_t word_len = strcspn(line, " ");

    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strlen(commands[i].word) == word_len && memcmp(line, commands[i].word, word_len) == 0) {
            commands[i].run(&line[word_len]);
            return;
        }
    }
    if (word_len > 0) {
        printk("%s: no such command; try help\n", line);
    }
}

/* Terminals send "\r" for Enter, pipes "\n". What is too long for a line is cut off. */
static void typed(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] != '\r' && text[i] != '\n') {
            line_len += line_len < LINE_BYTES - 1;
            line[line_len - 1] = text[i];
            continue;
        }
        line[line_len] = '\0';
        line_len = 0;
        obey();
        printk("> ");
    }
}

TASK(Shell)
{
    console_serve_input();
    TerminateTask();
}

TASK(Beat)
{
    beats++;
    TerminateTask();
}

void StartupHook(void)
{
    console_on_input(typed);
    printk("A command line. Try help\n> ");
}
