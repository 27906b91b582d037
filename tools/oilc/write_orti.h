/* SPDX-License-Identifier: Apache-2.0
 *
 * What the two halves of the ORTI writer share.
 */
#ifndef OILC_WRITE_ORTI_H
#define OILC_WRITE_ORTI_H

#include "write.h"

/** Versions and declarations. */
void write_orti_types(const struct model *model, FILE *out);

/** Whether the kernel keeps os.isr: CFG_ISR_TRACKING of kernel/state.h. */
static inline bool os_isr_is_kept(const struct model *model)
{
    return model->os.extended_status || isrs_use_resources(model);
}

#endif
