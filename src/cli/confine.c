/*
 * A list of what is allowed, by groups; all else does not exist (ENOSYS), so that libc
 * goes another way where it knows one.  What nobody asks for by mistake ends the process.
 *
 * clone3() keeps its flags in memory, where a filter cannot see them: it does not exist,
 * and libc takes clone(), which may make threads only.
 */
#include "cli/confine.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>

static const char *const allowed[] = {
	/* memory */
	"brk", "mmap", "mmap2", "munmap", "mremap", "mprotect", "madvise", "mlock", "mlock2",
	"munlock",
	/* threads and signals */
	"exit", "exit_group", "futex", "futex_time64", "set_robust_list", "rseq", "gettid",
	"getpid", "tgkill", "sched_yield", "sched_getaffinity", "membarrier", "restart_syscall",
	"rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigtimedwait",
	"rt_sigtimedwait_time64", "sigaltstack",
	/* clock and chance */
	"clock_gettime", "clock_gettime64", "clock_getres", "clock_nanosleep", "gettimeofday",
	"nanosleep", "time", "getrandom", "getrusage",
	/* files */
	"access", "chmod", "close", "dup", "faccessat", "faccessat2", "fadvise64", "fallocate",
	"fchdir", "fchmod", "fchown", "fcntl", "fcntl64", "fdatasync", "flock", "fstat", "fstat64",
	"fstatfs", "fstatfs64", "fsync", "ftruncate", "ftruncate64", "getcwd", "getdents64",
	"lseek", "_llseek", "lstat", "mkdir", "mkdirat", "newfstatat", "fstatat64", "open",
	"openat", "pread64", "preadv", "pwrite64", "pwritev", "read", "readlink", "readlinkat",
	"readv", "rename", "renameat", "renameat2", "rmdir", "stat", "stat64", "statfs", "statfs64", "statx",
	"umask", "unlink", "unlinkat", "write", "writev",
	/* who we are */
	"getegid", "geteuid", "getgid", "getuid", "sysinfo", "uname",
	/* those who have called */
	"accept", "accept4", "epoll_create1", "epoll_ctl", "epoll_pwait", "epoll_wait", "eventfd2",
	"getpeername", "getsockname", "getsockopt", "pipe2", "poll", "ppoll", "recvfrom", "recvmsg",
	"select", "pselect6", "sendfile", "sendmsg", "sendto", "setsockopt", "shutdown",
};

static const char *const deadly[] = {
	"bind",	      "bpf",	     "connect",	     "execve",		 "execveat",
	"fork",	      "init_module", "kexec_load",   "listen",		 "mount",
	"open_by_handle_at", "perf_event_open", "process_vm_readv", "process_vm_writev", "ptrace",
	"setns",      "socket",	     "userfaultfd",  "vfork",
};

/* Those of which one use is allowed, or deadly. */
static const struct {
	const char *call;
	uint32_t action;
	struct scmp_arg_cmp only;
} bounded[] = {
	/* a thread, and no process */
	{ "clone", SCMP_ACT_ALLOW, { 0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD } },
	/* a thread that stands in a folder of its own */
	{ "unshare", SCMP_ACT_ALLOW, { 0, SCMP_CMP_EQ, CLONE_FS, 0 } },
	{ "unshare", SCMP_ACT_KILL_PROCESS, { 0, SCMP_CMP_NE, CLONE_FS, 0 } },
	/* to ask for a limit, not to set one */
	{ "prlimit64", SCMP_ACT_ALLOW, { 2, SCMP_CMP_EQ, 0, 0 } },
	/* to name a thread */
	{ "prctl", SCMP_ACT_ALLOW, { 0, SCMP_CMP_EQ, PR_SET_NAME, 0 } },
	/* to ask whether something is a terminal */
	{ "ioctl", SCMP_ACT_ALLOW, { 1, SCMP_CMP_EQ, TCGETS, 0 } },
};

static int add_bounded(scmp_filter_ctx filter)
{
	int code = 0;

	for (size_t i = 0; code >= 0 && i < COUNT_OF(bounded); i++)
		code = seccomp_rule_add_array(filter, bounded[i].action,
					      seccomp_syscall_resolve_name(bounded[i].call), 1,
					      &bounded[i].only);
	return code;
}

/* A call that this kind of machine does not have needs no rule. */
static int add_all(scmp_filter_ctx filter, uint32_t action, const char *const *names, size_t count)
{
	int code = 0;

	for (size_t i = 0; code >= 0 && i < count; i++) {
		int call = seccomp_syscall_resolve_name(names[i]);

		if (call >= 0)
			code = seccomp_rule_add(filter, action, call, 0);
	}
	return code;
}

static int fill(scmp_filter_ctx filter)
{
	int code;

	if ((code = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1)) < 0 ||
	    (code = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2)) < 0 ||
	    (code = add_all(filter, SCMP_ACT_ALLOW, allowed, COUNT_OF(allowed))) < 0 ||
	    (code = add_all(filter, SCMP_ACT_KILL_PROCESS, deadly, COUNT_OF(deadly))) < 0 ||
	    (code = add_bounded(filter)) < 0)
		return code;
	return seccomp_load(filter);
}

enum err confine(struct fault *f)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
	int code = filter ? fill(filter) : -ENOMEM;

	seccomp_release(filter);
	return code < 0 ? fault(f, ERR_IO, "serve.not-confined", strerrordesc_np(-code)) : OK;
}
