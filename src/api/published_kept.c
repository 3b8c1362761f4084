/*
 * published_kept: public pages as they were written, until anything is recorded.
 *
 * A page reads every figure and every instrument, and who reads it is many.  So each is kept
 * under what it depends on: its address, its language, the day at the site and the moment of
 * the register.  The oldest gives way; what is large is not kept.
 */
#include <stdlib.h>

#include "api/published.h"

#define PAGES_MAX 96
#define PAGE_KEPT_MAX ((size_t)512 << 10)
#define ADDRESS_SIZE_MAX 160

struct kept_page {
	char address[ADDRESS_SIZE_MAX];
	size_t address_size;
	enum words_language language;
	int32_t day;
	uint64_t moment;
	uint8_t *body; /* NULL: nothing is kept here */
	size_t size;
};

struct kept_pages {
	pthread_mutex_t lock;
	size_t next;
	struct kept_page at[PAGES_MAX];
};

enum err kept_pages_new(struct kept_pages **out, struct fault *f)
{
	struct kept_pages *k = calloc(1, sizeof(*k));

	*out = k;
	if (!k)
		return fault(f, ERR_MEMORY, "memory.none");
	pthread_mutex_init(&k->lock, NULL);
	return OK;
}

void kept_pages_free(struct kept_pages *k)
{
	if (!k)
		return;
	for (size_t i = 0; i < PAGES_MAX; i++)
		free(k->at[i].body);
	pthread_mutex_destroy(&k->lock);
	free(k);
}

static bool is_page(const struct kept_page *page, const struct page_key *key)
{
	return page->body && page->moment == key->moment && page->day == key->day &&
	       page->language == key->language &&
	       text_same((struct text){ page->address, page->address_size }, key->address);
}

bool kept_pages_give(struct kept_pages *k, const struct page_key *key, struct buffer *out)
{
	bool found = false;

	pthread_mutex_lock(&k->lock);
	for (size_t i = 0; !found && i < PAGES_MAX; i++)
		if ((found = is_page(&k->at[i], key)))
			buffer_add(out, bytes_of(k->at[i].body, k->at[i].size));
	pthread_mutex_unlock(&k->lock);
	return found;
}

void kept_pages_take(struct kept_pages *k, const struct page_key *key, struct bytes body)
{
	struct kept_page page = { .address_size = key->address.size,
				  .language = key->language,
				  .day = key->day,
				  .moment = key->moment,
				  .size = body.size };
	struct kept_page *place;

	if (!body.size || body.size > PAGE_KEPT_MAX || key->address.size > sizeof(page.address) ||
	    !(page.body = malloc(body.size)))
		return;
	memcpy(page.address, key->address.at, key->address.size);
	memcpy(page.body, body.at, body.size);
	pthread_mutex_lock(&k->lock);
	place = &k->at[k->next++ % PAGES_MAX];
	free(place->body);
	*place = page;
	pthread_mutex_unlock(&k->lock);
}
