/* SPDX-License-Identifier: Apache-2.0
 *
 * Writing files so that nobody ever sees a half one.
 */
#ifndef OILC_OUTPUT_H
#define OILC_OUTPUT_H

#include "oilc.h"

/** os_cfg.h, os_cfg.c and os_cfg.orti into a folder, which is made if it is not there: all of them,
 *  or none changes. A file that is the same already keeps its time. @return false: a message was
 *  printed */
bool output_configuration(struct oilc *oilc, const struct model *model, const char *folder);

/** A rule for make, in the file `path`: what that is named without its `.d` depends on all files
 *  that were read. */
bool output_dependencies(struct oilc *oilc, const char *path);

#endif
