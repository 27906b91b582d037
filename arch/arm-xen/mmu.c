/* SPDX-License-Identifier: Apache-2.0
 *
 * Short-descriptor page tables (ARM ARM B3.5), 4 KiB pages throughout: the image at its link address with a
 * permission for each section and a hole below each stack, and one window for everything else.
 */
#include "mmu.h"

#include <stdbool.h>
#include <stddef.h>

#include <arch/mem.h>

#include "kernel/arch.h"
#include "kernel/cfg.h"

#define MIB         0x100000u
#define IMAGE_BASE  0x80000000u
#define IMAGE_MIB   2u
#define WINDOW_BASE 0x90000000u
#define WINDOW_MIB                                                                                 \
    4u /* the device tree may have 2 MiB (ARCHITECTURE), Xen's pages and devices have the rest */
#define L2_ENTRIES   256u
#define WINDOW_PAGES (WINDOW_MIB * L2_ENTRIES)

#define L1_TABLE 0x1u
#define L1_SECTION_RX                                                                              \
    0x1940eu /* shareable, read-only, Normal, executable: only while head.S crosses over */
#define PAGE        0x2u
#define PAGE_XN     0x1u
#define PAGE_READ   0x210u /* privileged read-only */
#define PAGE_WRITE  0x010u /* privileged read-write */
#define PAGE_NORMAL 0x44cu /* shareable, TEX remap index 7 */
#define PAGE_DEVICE 0x004u /* TEX remap index 1 */

_Static_assert(L2_ENTRIES *PAGE_SIZE == MIB, "a second-level table maps 1 MiB");

__attribute__((section(".tables.l1"))) static uint32_t l1[4096];
__attribute__((section(".tables.l2"))) static uint32_t l2_image[IMAGE_MIB * L2_ENTRIES];
__attribute__((section(".tables.l2"))) static uint32_t l2_window[WINDOW_PAGES];

static uint32_t image_offset; /* intermediate physical address - virtual address, modulo 2^32 */
static unsigned int window_used;

/* linker/image.lds */
extern char image_start[], text_end[], rodata_end[], data_end[];
extern char fault_stack_low[], fault_stack_top[];

/* A global's address while the MMU is off. */
static void *at(const void *global, uint32_t offset)
{
    return (void *)((uintptr_t)global + offset);
}

static void clear(uint32_t *words, unsigned int count)
{
    for (unsigned int i = 0; i < count; i++) {
        *(volatile uint32_t *)&words[i] =
            0; /* volatile: no memset here, its tricks want the MMU on */
    }
}

static void map_image(const void *from, const void *to, uint32_t flags, uint32_t offset)
{
    uint32_t *const l2 = at(l2_image, offset);

    for (uintptr_t va = (uintptr_t)from; va < (uintptr_t)to; va += PAGE_SIZE) {
        l2[(va - IMAGE_BASE) / PAGE_SIZE] = (va + offset) | flags | PAGE;
    }
}

static void link_tables(uint32_t *first_level, uint32_t base, uint32_t *l2, uint32_t mibs,
                        uint32_t offset)
{
    for (uint32_t i = 0; i < mibs; i++) {
        const uint32_t table = (uint32_t)(uintptr_t)at(l2 + i * L2_ENTRIES, offset);

        first_level[base / MIB + i] = table | L1_TABLE;
    }
}

/* What lies between them stays unmapped. */
static void map_stacks(uint32_t flags, uint32_t offset)
{
    const struct stack_cfg *const stacks = at(cfg_stacks, offset);

    for (unsigned int i = 0; i < CFG_STACK_COUNT; i++) {
        map_image(stacks[i].low, stacks[i].top, flags, offset);
    }
    map_image(fault_stack_low, fault_stack_top, flags, offset);
}

uint32_t early_map(uint32_t offset)
{
    const uint32_t data = PAGE_NORMAL | PAGE_WRITE | PAGE_XN;
    const uint32_t here = (uint32_t)(uintptr_t)image_start + offset;
    uint32_t *const first_level = at(l1, offset);

    clear(first_level, sizeof(l1) / sizeof(l1[0]));
    clear(at(l2_image, offset), sizeof(l2_image) / sizeof(l2_image[0]));
    clear(at(l2_window, offset), sizeof(l2_window) / sizeof(l2_window[0]));

    map_image(image_start, text_end, PAGE_NORMAL | PAGE_READ, offset);
    map_image(text_end, rodata_end, PAGE_NORMAL | PAGE_READ | PAGE_XN, offset);
    map_image(rodata_end, data_end, data, offset);
    map_stacks(data, offset);
    link_tables(first_level, IMAGE_BASE, l2_image, IMAGE_MIB, offset);

    if (offset != 0) {
        if (first_level[here / MIB] != 0) {
            return 0;
        }
        first_level[here / MIB] = (here & ~(MIB - 1)) | L1_SECTION_RX;
    }
    return (uint32_t)(uintptr_t)first_level;
}

static void invalidate_tlb(void)
{
    __asm__ volatile("dsb ish\n\t"
                     "mcr p15, 0, %0, c8, c7, 0\n\t" /* TLBIALL */
                     "dsb ish\n\tisb"
                     :
                     : "r"(0)
                     : "memory");
}

void mmu_start(uint32_t offset)
{
    image_offset = offset;
    if (offset != 0) {
        l1[((uint32_t)(uintptr_t)image_start + offset) / MIB] = 0;
    }
    link_tables(l1, WINDOW_BASE, l2_window, WINDOW_MIB,
                offset); /* only now: it may be that entry */
    invalidate_tlb();
}

static uint32_t page_flags(enum mem_kind kind)
{
    switch (kind) {
    case MEM_READONLY:
        return PAGE_NORMAL | PAGE_READ | PAGE_XN | PAGE;
    case MEM_DEVICE:
        return PAGE_DEVICE | PAGE_WRITE | PAGE_XN | PAGE;
    case MEM_SHARED:
    default:
        return PAGE_NORMAL | PAGE_WRITE | PAGE_XN | PAGE;
    }
}

/* @return the window's first page of these, or WINDOW_PAGES if it has no room for them */
static unsigned int take_window(unsigned int pages)
{
    const arch_irq_t was = arch_irq_save(); /* against an ISR2 that maps, too */
    unsigned int first = WINDOW_PAGES;

    if (pages <= WINDOW_PAGES - window_used) {
        first = window_used;
        window_used += pages;
    }
    arch_irq_restore(was);
    return first;
}

void *mem_map(uint64_t ipa, size_t bytes, enum mem_kind kind)
{
    const uint32_t within = (uint32_t)ipa % PAGE_SIZE;
    const uint64_t end = ipa + bytes;
    unsigned int first;
    unsigned int pages;

    if (bytes == 0 || bytes > WINDOW_MIB * MIB || end > UINT64_C(0x100000000)) {
        return NULL;
    }
    pages = (unsigned int)((within + bytes + PAGE_SIZE - 1) / PAGE_SIZE);
    first = take_window(pages);
    if (first == WINDOW_PAGES) {
        return NULL;
    }
    for (unsigned int i = 0; i < pages; i++) {
        l2_window[first + i] = ((uint32_t)ipa - within + i * PAGE_SIZE) | page_flags(kind);
    }
    invalidate_tlb();
    return (void *)(uintptr_t)(WINDOW_BASE + first * PAGE_SIZE + within);
}

uint64_t mem_ipa(const void *inside_image)
{
    return (uint32_t)(uintptr_t)inside_image + image_offset;
}
