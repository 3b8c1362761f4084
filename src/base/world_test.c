#include "base/world.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/test.h"
#include "base/world_testing.h"

struct place {
	char folder[TEST_FOLDER_SIZE];
	char path[TEST_FOLDER_SIZE + 16];
	struct arena *arena;
	struct world_simulated simulated;
};

static struct place *new_place(void)
{
	static struct place place;

	test_folder_make(place.folder);
	snprintf(place.path, sizeof(place.path), "%s/file", place.folder);
	CHECK(!arena_new(&place.arena, 1 << 20));
	world_simulated_init(&place.simulated, 1);
	return &place;
}

static void leave(struct place *p)
{
	arena_free(p->arena);
	test_folder_remove(p->folder);
}

static unsigned mode_of(const char *path)
{
	struct stat st;

	CHECK(stat(path, &st) == 0);
	return st.st_mode & 0777;
}

TEST(a_file_that_was_saved_is_loaded_and_is_for_its_owner_alone)
{
	struct place *p = new_place();
	struct bytes b;

	CHECK(!file_save(world_real(), p->path, bytes_of("stay", 4), NULL));
	CHECK(!file_load(&b, p->arena, world_real(), p->path, 4, NULL));
	CHECK(bytes_same(b, bytes_of("stay", 4)));
	CHECK_INT(mode_of(p->path), 0600);
	CHECK(!file_save(world_real(), p->path, bytes_of("go", 2), NULL));
	CHECK(!file_load(&b, p->arena, world_real(), p->path, 4, NULL));
	CHECK(bytes_same(b, bytes_of("go", 2)));
	leave(p);
}

TEST(a_file_larger_than_asked_for_is_refused)
{
	struct place *p = new_place();
	struct fault f;
	struct bytes b;

	CHECK(!file_save(world_real(), p->path, bytes_of("stay", 4), NULL));
	CHECK_FAULT(file_load(&b, p->arena, world_real(), p->path, 3, &f), ERR_LIMIT, &f,
		    "file.too-large");
	CHECK_INT(b.size, 0);
	leave(p);
}

TEST(faults_of_the_disk_name_the_file)
{
	struct place *p = new_place();
	struct world *w = world_real();
	struct file *file = NULL;
	struct fault f;
	uint64_t size;

	CHECK_FAULT(w->file_open(w, &file, p->path, FILE_READ, &f), ERR_NOT_FOUND, &f,
		    "file.not-found");
	CHECK_TEXT(f.values[0], p->path);
	CHECK(!w->file_open(w, &file, p->path, FILE_CREATE, NULL));
	w->file_close(file);
	CHECK_FAULT(w->file_open(w, &file, p->path, FILE_CREATE, &f), ERR_BUSY, &f, "file.exists");
	CHECK(!file);
	CHECK_FAULT(w->folder_make(w, p->path, &f), ERR_BUSY, &f, "file.exists");
	CHECK_FAULT(w->folder_make(w, p->folder, &f), ERR_BUSY, &f, "file.folder-not-empty");
	CHECK(!w->file_size(w, p->path, &size, NULL));
	CHECK_INT(size, 0);
	CHECK(!w->remove(w, p->path, NULL));
	CHECK_FAULT(w->remove(w, p->path, &f), ERR_NOT_FOUND, &f, "file.not-found");
	w->file_close(NULL);
	leave(p);
}

TEST(a_full_disk_is_called_that)
{
	struct world *w = world_real();
	struct file *file = NULL;
	struct fault f;

	if (access("/dev/full", W_OK))
		return;
	CHECK(!w->file_open(w, &file, "/dev/full", FILE_REPLACE, NULL));
	CHECK_FAULT(w->file_write(file, bytes_of("x", 1), &f), ERR_FULL, &f, "file.disk-full");
	w->file_close(file);
}

TEST(an_empty_folder_is_taken_and_closed_to_others)
{
	struct place *p = new_place();

	CHECK(chmod(p->folder, 0755) == 0);
	CHECK(!world_real()->folder_make(world_real(), p->folder, NULL));
	CHECK_INT(mode_of(p->folder), 0700);
	CHECK(!world_real()->folder_make(world_real(), p->path, NULL));
	CHECK_INT(mode_of(p->path), 0700);
	leave(p);
}

/* Each call to the disk fails in turn. */
/* Files of the system's own take no mode, as none on a FAT stick does. */
TEST(a_file_that_can_have_no_mode_of_its_own_is_written_all_the_same)
{
	struct file *file = NULL;
	struct fault f = { 0 };
	struct world *w = world_real();

	CHECK((mode_of("/proc/self/comm") & 0177) != 0);
	CHECK_INT(w->file_open(w, &file, "/proc/self/comm", FILE_REPLACE, &f), OK);
	CHECK_INT(w->file_write(file, bytes_of("stick", 5), &f), OK);
	w->file_close(file);
}

TEST(what_is_added_to_a_file_stands_at_its_end)
{
	struct place *p = new_place();
	struct world *w = world_real();
	struct file *file = NULL;
	struct fault f = { 0 };
	struct bytes b;

	CHECK_FAULT(w->file_open(w, &file, p->path, FILE_APPEND, &f), ERR_NOT_FOUND, &f,
		    "file.not-found");
	CHECK_INT(file_save(w, p->path, bytes_of("one ", 4), &f), OK);
	CHECK_INT(w->file_open(w, &file, p->path, FILE_APPEND, &f), OK);
	CHECK_INT(w->file_write(file, bytes_of("two", 3), &f), OK);
	CHECK_INT(w->file_sync(file, &f), OK);
	CHECK_INT(w->file_forget(file, &f), OK);
	w->file_close(file);
	CHECK_INT(file_load(&b, p->arena, w, p->path, 100, &f), OK);
	CHECK_TEXT(((struct text){ (const char *)b.at, b.size }), "one two");
	leave(p);
}

TEST(a_medium_says_how_much_room_it_has)
{
	struct place *p = new_place();
	struct world *w = world_real();
	struct medium m;
	struct fault f = { 0 };

	CHECK_INT(w->medium(w, p->path, &m, &f), OK);
	CHECK(m.room > 0 && m.file_max > UINT32_MAX);
	CHECK_FAULT(w->medium(w, "/no such folder/file", &m, &f), ERR_NOT_FOUND, &f,
		    "file.not-found");
	leave(p);
}

TEST(saving_that_fails_anywhere_leaves_the_file_as_it_was)
{
	struct place *p = new_place();
	struct world_simulated *s = &p->simulated;
	uint64_t calls;

	CHECK(!file_save(&s->world, p->path, bytes_of("before", 6), NULL));
	calls = s->disk_calls;
	CHECK_INT(calls, 4);
	for (uint64_t n = 1; n <= calls; n++) {
		struct fault f;
		struct bytes b;

		world_simulated_init(s, 1);
		s->disk_fail_at = n;
		CHECK_FAULT(file_save(&s->world, p->path, bytes_of("after", 5), &f), ERR_IO, &f,
			    "file.failed");
		CHECK(!file_load(&b, p->arena, world_real(), p->path, 100, NULL));
		CHECK(bytes_same(b, bytes_of("before", 6)));
		CHECK(access(p->path, F_OK) == 0);
		strcat(p->path, ".new");
		CHECK(access(p->path, F_OK) != 0);
		p->path[strlen(p->path) - 4] = 0;
	}
	leave(p);
}

TEST(a_simulated_world_moves_only_by_hand_and_repeats_its_chance)
{
	struct world_simulated a, b;
	uint8_t from_a[40], from_b[40];

	world_simulated_init(&a, 5);
	world_simulated_init(&b, 5);
	CHECK_INT(a.world.now_ms(&a.world), INT64_C(1795496400000));
	world_wait(&a, 1500);
	CHECK_INT(a.world.now_ms(&a.world) - b.world.now_ms(&b.world), 1500);
	CHECK_INT(a.world.steady_ms(&a.world) - b.world.steady_ms(&b.world), 1500);
	a.world.chance(&a.world, from_a, sizeof(from_a));
	b.world.chance(&b.world, from_b, 10);
	b.world.chance(&b.world, from_b + 10, 30);
	CHECK(memcmp(from_a, from_b, sizeof(from_a)) == 0);
}

TEST(a_world_at_a_time_stands_there)
{
	struct world_at at;

	world_at_init(&at, 42);
	CHECK_INT(at.world.now_ms(&at.world), 42);
	at.at_ms = 43;
	CHECK_INT(at.world.now_ms(&at.world), 43);
}

static int64_t steady_now;

static int64_t steady_by_hand(struct world *w)
{
	(void)w;
	return steady_now;
}

TEST(a_world_that_runs_goes_on_from_where_it_stood)
{
	struct world_at w;

	world_at_init(&w, 1743739200000);
	w.world.steady_ms = steady_by_hand;
	steady_now = 5000;
	world_at_run(&w);
	CHECK_INT(w.world.now_ms(&w.world), 1743739200000);
	steady_now = 66000;
	CHECK_INT(w.world.now_ms(&w.world), 1743739261000);

	/* Told again, it does not begin anew. */
	world_at_run(&w);
	CHECK_INT(w.world.now_ms(&w.world), 1743739261000);
}

static int listen_as_manager(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	strcpy(at.sun_path, path);
	CHECK(fd >= 0 && !bind(fd, (struct sockaddr *)&at, sizeof(at)));
	return fd;
}

TEST(whoever_started_this_process_hears_each_message_as_one)
{
	struct world *w = world_real();
	struct place *p = new_place();
	struct fault f = { 0 };
	struct file *to;
	char heard[20];
	int fd;

	unsetenv("NOTIFY_SOCKET");
	CHECK_FAULT(w->manager(w, &to, &f), ERR_NOT_FOUND, &f, "file.not-found");
	setenv("NOTIFY_SOCKET", "relative", 1);
	CHECK_FAULT(w->manager(w, &to, &f), ERR_NOT_FOUND, &f, "file.not-found");
	setenv("NOTIFY_SOCKET", p->path, 1);
	CHECK_FAULT(w->manager(w, &to, &f), ERR_NOT_FOUND, &f, "file.not-found");
	fd = listen_as_manager(p->path);
	CHECK_INT(w->manager(w, &to, &f), OK);
	CHECK_INT(w->file_write(to, bytes_of("READY=1", 7), &f), OK);
	CHECK_INT(w->file_write(to, bytes_of("STOPPING=1", 10), &f), OK);
	CHECK_INT(recv(fd, heard, sizeof(heard), 0), 7);
	CHECK_INT(recv(fd, heard, sizeof(heard), 0), 10);
	w->file_close(to);
	close(fd);
	unsetenv("NOTIFY_SOCKET");
	leave(p);
}

TEST(chance_drawn_by_the_page_is_given_out_once_and_wiped)
{
	static const uint8_t zeros[WORLD_DRAWN_SIZE];
	struct world_simulated a, b;
	struct world_drawing d;
	uint8_t page[WORLD_DRAWN_SIZE], more[WORLD_DRAWN_SIZE + 1], got[WORLD_DRAWN_SIZE];

	world_simulated_init(&a, 5);
	world_simulated_init(&b, 5);
	b.world.chance(&b.world, page, sizeof(page));
	world_drawing_init(&d, &a.world);
	for (size_t at = 0; at < sizeof(page); at += 32)
		d.world.chance(&d.world, got + at, 32);
	CHECK(memcmp(got, page, sizeof(page)) == 0);
	CHECK(memcmp(d.drawn, zeros, sizeof(zeros)) == 0);
	/* The rest of a page that is too short is left, and the next one begun. */
	b.world.chance(&b.world, page, sizeof(page));
	d.world.chance(&d.world, got, 4090);
	d.world.chance(&d.world, got, 7);
	b.world.chance(&b.world, page, sizeof(page));
	CHECK(memcmp(got, page, 7) == 0);
	d.world.chance(&d.world, more, sizeof(more));
	CHECK(memcmp(more, zeros, 32) != 0);
	world_drawing_wipe(&d);
	CHECK(memcmp(d.drawn, zeros, sizeof(zeros)) == 0);
}

TEST(the_real_world_is_not_asleep)
{
	struct world *w = world_real();
	uint8_t a[32] = { 0 }, b[32] = { 0 };

	CHECK(w->now_ms(w) > INT64_C(1700000000000));
	CHECK(w->steady_ms(w) <= w->steady_ms(w));
	w->chance(w, a, sizeof(a));
	w->chance(w, b, sizeof(b));
	CHECK(memcmp(a, b, sizeof(a)) != 0);
}

TEST(a_file_that_cannot_be_seen_just_now_is_not_told_as_missing)
{
	struct place *p = new_place();
	struct world *w = &p->simulated.world;
	struct fault f = { 0 };

	CHECK_INT(file_check_free(w, p->path, "file.exists", &f), OK);
	CHECK(!file_save(w, p->path, bytes_of("stay", 4), NULL));
	CHECK_FAULT(file_check_free(w, p->path, "file.exists", &f), ERR_BUSY, &f, "file.exists");
	p->simulated.disk_fail_at = p->simulated.disk_calls + 1;
	CHECK_FAULT(file_check_free(w, p->path, "file.exists", &f), ERR_IO, &f, "file.failed");
	leave(p);
}

RUN_TESTS()
