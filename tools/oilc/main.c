/* SPDX-License-Identifier: Apache-2.0
 *
 * The OIL compiler's command line.
 */
#include <errno.h>
#include <string.h>

#include "oilc.h"
#include "output.h"

#define VERSION "1.0"

enum { FINE, ERRORS_IN_OIL, USAGE };

static const char help[] =
    "usage: oilc FILE.oil -o DIR      write os_cfg.h, os_cfg.c and os_cfg.orti into DIR\n"
    "       oilc --check FILE.oil     only look for errors\n"
    "       oilc --print FILE.oil     print the configuration as OIL, with all defaults\n"
    "options:\n"
    "  -I DIR        look for included files in DIR\n"
    "  --deps X.d    with -o: write a rule for make into X.d: X depends on all files read\n"
    "  --strict      unknown attributes are errors\n"
    "  --help, --version\n"
    "exit status: 0 fine, 1 errors in the OIL text, 2 wrong usage or a file that cannot be\n"
    "read or written\n";

struct options {
    const char *file, *folder, *deps;
    bool check, print, strict;
    struct folder *includes, **includes_end;
};

static int usage(const char *problem, const char *what)
{
    fprintf(stderr, "oilc: error: %s%s (oilc --help tells more)\n", problem, what);
    return USAGE;
}

/* What was printed must have arrived: a disk can be full. */
static int close_output(int status)
{
    const bool failed = ferror(stdout);

    if (fclose(stdout) == 0 && !failed) {
        return status;
    }
    fprintf(stderr, "oilc: error: standard output: %s\n", strerror(errno));
    return USAGE;
}

static void add_include(struct oilc *oilc, struct options *options, const char *path)
{
    struct folder *folder = arena_alloc(&oilc->arena, sizeof(*folder));

    folder->path = path;
    *options->includes_end = folder;
    options->includes_end = &folder->next;
}

/* Options that stand alone. @return false: not one of them */
static bool take_flag(struct options *options, const char *argument)
{
    if (strcmp(argument, "--check") == 0) {
        options->check = true;
    } else if (strcmp(argument, "--print") == 0) {
        options->print = true;
    } else if (strcmp(argument, "--strict") == 0) {
        options->strict = true;
    } else {
        return false;
    }
    return true;
}

/* Options with a value. @return false: not one of them */
static bool take_option(struct oilc *oilc, struct options *options, const char *argument,
                        const char *value)
{
    if (strcmp(argument, "-o") == 0) {
        options->folder = value;
    } else if (strcmp(argument, "--deps") == 0) {
        options->deps = value;
    } else if (strcmp(argument, "-I") == 0) {
        add_include(oilc, options, value);
    } else {
        return false;
    }
    return true;
}

static int take_arguments(struct oilc *oilc, struct options *options, int count, char **arguments)
{
    for (int i = 1; i < count; i++) {
        const char *argument = arguments[i];

        if (take_flag(options, argument)) {
            continue;
        }
        if (take_option(oilc, options, argument, i + 1 < count ? arguments[i + 1] : "")) {
            if (++i == count || !*arguments[i]) {
                return usage("no value behind ", argument);
            }
        } else if (argument[0] == '-') {
            return usage("unknown option ", argument);
        } else if (options->file) {
            return usage("more than one file: ", argument);
        } else {
            options->file = argument;
        }
    }
    if (!options->file) {
        return usage("no OIL file", "");
    }
    if (options->check + options->print + (options->folder != NULL) != 1) {
        return usage("say one of -o DIR, --check, --print", "");
    }
    return options->deps && !options->folder ? usage("--deps goes with -o", "") : FINE;
}

static void print_class(FILE *out, const struct model *model)
{
    const struct model_os *os = &model->os;

    fprintf(out, "oilc: %s: conformance class %s stated, %s needed\n", model->file,
            os->class_is_stated ? class_names[os->stated_class] : "not",
            class_names[os->inferred_class]);
}

static int compile(struct oilc *oilc, const struct options *options)
{
    const struct model *model = oilc_compile(oilc, options->file);

    if (!model) {
        return oilc->file_problem ? USAGE : ERRORS_IN_OIL;
    }
    if (options->print) {
        write_oil(model, stdout);
    } else if (options->check) {
        print_class(stdout, model);
    } else if (!output_configuration(oilc, model, options->folder)) {
        return USAGE;
    }
    if (options->deps && !output_dependencies(oilc, options->deps)) {
        return USAGE;
    }
    return close_output(FINE);
}

int main(int count, char **arguments)
{
    struct options options = {.includes_end = &options.includes};
    struct oilc oilc;
    int status;

    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "--help") == 0) {
            fputs(help, stdout);
            return close_output(FINE);
        }
        if (strcmp(arguments[i], "--version") == 0) {
            puts("oilc " VERSION " of erika-xen, OIL 2.5");
            return close_output(FINE);
        }
    }
    oilc_begin(&oilc, stderr);
    status = take_arguments(&oilc, &options, count, arguments);
    if (status == FINE) {
        oilc.strict = options.strict;
        oilc.include_folders = options.includes;
        status = compile(&oilc, &options);
    }
    oilc_end(&oilc);
    return status;
}
