/*
 * confine: what a server may still ask of the system once it has started.
 *
 * It reads and writes files, answers who has called it, and makes threads.  It starts no
 * other program, calls nobody, and cannot be looked into by ptrace from within: whoever
 * takes it over through a request has hold of a process that cannot carry names away.
 */
#pragma once

#include "base/err.h"

/* For all threads, for good.  ERR_IO: this system cannot do it. */
MUST_USE enum err confine(struct fault *f);
