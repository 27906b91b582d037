/* SPDX-License-Identifier: Apache-2.0
 *
 * Floating point for those who ask for it (USEFPU = TRUE in OIL). The registers keep the values of
 * their last user, the owner, until another user comes: only then they are saved. Code that has
 * not asked finds them switched off, so that a stray instruction is an exception and not somebody
 * else's wrong result. Costs nothing where nobody asked. Interrupts masked.
 */
#ifndef KERNEL_FPU_H
#define KERNEL_FPU_H

#include <stddef.h>

#include "arch.h"
#include "cfg.h"

/** Only if CFG_FPU. */
struct fpu_state {
    struct arch_fpu *now;   /* the running code's; NULL = it has none */
    struct arch_fpu *owner; /* whose values the registers hold; NULL = nobody's */
};
extern struct fpu_state os_fpu;

/** Off, and nobody's. */
static inline void fpu_init(void)
{
    os_fpu = (struct fpu_state){0};
    arch_fpu_enable(false);
}

/* The registers are for `next` from now on. @return false: they are already, or it has none */
static inline bool fpu_take(struct arch_fpu *next)
{
    os_fpu.now = next;
    arch_fpu_enable(next != NULL);
    if (next == NULL || next == os_fpu.owner)
        return false;
    if (os_fpu.owner != NULL)
        arch_fpu_save(os_fpu.owner);
    os_fpu.owner = next;
    return true;
}

/** Who has registers `fpu` starts. */
static inline void fpu_begin(struct arch_fpu *fpu)
{
    if (!CFG_FPU)
        return;
    (void)fpu_take(fpu);
    if (fpu != NULL)
        arch_fpu_reset();
}

/** Who has registers `fpu` goes on. */
static inline void fpu_continue(struct arch_fpu *fpu)
{
    if (CFG_FPU && fpu_take(fpu))
        arch_fpu_restore(fpu);
}

/** Who has registers `fpu`, and runs, is over: nobody needs its values any more. */
static inline void fpu_end(const struct arch_fpu *fpu)
{
    if (CFG_FPU && fpu != NULL)
        os_fpu.owner = NULL;
}

/** Whose registers those of the running code are, for fpu_continue() after an interruption. */
static inline struct arch_fpu *fpu_now(void)
{
    return CFG_FPU ? os_fpu.now : NULL;
}

#endif
