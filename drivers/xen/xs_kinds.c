/* SPDX-License-Identifier: Apache-2.0
 *
 * What becomes of the store's answers, kind by kind.
 */
#include "drivers/xen/xs_kinds.h"

#include <string.h>

#include "drivers/xen/abi.h"
#include "fmt.h"

/* ---- changes ---- */

const struct xs_kind xs_kind_change = {.take = NULL};

/* ---- values: req->len bytes have come ---- */

static void take_value(struct xs_request *req, const char *bytes, uint32_t len)
{
    size_t room = req->len + 1 < req->reply_size ? req->reply_size - 1 - req->len : 0;

    if (room > 0)
        memcpy((char *)req->reply + req->len, bytes, len < room ? len : room);
    req->len += len;
}

static int end_value(struct xs_request *req, int status)
{
    bool fits = req->len < req->reply_size;

    if (status != 0)
        return status;
    ((char *)req->reply)[fits ? req->len : req->reply_size - 1] = 0;
    return fits ? 0 : -EOVERFLOW;
}

const struct xs_kind xs_kind_value = {.take = take_value, .end = end_value};

/* xenstored sends a path with its NUL. */
static void take_name(struct xs_request *req, const char *bytes, uint32_t len)
{
    const char *nul = memchr(bytes, 0, len);

    take_value(req, bytes, nul != NULL ? (uint32_t)(nul - bytes) : len);
}

const struct xs_kind xs_kind_name = {.take = take_name, .end = end_value};

/* ---- numbers ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void add_digit(struct xs_request *req, char c)
{
    req->number = req->number * 10 + (uint64_t)(c - '0');
}

/* Places in an answer that is one number. */
enum { IN_NUMBER, NUMBER_ENDED, NO_NUMBER };

static void take_number(struct xs_request *req, const char *bytes, uint32_t len)
{
    for (uint32_t i = 0; i < len; i++) {
        if (req->place == IN_NUMBER && bytes[i] == 0)
            req->place = NUMBER_ENDED;
        else if (req->place == IN_NUMBER && is_digit(bytes[i]) && req->number <= UINT32_MAX)
            add_digit(req, bytes[i]);
        else
            req->place = NO_NUMBER;
    }
}

/* ---- transactions ---- */

static int end_start(struct xs_request *req, int status)
{
    if (status == 0 && (req->place == NO_NUMBER || req->number == 0 || req->number > UINT32_MAX))
        status = -EIO;
    req->tx = status == 0 ? (uint32_t)req->number : 0;
    return status;
}

const struct xs_kind xs_kind_transaction_start = {.take = take_number, .end = end_start};

static int end_end(struct xs_request *req, int status)
{
    req->tx = 0;
    return status;
}

const struct xs_kind xs_kind_transaction_end = {.end = end_end};

/* ---- permissions: a letter and a number for each, ended by NUL ---- */

enum { AT_MODE, IN_DOMID, NO_PERMS };

static bool is_mode(char c)
{
    return c == XS_PERM_NONE || c == XS_PERM_READ || c == XS_PERM_WRITE || c == XS_PERM_BOTH;
}

static void begin_perm(struct xs_request *req, char mode)
{
    struct xs_perm *perms = req->reply;

    req->place = is_mode(mode) ? IN_DOMID : NO_PERMS;
    req->number = 0;
    if (req->len < req->reply_size)
        perms[req->len].mode = mode;
}

static void end_perm(struct xs_request *req)
{
    struct xs_perm *perms = req->reply;

    if (req->len < req->reply_size)
        perms[req->len].domid = (uint16_t)req->number;
    req->len++;
    req->place = req->number <= UINT16_MAX ? AT_MODE : NO_PERMS;
}

static void take_perms(struct xs_request *req, const char *bytes, uint32_t len)
{
    for (uint32_t i = 0; i < len && req->place != NO_PERMS; i++) {
        if (req->place == AT_MODE)
            begin_perm(req, bytes[i]);
        else if (bytes[i] == 0)
            end_perm(req);
        else if (is_digit(bytes[i]) && req->number <= UINT16_MAX)
            add_digit(req, bytes[i]);
        else
            req->place = NO_PERMS;
    }
}

static int end_perms(struct xs_request *req, int status)
{
    if (status != 0)
        return status;
    if (req->place == IN_DOMID) /* should the last one have no NUL */
        end_perm(req);
    if (req->place == NO_PERMS)
        return -EIO;
    return req->len <= req->reply_size ? 0 : -EOVERFLOW;
}

const struct xs_kind xs_kind_perms = {.take = take_perms, .end = end_perms};

/* ---- lists: in one message, or in parts. A part is the node's generation, which counts its
 * changes, and some names; behind the last of all an empty one. ---- */

enum { IN_GENERATION, BEFORE_NAME, IN_NAME, BEHIND_ALL };

static void take_part(struct xs_request *req, const char *bytes, uint32_t len)
{
    for (uint32_t i = 0; i < len && req->place != BEHIND_ALL; i++) {
        bool is_end = bytes[i] == 0;

        if (req->place == IN_GENERATION && !is_end) {
            add_digit(req, bytes[i]); /* only compared: digits or not does not matter */
        } else if (req->place == BEFORE_NAME && is_end) {
            req->place = BEHIND_ALL;
        } else {
            if (req->place != IN_GENERATION)
                take_value(req, &bytes[i], 1);
            req->place = is_end ? BEFORE_NAME : IN_NAME;
        }
    }
}

static int end_part(struct xs_request *req, int status);

static const struct xs_kind kind_part = {.take = take_part, .end = end_part};

static int ask_for_part(struct xs_request *req, size_t offset)
{
    req->type = XS_DIRECTORY_PART;
    req->kind = &kind_part;
    req->len = offset;
    req->offset = (uint32_t)offset;
    req->part[1] = req->text;
    req->part_len[1] = (uint32_t)fmt_add(req->text, sizeof(req->text), 0, "%u%c", req->offset, 0);
    return XS_GO_ON;
}

/* A store that sends parts for ever meets the request's time-out. */
static int end_part(struct xs_request *req, int status)
{
    if (status != 0)
        return status;
    if (req->offset == 0)
        req->generation = req->number;
    else if (req->generation != req->number)
        return ask_for_part(req, 0);
    if (req->place == BEHIND_ALL)
        return end_value(req, 0);
    if (req->place == IN_NAME || req->len == req->offset)
        return -EIO; /* half a name, or none */
    return ask_for_part(req, req->len);
}

static int end_list(struct xs_request *req, int status)
{
    return status == -E2BIG ? ask_for_part(req, 0) : end_value(req, status);
}

const struct xs_kind xs_kind_list = {.take = take_value, .end = end_list};
