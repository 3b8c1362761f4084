/*
 * A command that asks a running server gets the answers that it would have given itself;
 * and whoever breaks off on the way loses nothing that was answered.
 */
#include "cli/socket.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "cli/wire.h"
#include "register/town_testing.h"

/* Somebody at a keyboard, of whom nothing is read from this process. */
struct hand {
	struct caller caller; /* first: its functions get it */
	struct buffer out, err;
	struct text in;		/* what standard input still holds */
	const char *passphrase; /* NULL: there is no terminal */
	size_t pieces_max;	/* so many are read of the answers, then nobody is there */
	sem_t *asked, *answer;	/* told when a passphrase is asked for; and waited for */
};

static bool put_out(struct caller *c, struct bytes b)
{
	struct hand *h = (struct hand *)c;

	if (!h->pieces_max)
		return false;
	h->pieces_max--;
	buffer_add(&h->out, b);
	return true;
}

static void put_err(struct caller *c, struct text t)
{
	buffer_text(&((struct hand *)c)->err, t);
}

/* Seven bytes at a time: lines come in pieces. */
static enum err take_in(struct caller *c, void *out, size_t size, size_t *got, struct fault *f)
{
	struct hand *h = (struct hand *)c;

	(void)f;
	*got = h->in.size < 7 ? h->in.size : 7;
	CHECK(*got <= size);
	memcpy(out, h->in.at, *got);
	h->in = (struct text){ h->in.at + *got, h->in.size - *got };
	return OK;
}

static enum err passphrase_of_terminal(struct caller *c, struct secret **out, const char *prompt,
				       struct fault *f)
{
	struct hand *h = (struct hand *)c;

	CHECK(strlen(prompt) > 0);
	if (h->asked)
		sem_post(h->asked);
	if (h->answer)
		sem_wait(h->answer);
	if (!h->passphrase)
		return fault(f, ERR_DENIED, "passphrase.no-terminal");
	return secret_of(out, bytes_of_text(text_of(h->passphrase)), f);
}

static enum err passphrase_of_fd(struct caller *c, struct secret **out, const char *number,
				 struct fault *f)
{
	if (strcmp(number, "3") != 0)
		return fault(f, ERR_INPUT, "passphrase.bad-descriptor", number);
	return passphrase_of_terminal(c, out, "3", f);
}

static struct hand hand_of(const char *account)
{
	return (struct hand){
		.caller = { .as = account,
			    .put_out = put_out,
			    .put_err = put_err,
			    .take_in = take_in,
			    .passphrase_of_fd = passphrase_of_fd,
			    .passphrase_of_terminal = passphrase_of_terminal },
		.in = TEXT(""),
		.passphrase = account,
		.pieces_max = SIZE_MAX,
	};
}

static void hand_end(struct hand *h)
{
	buffer_free(&h->out);
	buffer_free(&h->err);
}

static bool says(const struct buffer *b, const char *what)
{
	return b->size && memmem(b->at, b->size, what, strlen(what));
}

/* A town whose register is served. */
struct office {
	struct town town;
	struct cli_ground ground;
	struct socket_server *server;
};

static void office_open(struct office *o, uint64_t seed)
{
	struct fault f = { 0 };

	town_make(&o->town, seed);
	town_registers_family(&o->town);
	o->ground = (struct cli_ground){ &o->town.world.world, o->town.reg, o->town.atlas };
	CHECK_INT(socket_start(&o->server, &o->ground, o->town.dir, &f), OK);
}

static void office_close(struct office *o)
{
	socket_stop(o->server);
	town_end(&o->town);
}

#define WORDS_MAX 10

/* Run a command line of WORDS parted by blanks, "DIR" the register, over the socket. */
static enum ending runs_on(const struct cli_ground *ground, struct office *o, struct hand *h,
			   const char *line)
{
	char copy[256], *rest = copy, *words[WORDS_MAX + 1] = { "ikhtiar" };
	int count = 1;

	CHECK(strlen(line) < sizeof(copy));
	strcpy(copy, line);
	while (count < WORDS_MAX && (words[count] = strsep(&rest, " "))) {
		if (!strcmp(words[count], "DIR"))
			words[count] = o->town.dir;
		count++;
	}
	return cli_run_for(ground, &h->caller, count, words);
}

static enum ending runs(struct office *o, struct hand *h, const char *line)
{
	const struct cli_ground alone = { .world = world_real() };

	return runs_on(&alone, o, h, line);
}

/* So many lines that are each recorded, for standard input. */
static struct text withdrawals(struct town *t, char *out, size_t size, int count)
{
	char number[CASE_NUMBER_MAX];
	size_t at = 0;

	case_number_write(number, TEXT("PSH"), 26, 1);
	for (int i = 0; i < count; i++)
		at += (size_t)snprintf(out + at, size - at,
				       "{\"kind\":\"choice.withdrawn\",\"subject\":\"%s/1\","
				       "\"channel\":\"phone\"}\n",
				       number);
	CHECK(at < size && t->reg);
	return (struct text){ out, at };
}

TEST(through_the_socket_a_command_answers_as_it_does_here)
{
	static const char *const lines[] = {
		"status DIR --pass-fd 3",
		"status DIR --json --lang ur --pass-fd 3",
		"find DIR zarmina 1990 --pass-fd 3",
		"find DIR nobody-at-all --json --pass-fd 3",
		"movements DIR --pass-fd 3",
		"ready DIR PSH-26-00001-Q/9 --pass-fd 3",
		"verify DIR --pass-fd 3",
		"account DIR list --json --pass-fd 3",
		"account DIR close",
		"find DIR zarmina",
		"account DIR passphrase --pass-fd 3",
		"find DIR zarmina --pass-fd 4 --json",
		"find DIR zarmina --as nobody",
		"find DIR zarmina --at +1h",
		"show DIR PSH-26-00001-Q --purpose nothing --pass-fd 3",
		"import DIR no-such-list.csv --map kobo --pass-fd 3",
	};
	struct office o;

	office_open(&o, 1);
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		struct hand here = hand_of("registration"), there = hand_of("registration");
		enum ending ending = runs_on(&o.ground, &o, &here, lines[i]);

		CHECK_INT(runs(&o, &there, lines[i]), ending);
		CHECK(here.out.size || here.err.size);
		CHECK_INT(there.out.size, here.out.size);
		CHECK(!here.out.size || !memcmp(there.out.at, here.out.at, here.out.size));
		CHECK_INT(there.err.size, here.err.size);
		CHECK(!here.err.size || !memcmp(there.err.at, here.err.at, here.err.size));
		hand_end(&here);
		hand_end(&there);
	}
	office_close(&o);
}

TEST(standard_input_comes_over_and_each_line_is_answered)
{
	char lines[4096];
	struct office o;
	struct hand h = hand_of("counsellor");

	office_open(&o, 2);
	h.in = withdrawals(&o.town, lines, sizeof(lines), 5);
	CHECK_INT(runs(&o, &h, "record DIR --pass-fd 3"), DONE);
	CHECK(says(&h.out, "\"line\":5,\"recorded\""));
	CHECK_INT(town_person(&o.town, "@zarmina").fact_count, 6);
	hand_end(&h);
	office_close(&o);
}

TEST(what_a_client_was_answered_is_recorded_and_who_is_gone_records_no_more)
{
	static char lines[64 * 1024];
	char backup[TOWN_PATH_SIZE];
	struct reg_proof proof;
	struct office o;
	struct hand h = hand_of("counsellor");
	int recorded;

	office_open(&o, 3);
	h.in = withdrawals(&o.town, lines, sizeof(lines), 500);
	h.pieces_max = 3;
	CHECK_INT(runs(&o, &h, "record DIR --pass-fd 3"), FAILED);
	CHECK(says(&h.out, "\"line\":3,"));
	socket_stop(o.server);
	o.server = NULL;
	recorded = town_person(&o.town, "@zarmina").fact_count - 1;
	CHECK(recorded >= 3 && recorded < 500);
	CHECK_INT(reg_verify(o.town.reg, NULL, &proof, &o.town.fault), OK);
	CHECK(proof.folds_agree && !proof.damaged);
	snprintf(backup, sizeof(backup), "%.*s/backup", TEST_FOLDER_SIZE, o.town.folder);
	CHECK_INT(reg_backup(o.town.reg, backup, NULL, &o.town.fault), OK);
	hand_end(&h);
	office_close(&o);
}

TEST(a_passphrase_that_is_not_to_be_had_is_told_as_that)
{
	struct office o;
	struct hand h = hand_of("registration");

	office_open(&o, 4);
	h.passphrase = NULL;
	CHECK_INT(runs(&o, &h, "find DIR zarmina --pass-fd 3 --json"), NOT_ALLOWED);
	CHECK(says(&h.out, "passphrase.no-terminal"));
	CHECK_INT(runs(&o, &h, "find DIR zarmina --json --pass-fd seven"), WRONG_INPUT);
	CHECK(says(&h.out, "passphrase.bad-descriptor"));
	hand_end(&h);
	office_close(&o);
}

/* --- folders ------------------------------------------------------------------------- */

struct elsewhere {
	struct office *o;
	struct hand hand;
	enum ending ending;
};

static void *runs_in_a_folder(void *self)
{
	struct elsewhere *e = self;

	/* This thread alone goes there. */
	CHECK(!unshare(CLONE_FS) && !chdir(e->o->town.folder));
	e->ending = runs(e->o, &e->hand, "record DIR lines.jsonl --pass-file word");
	if (e->ending == DONE)
		e->ending = runs(e->o, &e->hand, "backup DIR backup --pass-file word");
	return NULL;
}

TEST(files_that_are_named_lie_in_the_clients_folder)
{
	char lines[1024], path[TOWN_PATH_SIZE];
	struct elsewhere e = { .hand = hand_of("counsellor") };
	struct world *w = world_real();
	struct office o;
	struct text in;
	pthread_t thread;
	uint64_t size;

	office_open(&o, 5);
	e.o = &o;
	in = withdrawals(&o.town, lines, sizeof(lines), 2);
	snprintf(path, sizeof(path), "%s/lines.jsonl", o.town.folder);
	CHECK_INT(file_save(w, path, bytes_of_text(in), NULL), OK);
	snprintf(path, sizeof(path), "%s/word", o.town.folder);
	CHECK_INT(file_save(w, path, bytes_of_text(TEXT("counsellor\n")), NULL), OK);
	CHECK(!pthread_create(&thread, NULL, runs_in_a_folder, &e));
	pthread_join(thread, NULL);
	CHECK_INT(e.ending, DONE);
	CHECK_INT(town_person(&o.town, "@zarmina").fact_count, 3);
	snprintf(path, sizeof(path), "%s/backup", o.town.folder);
	CHECK_INT(w->file_size(w, path, &size, NULL), OK);
	hand_end(&e.hand);
	office_close(&o);
}

/* --- many, and none -------------------------------------------------------------------- */

#define CLIENTS (SOCKET_CLIENTS_MAX + 8)

static void *finds(void *self)
{
	struct elsewhere *e = self;

	e->ending = runs(e->o, &e->hand, "find DIR zarmina 1990 --pass-fd 3");
	return NULL;
}

TEST(more_clients_than_there_are_places_are_served_one_after_another)
{
	static struct elsewhere all[CLIENTS];
	pthread_t threads[CLIENTS];
	struct office o;

	office_open(&o, 6);
	for (int i = 0; i < CLIENTS; i++) {
		all[i] = (struct elsewhere){ .o = &o, .hand = hand_of("registration") };
		CHECK(!pthread_create(&threads[i], NULL, finds, &all[i]));
	}
	for (int i = 0; i < CLIENTS; i++) {
		pthread_join(threads[i], NULL);
		CHECK_INT(all[i].ending, DONE);
		CHECK(says(&all[i].hand.out, "Zarmina"));
		hand_end(&all[i].hand);
	}
	office_close(&o);
}

TEST(a_server_that_stops_does_not_wait_for_somebody_who_types)
{
	struct elsewhere e = { .hand = hand_of("registration") };
	sem_t asked, answer;
	struct office o;
	pthread_t thread;

	office_open(&o, 7);
	e.o = &o;
	sem_init(&asked, 0, 0);
	sem_init(&answer, 0, 0);
	e.hand.asked = &asked;
	e.hand.answer = &answer;
	CHECK(!pthread_create(&thread, NULL, finds, &e));
	sem_wait(&asked);
	socket_stop(o.server);
	o.server = NULL;
	sem_post(&answer);
	pthread_join(thread, NULL);
	CHECK_INT(e.ending, FAILED);
	CHECK(says(&e.hand.err, "stopped before the work was done"));
	hand_end(&e.hand);
	office_close(&o);
}

/* --- whatever connects ------------------------------------------------------------------ */

static struct wire *connects(struct office *o)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct wire *w = calloc(1, sizeof(*w));
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	CHECK(w && fd >= 0);
	CHECK(snprintf(address.sun_path, sizeof(address.sun_path), "%s/" SOCKET_NAME, o->town.dir) <
	      (int)sizeof(address.sun_path));
	CHECK(!connect(fd, (struct sockaddr *)&address, sizeof(address)));
	wire_begin(w, fd);
	return w;
}

/* What comes for this hello: the status with which it ends; -1: it was not served. */
static int ending_of_hello(struct office *o, struct bytes hello, bool with_folder)
{
	struct wire *w = connects(o);
	int folder = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC), ending = -1;
	struct frame frame;

	CHECK(with_folder ? wire_put_first(w, hello, folder) : wire_put(w, FRAME_HELLO, hello));
	while (ending < 0 && wire_take(w, &frame) && frame.sort != FRAME_FAULT)
		if (frame.sort == FRAME_END)
			ending = frame.body.at[0];
	close(folder);
	wire_end(w);
	free(w);
	return ending;
}

TEST(who_says_something_else_than_hello_is_turned_away)
{
	static const char rules[] = "\x01\0\0\0ikhtiar\0rules";
	static const char init[] = "\x01\0\0\0ikhtiar\0init\0somewhere";
	static const char status[] = "\x01\0\0\0ikhtiar\0status\0x";
	struct office o;

	office_open(&o, 8);
	CHECK_INT(ending_of_hello(&o, bytes_of(status, sizeof(status)), true), DONE);
	CHECK_INT(ending_of_hello(&o, bytes_of(status, sizeof(status)), false), -1);
	CHECK_INT(ending_of_hello(&o, bytes_of("\x02", 1), true), -1);
	CHECK_INT(ending_of_hello(&o, bytes_of("", 0), true), -1);
	/* A server makes no registers, and needs nobody to read the rules. */
	CHECK_INT(ending_of_hello(&o, bytes_of(init, sizeof(init)), true), WRONG_INPUT);
	CHECK_INT(ending_of_hello(&o, bytes_of(rules, sizeof(rules)), true), WRONG_INPUT);
	office_close(&o);
}

/* What a killed server left behind is no obstacle, for the next one or for a command. */
TEST(a_socket_behind_which_nobody_is_left_is_in_nobodys_way)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char path[TOWN_PATH_SIZE + 8];
	struct office o;
	struct hand h = hand_of(NULL);
	uint64_t size;

	office_open(&o, 9);
	socket_stop(o.server);
	snprintf(path, sizeof(path), "%s/" SOCKET_NAME, o.town.dir);
	CHECK_INT(world_real()->file_size(world_real(), path, &size, NULL), ERR_NOT_FOUND);
	CHECK(strlen(path) < sizeof(address.sun_path));
	strcpy(address.sun_path, path);
	CHECK(!bind(fd, (struct sockaddr *)&address, sizeof(address)));
	close(fd);
	/* The town has its register open: without a server the command cannot. */
	CHECK_INT(runs(&o, &h, "status DIR"), BUSY);
	CHECK_INT(socket_start(&o.server, &o.ground, o.town.dir, &o.town.fault), OK);
	CHECK_INT(runs(&o, &h, "status DIR"), DONE);
	hand_end(&h);
	office_close(&o);
}

TEST(where_no_socket_can_be_made_that_is_told)
{
	struct socket_server *none = NULL;
	char path[TOWN_PATH_SIZE + 16];
	struct office o;

	office_open(&o, 10);
	snprintf(path, sizeof(path), "%s/nowhere", o.town.folder);
	CHECK_FAULT(socket_start(&none, &o.ground, path, &o.town.fault), ERR_IO, &o.town.fault,
		    "socket.not-made");
	CHECK(!none);
	office_close(&o);
}

RUN_TESTS()
