/*
 * No name on the disk: canaries are planted in every field that may hold one, then
 * every file that was ever written is searched for them, in every form in which
 * something could have kept them.
 *
 * A search that finds nothing proves something only if it would have found it: so each
 * form of each canary is also written in plain to a file of its own, and must be found
 * there.
 */
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/utf8.h"
#include "register/inside.h"
#include "register/town_testing.h"

#define FILE_MAX ((size_t)64 * 1024 * 1024)
#define FORM_MAX 512

static const char *const canaries[] = {
	"Qanaryzarmina",
	"Qanaryhabib",
	"قناریزرمینه",
	"00000-7654321-9",
	"00000 5551234",
	"Qanary Mohalla",
	"they came at night qanary",
	"qanary-list-77",
	"Qanarywitness",
	"qanary-officer",
};

/* --- forms ---------------------------------------------------------------------- */

struct form {
	uint8_t at[FORM_MAX];
	size_t size;
};

static void wide(struct form *out, struct text t, bool big_endian)
{
	uint32_t c;

	out->size = 0;
	while (utf8_next(&t, &c)) {
		CHECK(c < 0x10000 && out->size + 2 <= FORM_MAX);
		out->at[out->size++] = (uint8_t)(big_endian ? c >> 8 : c);
		out->at[out->size++] = (uint8_t)(big_endian ? c : c >> 8);
	}
}

static void narrow(struct form *out, struct text t)
{
	CHECK(t.size <= FORM_MAX);
	memcpy(out->at, t.at, t.size);
	out->size = t.size;
}

/* As it was typed; folded; without its blanks and dashes; as a phonetic key would have
 * it, without vowels; each in three encodings. */
enum { SPELLINGS = 4, ENCODINGS = 3 };

static struct text consonants(struct arena *a, struct text t)
{
	char *at = arena_take(a, t.size + 1);
	size_t size = 0;

	CHECK(at);
	for (size_t i = 0; i < t.size; i++)
		if (!strchr("aeiou -", t.at[i]))
			at[size++] = t.at[i];
	return (struct text){ at, size };
}

static void form_of(struct form *out, struct arena *a, const char *canary, int spelling,
		    int encoding)
{
	struct text t = text_of(canary);

	if (spelling == 1)
		t = text_fold(a, t);
	if (spelling == 2)
		t = plain_number(a, t);
	if (spelling == 3)
		t = consonants(a, text_fold(a, t));
	CHECK(t.at && t.size >= 5);
	if (encoding == 0)
		narrow(out, t);
	else
		wide(out, t, encoding == 2);
}

static bool holds(struct bytes file, const struct form *form)
{
	return memmem(file.at, file.size, form->at, form->size) != NULL;
}

/* --- all files of a folder ------------------------------------------------------ */

struct searching {
	struct world *world;
	bool expected; /* what is found is told only where nothing should be */
	size_t files, found;
};

static void search_file(struct searching *x, const char *path)
{
	struct arena *a = NULL;
	struct bytes file;

	CHECK_INT(arena_new(&a, 2 * FILE_MAX), OK);
	CHECK_INT(file_load(&file, a, x->world, path, FILE_MAX, NULL), OK);
	x->files++;
	for (size_t c = 0; c < COUNT_OF(canaries); c++)
		for (int form = 0; form < SPELLINGS * ENCODINGS; form++) {
			struct form f;

			form_of(&f, a, canaries[c], form / ENCODINGS, form % ENCODINGS);
			if (!holds(file, &f))
				continue;
			x->found++;
			if (!x->expected)
				fprintf(stderr, "%s holds “%s” in form %d\n", path, canaries[c],
					form);
		}
	arena_free(a);
}

static void search(struct searching *x, const char *folder)
{
	struct dirent *entry;
	DIR *dir = opendir(folder);

	CHECK(dir);
	while ((entry = readdir(dir))) {
		char path[512];
		struct stat s;

		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		CHECK(!stat(path, &s));
		if (S_ISDIR(s.st_mode))
			search(x, path);
		else
			search_file(x, path);
	}
	closedir(dir);
}

static void check_no_canary(struct town *t, size_t files_least)
{
	struct searching x = { .world = &t->world.world };

	search(&x, t->folder);
	CHECK(x.files >= files_least);
	CHECK_INT(x.found, 0);
}

/* --- the planting --------------------------------------------------------------- */

static void plant(struct town *t)
{
	struct session officer;
	struct secret *s = NULL;

	CHECK_INT(secret_of(&s, bytes_of_text(TEXT("anything")), NULL), OK);
	CHECK_INT(reg_account_open(t->reg, &t->as[ROLE_ADMINISTRATOR], TEXT("qanary-officer"),
				   ROLE_BIT(BORDER), 0, s, &officer.account, &t->fault),
		  OK);
	secret_free(s);
	town_records(t, ROLE_REGISTRATION,
		     "[{\"kind\": \"household.registered\", \"subject\": \"@household\","
		     "  \"residence\": \"PK5\", \"address\": \"Qanary Mohalla\","
		     "  \"phone\": \"00000 5551234\", \"source_key\": \"qanary-list-77\"},"
		     " {\"kind\": \"person.registered\", \"subject\": \"@zarmina\","
		     "  \"household\": \"@household\", \"given\": \"قناریزرمینه\","
		     "  \"given_latin\": \"Qanaryzarmina\", \"father_latin\": \"Qanaryhabib\","
		     "  \"sex\": \"female\", \"birth_year\": 1990, \"group\": \"por\","
		     "  \"documents\": [{\"kind\": \"por\", \"number\": \"00000-7654321-9\"}]}]");
	town_records(
		t, ROLE_PROTECTION,
		"{\"kind\": \"pressure.reported\", \"subject\": \"@zarmina\", \"sort\": \"threat\","
		" \"reporter\": \"person\", \"note\": \"they came at night qanary\"}");
	town_records(t, ROLE_REGISTRATION,
		     "{\"kind\": \"person.amended\", \"subject\": \"@zarmina\","
		     " \"family_latin\": \"Qanarywitness\"}");
}

TEST(every_form_of_every_canary_would_be_found)
{
	char folder[TEST_FOLDER_SIZE], path[TEST_FOLDER_SIZE + 16];
	struct searching x = { .world = world_real(), .expected = true };
	size_t planted = 0;

	test_folder_make(folder);
	snprintf(path, sizeof(path), "%s/plain", folder);
	for (size_t c = 0; c < COUNT_OF(canaries); c++)
		for (int form = 0; form < SPELLINGS * ENCODINGS; form++) {
			size_t before = x.found;
			struct arena *a = NULL;
			struct form f;

			CHECK_INT(arena_new(&a, 1 << 16), OK);
			form_of(&f, a, canaries[c], form / ENCODINGS, form % ENCODINGS);
			CHECK_INT(file_save(world_real(), path, bytes_of(f.at, f.size), NULL), OK);
			search(&x, folder);
			planted += x.found > before;
			arena_free(a);
		}
	CHECK_INT(planted, COUNT_OF(canaries) * SPELLINGS * ENCODINGS);
	test_folder_remove(folder);
}

TEST(no_file_ever_holds_a_name_or_a_number)
{
	char backup[TOWN_PATH_SIZE];
	struct town t;

	town_make(&t, 1);
	plant(&t);
	check_no_canary(&t, 2); /* the register while it is open, and its WAL */
	snprintf(backup, sizeof(backup), "%s/backup", t.folder);
	CHECK_INT(reg_backup(t.reg, backup, NULL, &t.fault), OK);
	check_no_canary(&t, 3);
	town_records(&t, ROLE_PROTECTION,
		     "{\"kind\": \"person.erased\", \"subject\": \"@zarmina\","
		     " \"reason\": \"person-asked\"}");
	town_close(&t);
	check_no_canary(&t, 3);
	town_end(&t);
}

/* Killed in the middle of its work: what is left lies as it lay. */
TEST(a_killed_program_leaves_no_name_behind)
{
	struct searching x = { .world = world_real() };
	char folder[TEST_FOLDER_SIZE];
	int report[2], status;
	pid_t child;

	CHECK(!pipe(report));
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		struct town t;

		town_make(&t, 2);
		plant(&t);
		if (write(report[1], t.folder, sizeof(t.folder)) == sizeof(t.folder))
			kill(getpid(), SIGKILL);
		_exit(1);
	}
	CHECK_INT(read(report[0], folder, sizeof(folder)), sizeof(folder));
	CHECK_INT(waitpid(child, &status, 0), child);
	CHECK(WIFSIGNALED(status));
	search(&x, folder);
	CHECK(x.files >= 2);
	CHECK_INT(x.found, 0);
	close(report[0]);
	close(report[1]);
	test_folder_remove(folder);
}

RUN_TESTS()
