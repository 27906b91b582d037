/* SPDX-License-Identifier: Apache-2.0
 *
 * For sources that were written for ERIKA Enterprise 2: its names for what os.h has too, and those
 * of its own that mean something on this machine. New sources include os.h.
 *
 * What is different here:
 * - StartOS() does not return: what stands behind it in main() never runs. Background work belongs
 *   into IdleHook() (OIL: IDLEHOOK = TRUE).
 * - Warnings are errors, also for applications: main(void), not main().
 * - Boards' names (EE_leds_init(), EE_buttons_init() ...) are not here: use drivers/gpio/gpio.h.
 */
#ifndef KERNEL_EE_H
#define KERNEL_EE_H

#include "os.h"

typedef uint8_t EE_BIT;
typedef int8_t EE_INT8;
typedef uint8_t EE_UINT8;
typedef int16_t EE_INT16;
typedef uint16_t EE_UINT16;
typedef int32_t EE_INT32;
typedef uint32_t EE_UINT32;
typedef int64_t EE_INT64;
typedef uint64_t EE_UINT64;

typedef EE_INT32 EE_SREG; /* a register's width */
typedef EE_UINT32 EE_UREG;
typedef void *EE_ADDR;
typedef void (*EE_FADDR)(void);
typedef TaskType EE_TID;

typedef EE_UREG EE_TYPEBOOL;
#define EE_TRUE  ((EE_TYPEBOOL)1)
#define EE_FALSE ((EE_TYPEBOOL)0)

/* Interrupt handlers; OIL's CATEGORY decides which they are. */
#define ISR1(name) ISR(name)
#define ISR2(name) ISR(name)

/** One tick of a counter that no hardware drives: IncrementCounter(). */
#define CounterTick(counter) ((void)IncrementCounter(counter))

#define EE_hal_disableIRQ() DisableAllInterrupts()
#define EE_hal_enableIRQ()  EnableAllInterrupts()

/** The machine is set up before main(). */
static inline void EE_mcu_init(void)
{
}

/*
 * A test's assertions, numbered by an enumeration of the application that begins with
 * EE_ASSERT_FIN = 0, the sum of all. The application defines the array.
 */
typedef EE_INT8 EE_TYPEASSERT;
typedef EE_INT8 EE_TYPEASSERTVALUE;
#define EE_ASSERT_NIL ((EE_TYPEASSERT)-1) /* no assertion */
#define EE_ASSERT_NO  ((EE_TYPEASSERTVALUE)0)
#define EE_ASSERT_YES ((EE_TYPEASSERTVALUE)1)
extern EE_TYPEASSERTVALUE EE_assertions[];

static inline EE_TYPEBOOL EE_assert_holds(EE_TYPEASSERT id)
{
    return id == EE_ASSERT_NIL || EE_assertions[id] == EE_ASSERT_YES;
}

/** Assertion `id` holds if `test` does, and after `previous` (or EE_ASSERT_NIL) has held. */
static inline EE_TYPEASSERTVALUE EE_assert(EE_TYPEASSERT id, EE_TYPEBOOL test,
                                           EE_TYPEASSERT previous)
{
    EE_assertions[id] = test && EE_assert_holds(previous) ? EE_ASSERT_YES : EE_ASSERT_NO;
    return EE_assertions[id];
}

/** Assertion `id` holds if all from `first` to `last` do. */
static inline EE_TYPEASSERTVALUE EE_assert_range(EE_TYPEASSERT id, EE_TYPEASSERT first,
                                                 EE_TYPEASSERT last)
{
    EE_TYPEBOOL all = EE_TRUE;

    for (EE_TYPEASSERT i = first; i <= last; i++)
        all = all && EE_assert_holds(i);
    return EE_assert(id, all, EE_ASSERT_NIL);
}

/** The sum of all: EE_ASSERT_FIN. */
static inline EE_TYPEASSERTVALUE EE_assert_last(void)
{
    return EE_assertions[0];
}

#endif
