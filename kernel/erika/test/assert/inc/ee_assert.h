/* SPDX-License-Identifier: Apache-2.0
 *
 * ERIKA's assertions, under the name by which its test programs include them. They are numbered by
 * an enumeration of the application that usually begins with EE_ASSERT_FIN = 0, the sum of all; the
 * application defines the array:
 *
 *     EE_TYPEASSERTVALUE EE_assertions[EE_ASSERT_DIM];
 */
#ifndef ERIKA_EE_ASSERT_H
#define ERIKA_EE_ASSERT_H

#include "kernel/ee.h"

typedef EE_SREG EE_TYPEASSERT;
typedef EE_INT8 EE_TYPEASSERTVALUE;

#define EE_ASSERT_NIL ((EE_TYPEASSERT)-1) /* no assertion */

#define EE_ASSERT_INITVALUE   ((EE_TYPEASSERTVALUE)0) /* not asked yet */
#define EE_ASSERT_YES         ((EE_TYPEASSERTVALUE)1)
#define EE_ASSERT_NO          ((EE_TYPEASSERTVALUE)2)
#define EE_ASSERT_ALREADYUSED ((EE_TYPEASSERTVALUE)3) /* asked more than once */

extern EE_TYPEASSERTVALUE EE_assertions[];

/**
 * Assertion `id` holds if `test` does and `previous` has held, which may be EE_ASSERT_NIL. Each can
 * be asked once.
 * @return  what is known of `id` now
 */
static inline EE_TYPEASSERTVALUE EE_assert(EE_TYPEASSERT id, EE_TYPEBOOL test,
                                           EE_TYPEASSERT previous)
{
    const EE_TYPEBOOL in_order =
        previous == EE_ASSERT_NIL || EE_assertions[previous] == EE_ASSERT_YES;

    if (EE_assertions[id] != EE_ASSERT_INITVALUE)
        EE_assertions[id] = EE_ASSERT_ALREADYUSED;
    else
        EE_assertions[id] = test && in_order ? EE_ASSERT_YES : EE_ASSERT_NO;
    return EE_assertions[id];
}

/** Assertion `id` holds if all from `first` to `last` do. */
static inline EE_TYPEASSERTVALUE EE_assert_range(EE_TYPEASSERT id, EE_TYPEASSERT first,
                                                 EE_TYPEASSERT last)
{
    EE_assertions[id] = EE_ASSERT_YES;
    for (EE_TYPEASSERT i = first; i <= last; i++)
        if (EE_assertions[i] != EE_ASSERT_YES)
            EE_assertions[id] = EE_ASSERT_NO;
    return EE_assertions[id];
}

/** The sum of all: assertion 0. */
static inline EE_TYPEASSERTVALUE EE_assert_last(void)
{
    return EE_assertions[0];
}

#endif
