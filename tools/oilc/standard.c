/* SPDX-License-Identifier: Apache-2.0
 *
 * Our IMPLEMENTATION section, part of the program: the assembler puts the file's bytes here.
 */
#include "include.h"

extern const char erika_xen_oil[], erika_xen_oil_end[];

__asm__(".pushsection .rodata\n"
        "erika_xen_oil: .incbin \"tools/oilc/erika-xen.oil\"\n"
        "erika_xen_oil_end: .byte 0\n"
        ".popsection");

void parse_standard(struct oilc *oilc)
{
    /* cppcheck-suppress comparePointers ; both are in the text above */
    const size_t bytes = (size_t)(erika_xen_oil_end - erika_xen_oil);

    oilc->in_standard = true;
    scan_and_parse(oilc, source_open(oilc, "erika-xen.oil", erika_xen_oil, bytes));
    oilc->in_standard = false;
    oilc->current = NULL;
}
