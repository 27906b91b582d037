/* SPDX-License-Identifier: Apache-2.0
 *
 * For sources that were written for ERIKA Enterprise 2: its names for what os.h has too, and those
 * of its own that mean something on this machine. New sources include os.h.
 *
 * What is different here:
 * - StartOS() does not return: what stands behind it in main() never runs. Background work belongs
 *   into IdleHook() (OIL: IDLEHOOK = TRUE).
 * - StartOS() must be called: tasks cannot be activated before it.
 * - Boards' names (EE_leds_init(), EE_buttons_init() ...) are not here: use drivers/gpio/gpio.h.
 *
 * ERIKA's assertions are in "test/assert/inc/ee_assert.h", as there.
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

#endif
