/* SPDX-License-Identifier: Apache-2.0
 *
 * The watches: those that are set, and how they outlive a store that was restarted. Context:
 * xs_engine.c's.
 */
#ifndef XEN_XS_WATCH_H
#define XEN_XS_WATCH_H

/** The rings have come up: the store forgets all watches, also those that somebody else has left,
 *  and gets ours anew. To be called before what was under way is ended. */
void xs_watch_connected(void);

#endif
