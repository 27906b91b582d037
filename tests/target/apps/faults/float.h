/* SPDX-License-Identifier: Apache-2.0
 *
 * The faults that are floating point, in Thumb and ARM state: VFP's and NEON's instructions.
 */
#ifndef FLOAT_H
#define FLOAT_H

void floating_point(void);
void floating_point_arm(void);
void neon(void);
void neon_arm(void);

#endif
