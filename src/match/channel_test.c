#include "match/spelling.h"

#include "base/prop.h"
#include "match/match.h"

static struct token word(const char *name)
{
	struct token tokens[TOKENS_MAX];

	CHECK_INT(tokens_of(tokens, text_of(name)), 1);
	return tokens[0];
}

static const struct channel *the_channel(void)
{
	const struct channel *c = NULL;
	struct fault f = { 0 };

	CHECK_INT(match_channel_shipped(&c, &f), OK);
	return c;
}

static int evidence(const struct channel *c, const char *a, const char *b)
{
	struct token x = word(a), y = word(b);
	struct comparison with;
	struct spelling other;

	comparison_with(&with, c, &x);
	spelling_of(&other, c, &y);
	return comparison_evidence(&with, &other, -1000 * BIT);
}

TEST(a_spelling_speaks_for_its_name_and_not_for_another)
{
	const struct channel *c = the_channel();

	CHECK(evidence(c, "زرمینه", "Zarmeena") > 10 * BIT);
	CHECK(evidence(c, "ښایسته", "Khaista") > 6 * BIT);
	CHECK(evidence(c, "Zarmina", "Zermeena") > 8 * BIT);
	CHECK(evidence(c, "زرمینه", "Baktash") < 0);
	CHECK(evidence(c, "Zarmina", "Baktash") < 0);
}

TEST(evidence_is_the_same_from_either_side)
{
	static const char *const names[] = { "زرمینه", "Zarmeena", "نقیب", "Naqeeb", "ژ", "x" };
	const struct channel *c = the_channel();

	for (size_t i = 0; i < COUNT_OF(names); i++)
		for (size_t j = 0; j < COUNT_OF(names); j++)
			CHECK_INT(evidence(c, names[i], names[j]), evidence(c, names[j], names[i]));
}

TEST(what_is_given_up_early_is_less_than_was_asked_for)
{
	static const char *const names[] = { "زرمینه", "Zarmeena", "نقیب", "Naqeeb", "Gul", "گل" };
	const struct channel *c = the_channel();

	for (size_t i = 0; i < COUNT_OF(names); i++)
		for (size_t j = 0; j < COUNT_OF(names); j++) {
			struct token x = word(names[i]), y = word(names[j]);
			int whole = evidence(c, names[i], names[j]);
			struct comparison with;
			struct spelling other;

			comparison_with(&with, c, &x);
			spelling_of(&other, c, &y);
			for (int least = -20 * BIT; least < 30 * BIT; least += BIT) {
				int is = comparison_evidence(&with, &other, least);

				CHECK(whole >= least ? is == whole : is < least);
			}
		}
}

/* log2 P(y | x) - log2 P(y), by the chain alone. */
static int from_to(const struct channel *c, const struct token *x, const struct token *y)
{
	struct chain chain;

	chain_of(&chain, c, x, token_is_latin(y));
	return channel_cost(c, &chain, y, -1000 * BIT) - channel_plain(c, y);
}

TEST(many_are_compared_side_by_side_as_one_is_by_itself)
{
	static const char *const names[] = { "زرمینه",
					     "Zarmeena",
					     "شیخ",
					     "Shaikh",
					     "Mohammadhashimi",
					     "Oo",
					     "abdulrahmanshahzad",
					     "ب",
					     "Mustafa",
					     "Shahzada",
					     "khushalkhaneghali" };
	const struct channel *c = the_channel();

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct token x = word(names[i]);
		struct comparison with;

		comparison_with(&with, c, &x);
		for (size_t j = 0; j < COUNT_OF(names); j++) {
			struct token y = word(names[j]);
			int there = from_to(c, &x, &y), back = from_to(c, &y, &x);
			struct spelling other;
			int is;

			spelling_of(&other, c, &y);
			is = comparison_evidence(&with, &other, -100 * BIT);
			if (token_is_latin(&x) == token_is_latin(&y))
				there = back = (there + back) / 2;
			there = token_is_latin(&x) ? back : there;
			CHECK(there < -100 * BIT ? is < -100 * BIT : is == there);
			CHECK_INT(tokens_evidence(c, &x, &y, -100 * BIT), is);
		}
	}
}

static const char pairs[] = "group\tform\tlatin\tcount\n"
			    "1\tزرمینه\tzarmina\t3\n"
			    "1\tزرمینه\tzarmeena\t2\n"
			    "2\tنقیب\tnaqib\t1\n"
			    "2\tنقیب\tnaqeeb\t4\n";

TEST(the_same_pairs_teach_the_same_channel)
{
	struct text table = text_of(pairs);
	struct buffer a = { 0 }, b = { 0 };
	struct channel *c = NULL;
	struct fault f = { 0 };

	CHECK_INT(match_learn(&a, &table, 1, &f), OK);
	CHECK_INT(match_learn(&b, &table, 1, &f), OK);
	CHECK(bytes_same(buffer_bytes(&a), buffer_bytes(&b)));
	CHECK_INT(match_channel_read(&c, buffer_as_text(&a), &f), OK);
	CHECK(evidence(c, "زرمینه", "zarmeena") > evidence(c, "زرمینه", "zarmxxna"));
	match_channel_free(c);
	buffer_free(&a);
	buffer_free(&b);
}

TEST(a_table_that_is_no_channel_is_refused)
{
	struct channel *c = NULL;
	struct fault f;

	CHECK_FAULT(match_channel_read(&c, text_of("what\tof\n1\t2\n"), &f), ERR_INPUT, &f,
		    "match.bad-count");
	CHECK(!c);
}

TEST(pairs_without_a_column_are_refused)
{
	struct text table = text_of("group\tform\n1\tزر\n");
	struct buffer out = { 0 };
	struct fault f;

	CHECK_FAULT(match_learn(&out, &table, 1, &f), ERR_INPUT, &f, "match.no-column");
	buffer_free(&out);
}

RUN_TESTS()
