/* SPDX-License-Identifier: Apache-2.0
 *
 * libxenvchan's rules: see fake_vchan.h.
 */
#include "tests/host/xen/fake_vchan.h"

#include <string.h>

#include "tests/host/xen/fake_xen.h"

#define TOLD_OF_WRITES 1u
#define TOLD_OF_READS  2u
#define PAGE           4096u

uint32_t fake_vchan_word(const struct fake_vchan *vchan, size_t offset)
{
    uint32_t value;

    memcpy(&value, vchan->page + offset, sizeof(value));
    return value;
}

void fake_vchan_set_word(struct fake_vchan *vchan, size_t offset, uint32_t value)
{
    memcpy(vchan->page + offset, &value, sizeof(value));
}

static unsigned int order_at(const struct fake_vchan *vchan, size_t offset)
{
    return vchan->page[offset] | (unsigned int)vchan->page[offset + 1] << 8;
}

/* ---- events ---- */

static uint8_t *notify_of(struct fake_vchan *vchan, bool of_peer)
{
    return &vchan->page[vchan->is_server == of_peer ? VCHAN_CLI_NOTIFY : VCHAN_SRV_NOTIFY];
}

/* What the peer is to tell us of stands in its byte. */
static void request(struct fake_vchan *vchan, uint8_t what)
{
    *notify_of(vchan, true) |= what;
}

static void notify(struct fake_vchan *vchan, uint8_t what)
{
    uint8_t *bits = notify_of(vchan, false);
    bool asked = (*bits & what) != 0;

    *bits &= (uint8_t)~what;
    if (asked)
        fake_xen_event(vchan->port);
}

/* ---- memory ---- */

static size_t pages_of(unsigned int order)
{
    return order >= 12 ? (size_t)1 << (order - 12) : 0;
}

static uint8_t *data_of(const struct fake_vchan *vchan, unsigned int order, size_t pages_before)
{
    if (order < 12)
        return vchan->page + (order == 10 ? 1024 : 2048);
    return vchan->page + PAGE + pages_before * PAGE;
}

static void find_rings(struct fake_vchan *vchan)
{
    unsigned int left = order_at(vchan, VCHAN_LEFT_ORDER);
    unsigned int right = order_at(vchan, VCHAN_RIGHT_ORDER);
    uint8_t *left_data = data_of(vchan, left, 0);
    uint8_t *right_data = data_of(vchan, right, pages_of(left));

    /* Left is what the client writes. */
    vchan->write_order = vchan->is_server ? right : left;
    vchan->write_data = vchan->is_server ? right_data : left_data;
    vchan->read_order = vchan->is_server ? left : right;
    vchan->read_data = vchan->is_server ? left_data : right_data;
}

void fake_vchan_come(struct fake_vchan *vchan, uint8_t *page, uint32_t port)
{
    *vchan = (struct fake_vchan){.page = page, .port = port};
    find_rings(vchan);
    page[VCHAN_CLI_LIVE] = 1;
    page[VCHAN_SRV_NOTIFY] = TOLD_OF_WRITES;
    fake_xen_event(port);
}

void fake_vchan_go(struct fake_vchan *vchan)
{
    vchan->page[vchan->is_server ? VCHAN_SRV_LIVE : VCHAN_CLI_LIVE] = 0;
    fake_xen_event(vchan->port);
}

void fake_vchan_serve(struct fake_vchan *vchan, uint8_t *page, unsigned int left_order,
                      unsigned int right_order, uint32_t first_ref)
{
    *vchan = (struct fake_vchan){.page = page, .is_server = true};
    page[VCHAN_LEFT_ORDER] = (uint8_t)left_order;
    page[VCHAN_RIGHT_ORDER] = (uint8_t)right_order;
    page[VCHAN_CLI_LIVE] = 2;
    page[VCHAN_SRV_LIVE] = 1;
    page[VCHAN_CLI_NOTIFY] = TOLD_OF_WRITES;
    for (uint32_t i = 0; i < pages_of(left_order) + pages_of(right_order); i++)
        fake_vchan_set_word(vchan, VCHAN_GRANTS + 4 * i, first_ref + i);
    find_rings(vchan);
}

bool fake_vchan_is_open(const struct fake_vchan *vchan)
{
    return vchan->page[vchan->is_server ? VCHAN_CLI_LIVE : VCHAN_SRV_LIVE] != 0;
}

/* ---- data ---- */

static size_t index_at(const struct fake_vchan *vchan, bool is_write, bool is_prod)
{
    bool is_left = vchan->is_server != is_write;

    return (is_left ? 0u : 8u) + (is_prod ? 4u : 0u);
}

static uint32_t ready(const struct fake_vchan *vchan, bool is_write)
{
    uint32_t size = 1u << (is_write ? vchan->write_order : vchan->read_order);
    uint32_t used = fake_vchan_word(vchan, index_at(vchan, is_write, true)) -
                    fake_vchan_word(vchan, index_at(vchan, is_write, false));

    if (used > size)
        return 0;
    return is_write ? size - used : used;
}

static void move(struct fake_vchan *vchan, uint8_t *data, uint32_t len, bool is_write)
{
    size_t offset = index_at(vchan, is_write, is_write);
    uint32_t index = fake_vchan_word(vchan, offset);
    uint32_t size = 1u << (is_write ? vchan->write_order : vchan->read_order);

    for (uint32_t i = 0; i < len; i++) {
        uint8_t *byte = (is_write ? vchan->write_data : vchan->read_data) + (index + i) % size;

        if (is_write)
            *byte = data[i];
        else
            data[i] = *byte;
    }
    fake_vchan_set_word(vchan, offset, index + len);
    notify(vchan, is_write ? TOLD_OF_WRITES : TOLD_OF_READS);
}

static int transfer(struct fake_vchan *vchan, uint8_t *data, size_t size, bool is_write)
{
    uint32_t len = ready(vchan, is_write);

    if (len < size)
        request(vchan, is_write ? TOLD_OF_READS : TOLD_OF_WRITES);
    len = len < size ? len : (uint32_t)size;
    if (len != 0)
        move(vchan, data, len, is_write);
    return (int)len;
}

int fake_vchan_write(struct fake_vchan *vchan, const void *data, size_t size)
{
    if (!fake_vchan_is_open(vchan))
        return -1;
    return transfer(vchan, (uint8_t *)(uintptr_t)data, size, true);
}

int fake_vchan_read(struct fake_vchan *vchan, void *data, size_t size)
{
    int len = transfer(vchan, data, size, false);

    return len == 0 && !fake_vchan_is_open(vchan) ? -1 : len;
}
