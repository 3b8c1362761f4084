# table: from the bare measures ("OF.NAME VALUE") to the one table of bench/run.
#
# A line is: work, what was measured here, what stands beside it (a peer of the same
# run, or nothing), their ratio, what must hold, and whether it does.
#
# Growth from a size to the next is the exponent e in cost ~ people^e: 1 is in
# proportion, 0 is not at all.

{ m[$1] = $2 }

# 1234567 → 1,234,567
function grouped(n,   text, out) {
	text = sprintf("%.0f", n)
	for (out = ""; length(text) > 3; text = substr(text, 1, length(text) - 3))
		out = "," substr(text, length(text) - 2) out
	return text out
}

function time_of(s) {
	if (s >= 1)
		return sprintf("%.2f s", s)
	if (s >= 0.001)
		return sprintf("%.2f ms", s * 1000)
	return sprintf("%.1f µs", s * 1e6)
}

function size_of(bytes) {
	if (bytes < 0)
		return "-" size_of(-bytes)
	if (bytes >= 1e9)
		return sprintf("%.2f GB", bytes / 1e9)
	if (bytes >= 1e6)
		return sprintf("%.1f MB", bytes / 1e6)
	return sprintf("%.0f B", bytes)
}

function per_s(n) { return grouped(n) "/s" }

# printf counts bytes; columns are characters.
function padded(text, width,   copy, extra) {
	copy = text
	extra = gsub(/[\200-\277]/, "", copy)
	return sprintf("%-" (width + extra) "s", text)
}

function row(work, here, beside, ratio, must, holds) {
	printf "%s  %s  %s  %s  %s  %s\n", padded(work, 46), padded(here, 14),
		padded(beside, 34), padded(ratio, 7), padded(must, 18), holds
}

function judged(ok) {
	lines++
	if (!ok)
		missed++
	return ok ? "yes" : "NO"
}

function at_least(work, here, beside, ratio, least) {
	row(work, here, beside, sprintf("%.2f", ratio), "≥ " least, judged(ratio >= least))
}

function at_most(work, here, beside, ratio, most) {
	row(work, here, beside, sprintf("%.2f", ratio), "≤ " most, judged(ratio <= most))
}

function within(work, value, shown, limit, limit_shown) {
	row(work, shown, "", "", "≤ " limit_shown, judged(value <= limit))
}

function only_told(work, here, beside, ratio) {
	row(work, here, beside, ratio == "" ? "" : sprintf("%.2f", ratio), "", "")
}

function writers(n, least,   w, batch) {
	w = "writers.w" n "_"
	batch = sprintf("%.0f", m[w "batch"])
	at_least("durable facts, " n " writer" (n > 1 ? "s" : ""), per_s(m[w "facts_per_s"]),
		"bare SQLite, " batch " in one commit", m[w "of_bare"], least)
	only_told("  beside the disk", "", "fdatasync of the same bytes", m[w "of_sync"])
	at_most("  p99 of a write", time_of(m[w "p99"]),
		"one bare commit, " time_of(m[w "commit_p50"]),
		m[w "p99"] / m[w "commit_p50"], 4)
	only_told("  p99 beside p99", "", "one bare commit, " time_of(m[w "commit_p99"]),
		m[w "p99"] / m[w "commit_p99"])
}

function server() {
	print ""
	at_least("a small answer of the server", per_s(m["serve.answers_per_s"]),
		"bare libmicrohttpd, " per_s(m["serve.bare_per_s"]), m["serve.of_bare"], 0.8)
	only_told("  p50", time_of(m["serve.answer_p50"]), "bare, " time_of(m["serve.bare_p50"]),
		m["serve.answer_p50"] / m["serve.bare_p50"])
	only_told("  p99", time_of(m["serve.answer_p99"]), "bare, " time_of(m["serve.bare_p99"]),
		m["serve.answer_p99"] / m["serve.bare_p99"])
}

function of_size(n,   p, who, hub) {
	p = n "."
	hub = n > 1000000
	who = grouped(n) " people, " grouped(m[p "facts"]) " facts"
	print ""
	print who
	at_least("  fold at unlock", per_s(m[p "facts"] / m[p "unlock_s"]),
		"only decrypting, " per_s(m[p "facts"] / m[p "decrypt_s"]),
		m[p "decrypt_s"] / m[p "unlock_s"], 0.5)
	within("  unlock", m[p "unlock_s"], time_of(m[p "unlock_s"]), hub ? 60 : 5, hub ? "60 s" : "5 s")
	within("  memory at its highest (VmHWM)", m[p "unlock_peak_bytes"],
		size_of(m[p "unlock_peak_bytes"]), hub ? 3e9 : 200e6, hub ? "3 GB" : "200 MB")
	only_told("  the state, a person", size_of(m[p "state_bytes"] / m[p "people"]),
		"a fact, " size_of(m[p "state_bytes"] / m[p "facts"]))
	only_told("  the disk, a person", size_of(m[p "log_bytes"] / m[p "people"]),
		"a fact, " size_of(m[p "log_bytes"] / m[p "facts"]))
	within("  unlocked and idle for a second", m[p "idle_cpu_s"], time_of(m[p "idle_cpu_s"]) " CPU",
		0.001, "1 ms")
	question(p, "find", hub ? 0.015 : 0.002, hub ? "15 ms" : "2 ms")
	within("  with two relatives, at the desk, p99", m[p "find_relatives_p99"],
		time_of(m[p "find_relatives_p99"]) ", " time_of(m[p "find_relatives_cpu_p99"]) " CPU",
		hub ? 0.015 : 0.002, hub ? "15 ms" : "2 ms")
	question(p, "ready", 0.05, "50 ms")
	question(p, "show", 0.05, "50 ms")
	question(p, "movements", 0.05, "50 ms")
	only_told("  recording, in arrays of 1,000", per_s(m[p "make_facts"] / m[p "make_s"]), "")
	only_told("  verify", time_of(m[p "verify_s"]), "only decrypting, " time_of(m[p "decrypt_s"]),
		m[p "verify_s"] / m[p "decrypt_s"])
	within("  a week of the bulletin, " grouped(m[p "publish_counted"]) " crossings",
		m[p "publish_s"], time_of(m[p "publish_s"]), 5, "5 s")
	only_told("  backup", time_of(m[p "backup_s"]), "a copy and fsync, " time_of(m[p "copy_s"]),
		m[p "backup_s"] / m[p "copy_s"])
}

# All three must have counted the same.
function figures(   same) {
	same = m["figures.crosstable_sum"] == m["figures.duckdb_sum"]
	print ""
	at_most("cross-table of " grouped(m["figures.crosstable_rows"]) " people",
		time_of(m["figures.crosstable_s"]), "a bare loop, " time_of(m["figures.crosstable_bare_s"]),
		m["figures.crosstable_s"] / m["figures.crosstable_bare_s"], 1.5)
	at_least("  beside DuckDB", time_of(m["figures.crosstable_s"]),
		"DuckDB, " time_of(m["figures.duckdb_s"]),
		same ? m["figures.duckdb_s"] / m["figures.crosstable_s"] : 0, 8)
}

function question(p, what, limit, shown) {
	within("  " what ", p99", m[p what "_p99"], time_of(m[p what "_p99"]), limit, shown)
}

function growth(what, name, from, to, most,   e) {
	e = log(m[to "." name] / m[from "." name]) / log(m[to ".people"] / m[from ".people"])
	row("  " what, sprintf("^%.2f", e), "", "", "≤ ^" sprintf("%.1f", most), judged(e <= most))
}

function grows(from, to) {
	print ""
	print "growth, " grouped(from) " to " grouped(to) " people"
	growth("unlock", "unlock_s", from, to, 1.1)
	growth("memory of the state", "state_bytes", from, to, 1.1)
	growth("find, middle", "find_p50", from, to, 0.3)
	growth("find, p99", "find_p99", from, to, 0.3)
	growth("ready, middle", "ready_p50", from, to, 0.3)
	growth("show, middle", "show_p50", from, to, 0.3)
	growth("movements, middle", "movements_p50", from, to, 1.1)
	growth("recording", "make_s", from, to, 1.1)
	growth("verify", "verify_s", from, to, 1.1)
	growth("backup", "backup_s", from, to, 1.1)
}

# padded() to the other side.
function flush_right(text, width,   copy, extra) {
	copy = text
	extra = gsub(/[\200-\277]/, "", copy)
	return sprintf("%" (width + extra) "s", text)
}

function times(work, name,   p) {
	p = "day." name "_"
	if (!m[p "count"])
		return
	printf "%s%s%s%s%s%s%s\n", padded("  " work, 40), flush_right(grouped(m[p "count"]), 8),
		flush_right(time_of(m[p "p50"]), 12), flush_right(time_of(m[p "p95"]), 12),
		flush_right(time_of(m[p "p99"]), 12), flush_right(time_of(m[p "worst"]), 12),
		m[p "refused"] ? flush_right(grouped(m[p "refused"]), 9) : ""
}

function phases(what, name) {
	times(what ", in the hour before", "before_" name)
	times(what ", while import and backup run", "while_" name)
	times(what ", in the hour after", "after_" name)
	times(what ", while all is verified", "verify_" name)
}

# From the second hour of business on.
function memory_of_day(   hour, h, first, last, p) {
	for (hour = 0; hour < 24; hour++) {
		h = sprintf("day.hour%02d_", hour)
		if (!(h "facts" in m))
			continue
		if (last != "" && first == "")
			first = h
		last = h
	}
	only_told("  memory, from the second hour to the last",
		size_of(m[last "resident"]), "in the second, " size_of(m[first "resident"]),
		m[last "resident"] / m[first "resident"])
	only_told("  facts", grouped(m[last "facts"]), "in the second, " grouped(m[first "facts"]),
		m[last "facts"] / m[first "facts"])
	only_told("  of it the state", size_of(m[last "state"]),
		"in the second, " size_of(m[first "state"]), m[last "state"] / m[first "state"])
	within("  growth that no column explains", m["day.growth_bytes"],
		size_of(m["day.growth_bytes"]),
		m["day.growth_noise"] + 16 * m["day.growth_facts"], "1 MiB, 16 B a fact")
}

function day(   words, count, i) {
	print ""
	printf "%s%s%s%s%s%s%s\n", padded("a day at a centre, " grouped(m["day.people"]) " people, 24 h in " \
		m["day.seconds"] " s", 40), flush_right("times", 8), flush_right("p50", 12),
		flush_right("p95", 12), flush_right("p99", 12), flush_right("worst", 12),
		flush_right("refused", 9)
	count = split("find show ready movements register counsel choose withdraw seat ask depart " \
		"scan approve pay", words, " ")
	for (i = 1; i <= count; i++)
		times(words[i], words[i])
	phases("reads", "reads")
	phases("recording", "writes")
	phases("border scans", "scans")
	print ""
	only_told("  facts recorded while open", per_s(m["day.facts_per_s"]), "")
	only_told("  first login in the morning", time_of(m["day.login_s"]), "")
	only_told("  import of " grouped(m["day.import_households"]) " households", time_of(m["day.import_s"]), "")
	only_told("  backup beside it", time_of(m["day.backup_s"]), "")
	only_told("  verify", time_of(m["day.verify_s"]), "")
	within("  a border scan, p95", m["day.scan_p95"], time_of(m["day.scan_p95"]), 0.05, "50 ms")
	within("  while import and backup run", m["day.while_scans_p95"],
		time_of(m["day.while_scans_p95"]), 0.05, "50 ms")
	within("  while all is verified", m["day.verify_scans_p95"],
		time_of(m["day.verify_scans_p95"]), 0.05, "50 ms")
	memory_of_day()
}

function border(   words, count, i) {
	count = split("quiet import both", words, " ")
	for (i = 1; i <= count; i++) {
		print ""
		print "border scans over HTTP, 40 browsers, " words[i]
		within("  a scan, p95", m["border." words[i] "_scan_p95"],
			time_of(m["border." words[i] "_scan_p95"]), 0.05, "50 ms")
		only_told("  a crossing recorded, p95", time_of(m["border." words[i] "_crossing_p95"]), "")
		only_told("  a browser, p95", time_of(m["border." words[i] "_browser_p95"]), "")
	}
}

END {
	count = split(sizes, size, " ")
	row("work", "here", "beside it, in the same run", "ratio", "must hold", "holds")
	writers(1, 0.8)
	writers(8, 0.7)
	writers(64, 0.7)
	only_told("  bytes of an envelope", size_of(m["writers.envelope_bytes"]), "")
	server()
	border()
	figures()
	for (i = 1; i <= count; i++)
		of_size(size[i])
	for (i = 2; i <= count; i++)
		grows(size[i - 1], size[i])
	print ""
	print "a real passphrase (Argon2id), once a login"
	only_told("  time", time_of(m["writers.passphrase_s"]), "")
	within("  memory at its highest (VmHWM)", m["writers.passphrase_peak_bytes"],
		size_of(m["writers.passphrase_peak_bytes"]), 200e6, "200 MB")
	print ""
	import = m["import.import_rows"] / m["import.import_s"]
	record = m[size[2] ".make_facts"] / m[size[2] ".make_s"]
	within("import of " grouped(m["import.import_rows"]) " rows", m["import.import_s"],
		time_of(m["import.import_s"]), 60, "60 s")
	only_told("  a row", per_s(import), "recording in arrays, " per_s(record), import / record)
	within("a second ./start, story told", m["start.start_s"], time_of(m["start.start_s"]), 2, "2 s")
	only_told("the program, stripped", size_of(m["start.binary_bytes"]), "")
	only_told("shared libraries", m["start.libraries"], "named by it, " m["start.libraries_named"])
	if ("day.seconds" in m)
		day()
	printf "\n%d of %d hold\n", lines - missed, lines
}
