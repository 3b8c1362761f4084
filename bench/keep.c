/*
 * keep: what an operator does in the evening: verify, and back up; and copying the
 * same file, which a backup cannot beat.
 */
#include "bench.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PIECE_SIZE ((size_t)1 << 20)

static double copy(const char *from, const char *to)
{
	double start = seconds();
	int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_EXCL, 0600);
	char *piece = malloc(PIECE_SIZE);
	ssize_t got;

	must_be(in >= 0 && out >= 0 && piece, "copy a file");
	while ((got = read(in, piece, PIECE_SIZE)) > 0)
		must_be(write(out, piece, (size_t)got) == got, "copy a file");
	must_be(got == 0 && !fsync(out), "copy a file");
	free(piece);
	close(in);
	close(out);
	return seconds() - start;
}

void part_keep(int count, char **arguments)
{
	char beside[4096];
	struct reg_proof proof;
	struct bench b;
	double start;

	(void)count;
	bench_begin(&b);
	bench_open(&b, arguments[0]);
	bench_login(&b);
	start = seconds();
	must(reg_verify(b.reg, NULL, &proof, &b.fault), &b.fault, "verify");
	tell("verify_s", seconds() - start);
	must_be(proof.folds_agree && !proof.damaged, "verify: damaged");
	start = seconds();
	must(reg_backup(b.reg, arguments[1], NULL, &b.fault), &b.fault, "back up");
	tell("backup_s", seconds() - start);
	snprintf(beside, sizeof(beside), "%s.copy", arguments[1]);
	tell("copy_s", copy(arguments[1], beside));
	bench_end(&b);
}
