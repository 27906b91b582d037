/* SPDX-License-Identifier: Apache-2.0
 *
 * A message into a channel of dom0's without mapping its page.
 */
#ifndef COPIED_H
#define COPIED_H

/** Watch data/copied: when a server is there, write "by grant copy" into its ring by
 *  gntmap_copy_to(), and tell it. Prints what Xen says. Context: before StartOS, once. */
void copied_start(void);

#endif
