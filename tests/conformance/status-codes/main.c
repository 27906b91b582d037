/* SPDX-License-Identifier: Apache-2.0
 *
 * The status codes have the values of the standard, and AUTOSAR OS's two have theirs.
 *
 * Tests: OSEK 13.1, 13.8; rules 1.1
 */
#include "tests/conformance/step.h"

_Static_assert(E_OK == 0, "13.1");
_Static_assert(E_OS_ACCESS == 1, "13.1");
_Static_assert(E_OS_CALLEVEL == 2, "13.1");
_Static_assert(E_OS_ID == 3, "13.1");
_Static_assert(E_OS_LIMIT == 4, "13.1");
_Static_assert(E_OS_NOFUNC == 5, "13.1");
_Static_assert(E_OS_RESOURCE == 6, "13.1");
_Static_assert(E_OS_STATE == 7, "13.1");
_Static_assert(E_OS_VALUE == 8, "13.1");
_Static_assert(E_OS_MISSINGEND > E_OS_VALUE && E_OS_DISABLEDINT > E_OS_VALUE, "AUTOSAR");
_Static_assert(E_OS_MISSINGEND != E_OS_DISABLEDINT, "AUTOSAR");
_Static_assert(sizeof(StatusType) == 1 && (StatusType)-1 > 0, "unsigned char: ISO 17356-2");
#ifndef STATUSTYPEDEFINED
#error "the binding specification asks for this guard"
#endif

TASK(Low)
{
    STEP("the codes are those of the standard");
    ShutdownOS(E_OK);
}
