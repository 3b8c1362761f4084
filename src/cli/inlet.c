#include "cli/inlet.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define WAITING_MAX 16

/* The way by the folder's descriptor is short, however long its name is: an address of a
 * socket has 108 bytes. */
static struct sockaddr_un address_of(const struct inlet *i)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	snprintf(address.sun_path, sizeof(address.sun_path), "/proc/self/fd/%d/%s", i->folder,
		 i->name);
	return address;
}

static void remove_file(const struct inlet *i)
{
	struct sockaddr_un address = address_of(i);

	if (i->world->remove(i->world, address.sun_path, NULL)) {
		/* There was none, or bind() says why it is in the way. */
	}
}

enum err inlet_open(struct inlet *out, struct world *w, const char *dir, const char *name,
		    struct fault *f)
{
	struct sockaddr_un address;

	*out = (struct inlet){ w, name, -1, -1 };
	out->folder = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	out->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	address = address_of(out);
	if (out->folder >= 0)
		remove_file(out);
	if (out->folder < 0 || out->listening < 0 ||
	    bind(out->listening, (struct sockaddr *)&address, sizeof(address)) ||
	    fchmodat(out->folder, name, 0600, 0) || listen(out->listening, WAITING_MAX))
		return fault(f, ERR_IO, "socket.not-made", dir, strerrordesc_np(errno));
	return OK;
}

void inlet_close(struct inlet *i)
{
	if (i->listening >= 0)
		close(i->listening);
	if (i->folder >= 0) {
		remove_file(i);
		close(i->folder);
	}
	i->folder = i->listening = -1;
}
