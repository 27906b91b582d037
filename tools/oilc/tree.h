/* SPDX-License-Identifier: Apache-2.0
 *
 * What OIL text says, before anything is known about its meaning: objects with attributes, and the
 * rules that IMPLEMENTATION sections lay down for attributes. Names are stored once (struct oilc's
 * table), so that equal names are equal pointers.
 */
#ifndef OILC_TREE_H
#define OILC_TREE_H

#include <stdbool.h>
#include <stdint.h>

#include "model.h"

enum value_kind { VALUE_NAME, VALUE_INTEGER, VALUE_FLOAT, VALUE_STRING };

/** A value as written: TRUE, AUTO and enumerators are names. */
struct value {
    enum value_kind kind;
    const char *text;   /* NAME, STRING: the text; numbers: as written */
    uint64_t magnitude; /* INTEGER */
    bool negative;      /* INTEGER */
    double real;        /* INTEGER, FLOAT */
    struct place place;
};

/** NAME = VALUE { params } : "description"; */
struct attribute {
    struct attribute *next;
    const char *name;
    struct place place;
    struct value value;
    struct attribute *params;      /* in the order of the text */
    struct attribute **params_end; /* attributes_append(): at or before the last link */
    const char *description;
    /* Found out by conform.c: */
    const struct choice *choice; /* of an ENUM or BOOLEAN: which one it is */
    struct definition *target;   /* of a reference */
    bool useless;                /* wrong (an error was printed) or without meaning here */
    bool foreign;                /* without meaning here: the default holds */
    bool is_default;             /* not written, filled in */
};

/** KIND NAME { attributes } : "description"; */
struct definition {
    struct definition *next;
    const char *kind;
    struct place kind_place;
    const char *name;
    struct place place;
    struct attribute *attributes;
    const char *description;
    struct attribute **attributes_end; /* as params_end */
    size_t index;                      /* in the model's array of this kind */
};

enum type {
    TYPE_UINT32,
    TYPE_INT32,
    TYPE_UINT64,
    TYPE_INT64,
    TYPE_FLOAT,
    TYPE_BOOLEAN,
    TYPE_ENUM,
    TYPE_STRING,
    TYPE_REFERENCE, /* TASK_TYPE and so on */
    TYPE_ANY,       /* any value and block, without a meaning here */
};

/** An enumerator, or TRUE or FALSE, and the attributes of its block. */
struct choice {
    struct choice *next;
    const char *name;
    struct place place;
    struct rule *params;
    bool foreign; /* of the file's own IMPLEMENTATION section, without a meaning here */
};

/** One of a list of allowed numbers: low .. high, or a single one. */
struct range {
    struct range *next;
    struct value low, high;
};

/** What an attribute may be. */
struct rule {
    struct rule *next;
    const char *name;
    struct place place;
    enum type type;
    const char *target_kind; /* TYPE_REFERENCE: kind of object; else as the type was written */
    bool with_auto, multiple;
    bool foreign;                 /* as in struct choice */
    struct range *ranges;         /* NULL: all that the type holds */
    struct choice *choices;       /* TYPE_BOOLEAN: NULL if neither has a block */
    const struct value *standard; /* default; NULL: none */
    struct rule *narrower;        /* another section's ranges, which hold too */
    struct rule *other_form;      /* the same attribute written with another type */
    struct attribute *seen;       /* conform.c: the first one in the list at hand */
};

/** KIND { rules } of an IMPLEMENTATION section. */
struct kind {
    struct kind *next;
    const char *name;
    struct rule *rules;
    bool foreign; /* as in struct choice */
};

#endif
