/* A hint to the system. */
#include "match/large.h"

#include <stdint.h>
#include <sys/mman.h>

#define PAGE_SIZE ((uintptr_t)2 << 20)

void in_large_pages(void *at, size_t size)
{
	uintptr_t from = ((uintptr_t)at + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1);
	uintptr_t to = ((uintptr_t)at + size) & ~(PAGE_SIZE - 1);

	if (at && from < to)
		(void)madvise((void *)from, to - from, MADV_HUGEPAGE);
}
