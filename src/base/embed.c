/* embed: the list that the build makes, searched by name. */
#include "base/embed.h"

#include "gen/embed.h"

static const struct {
	const char *name;
	const unsigned char *from, *to;
} files[] = {
#define FILE(name, from, to) { name, from, to },
	EMBEDDED(FILE)
#undef FILE
};

struct bytes embedded(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(files); i++)
		if (strcmp(files[i].name, name) == 0)
			return bytes_of(files[i].from, (size_t)(files[i].to - files[i].from));
	return (struct bytes){ NULL, 0 };
}
