/* SPDX-License-Identifier: Apache-2.0
 *
 * How much of each stack has been used: the port fills them at the start (arch.h), here the bytes
 * that have never changed are counted.
 */
#include "arch.h"
#include "cfg.h"

StatusType OSStackInfo(unsigned int index, OSStackInfoType *Info)
{
    const struct stack_cfg *stack;
    const uint8_t *used;

    if (index >= CFG_STACK_COUNT)
        return E_OS_ID;
    stack = &cfg_stacks[index];
    used = stack->low;
    while (used != stack->top && *used == ARCH_STACK_FILL)
        used++;
    *Info = (OSStackInfoType){.name = stack->name,
                              .size_bytes = (uint32_t)(stack->top - stack->low),
                              .used_bytes = (uint32_t)(stack->top - used)};
    return E_OK;
}
