/*
 * fuzz_testing: what libFuzzer calls with each case.  The first byte is the number of
 * the property; a case of no property is none, and the fuzzer learns to leave it.
 */
#include "base/prop.h"

extern const struct prop_fuzzed *const __start_house_fuzzed[];
extern const struct prop_fuzzed *const __stop_house_fuzzed[];
int LLVMFuzzerTestOneInput(const uint8_t *at, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t size)
{
	const struct prop_fuzzed *const *p = __start_house_fuzzed;

	for (; size && p < __stop_house_fuzzed; p++)
		if ((*p)->number == at[0])
			prop_fuzz((*p)->fn, bytes_of(at + 1, size - 1));
	return 0;
}
