/*
 * The words of fields stand as they are typed; nothing here is translated.
 */
#include "fact/where.h"

#include <stdio.h>

const char *where_write(char out[WHERE_SIZE], const struct where *w)
{
	char item[16] = "";

	if (w->item)
		snprintf(item, sizeof item, " %u", w->item);
	snprintf(out, WHERE_SIZE, "%s%s%s%s", w->field->word, item, w->part ? ": " : "",
		 w->part ? w->part->word : "");
	return out;
}
