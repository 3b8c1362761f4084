/* The address at which a server is found. */
#include "api/listen.h"

#include <arpa/inet.h>

#include "base/test.h"

TEST(an_address_is_numbers_with_a_port_behind)
{
	struct listen_at at;

	CHECK(listen_read(&at, "127.0.0.1:8080"));
	CHECK_INT(at.address.any.sa_family, AF_INET);
	CHECK_INT(ntohs(at.address.v4.sin_port), 8080);
	CHECK_INT(ntohl(at.address.v4.sin_addr.s_addr), 0x7f000001);
	CHECK(listen_read(&at, "[fe80::1]:0"));
	CHECK_INT(at.address.any.sa_family, AF_INET6);
	CHECK_INT(at.address.v6.sin6_port, 0);
}

TEST(only_an_address_of_this_machine_is_loopback)
{
	static const struct {
		const char *at;
		bool loopback;
	} cases[] = {
		{ "127.0.0.1:1", true }, { "127.9.9.9:1", true }, { "[::1]:1", true },
		{ "0.0.0.0:1", false },	 { "10.0.0.5:1", false }, { "128.0.0.1:1", false },
		{ "[::]:1", false },	 { "[::2]:1", false },	  { "[::ffff:127.0.0.1]:1", false },
	};
	struct listen_at at;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		CHECK(listen_read(&at, cases[i].at));
		CHECK_INT(at.loopback, cases[i].loopback);
	}
}

TEST(what_is_no_address_is_not_taken_for_one)
{
	static const char *const cases[] = {
		"",
		":",
		":80",
		"127.0.0.1",
		"127.0.0.1:",
		"127.0.0.1:x",
		"127.0.0.1:65536",
		"127.0.0.1:000080",
		"127.0.0.1:+80",
		"127.1:80",
		"localhost:80",
		"::1:80",
		"[::1]",
		"[::1:80",
		"::1]:80",
		"[]:80",
		"[127.0.0.1]:80",
		"127.0.0.1 :80",
		"[1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb:cccc]:80",
	};
	struct listen_at at;

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		CHECK(!listen_read(&at, cases[i]));
}

RUN_TESTS()
