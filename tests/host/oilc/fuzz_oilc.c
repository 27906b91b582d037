/* SPDX-License-Identifier: Apache-2.0
 *
 * The compiler under libFuzzer: any bytes are refused with a message or compiled, and then --print
 * gives the same tables. README.md says how to build it; test_oilc_texts replays what it found.
 */
#include "texts.h"

int LLVMFuzzerTestOneInput(const uint8_t *text, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *text, size_t length)
{
    texts_try(text, length);
    return 0;
}
