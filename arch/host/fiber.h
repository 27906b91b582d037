/* SPDX-License-Identifier: Apache-2.0
 *
 * Telling AddressSanitizer which stack the program is on, for switch.c alone. Without the sanitizer,
 * nothing.
 */
#ifndef HOST_FIBER_H
#define HOST_FIBER_H

#include <stddef.h>

#ifdef __SANITIZE_ADDRESS__

#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>

/* The process's own stack, once the program has left it. */
static const void *fiber_process_low;
static size_t fiber_process_size;

/* Saved places must be on the stack that they belong to, and not on a shadow of it. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_stack_use_after_return=0";
}

/** The next step goes to this stack. */
static inline void fiber_leave_for(const void *low, size_t size)
{
    __sanitizer_start_switch_fiber(NULL, low, size);
}

static inline void fiber_leave_for_process(void)
{
    __sanitizer_start_switch_fiber(NULL, fiber_process_low, fiber_process_size);
}

/** The program is there now. */
static inline void fiber_arrived(void)
{
    const void *low;
    size_t size;

    __sanitizer_finish_switch_fiber(NULL, &low, &size);
    if (fiber_process_low == NULL) {
        fiber_process_low = low;
        fiber_process_size = size;
    }
}

/** What lay on this stack is over. */
static inline void fiber_forget(const void *low, size_t size)
{
    ASAN_UNPOISON_MEMORY_REGION(low, size);
}

#else

static inline void fiber_leave_for(const void *low, size_t size)
{
    (void)low;
    (void)size;
}

static inline void fiber_leave_for_process(void)
{
}

static inline void fiber_arrived(void)
{
}

static inline void fiber_forget(const void *low, size_t size)
{
    (void)low;
    (void)size;
}

#endif
#endif
