/*
 * large: tables in which one looks anywhere.
 *
 * Where a table lies is itself looked up, page by page of 4 KiB; of a table of a hundred
 * megabytes that is as dear as what is looked for.  With pages of 2 MiB it is not.
 */
#pragma once

#include <stddef.h>

/* Memory that was just had, and not yet written to, is better in large pages.  A hint: where
 * the system has none, or it is small, all stays as it is. */
void in_large_pages(void *at, size_t size);
