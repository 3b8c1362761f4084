-- The peers of a search for names, on ICU's Latin letters: pg_trgm, and double metaphone
-- with an edit distance behind it.  Of each list and question: what it is, as it was
-- written, and in Latin letters.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

-- Both codes of each word.
CREATE FUNCTION sounds(name text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
	SELECT array_agg(DISTINCT code) FROM regexp_split_to_table(name, '\s+') word,
		LATERAL (VALUES (dmetaphone(word)), (dmetaphone_alt(word))) codes(code)
	WHERE code <> ''
$$;

CREATE PROCEDURE take(list text, path text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE TABLE %I (what text, own text, name text)', list);
	EXECUTE format('COPY %I FROM %L', list, path);
	EXECUTE format('ALTER TABLE %I ADD sounds text[]', list);
	EXECUTE format('UPDATE %I SET name = btrim(name), sounds = sounds(name)', list);
END $$;

CREATE PROCEDURE make_indexes(list text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE INDEX ON %I USING gin (name gin_trgm_ops)', list);
	EXECUTE format('CREATE INDEX ON %I USING gin (sounds)', list);
	EXECUTE format('ANALYZE %I', list);
END $$;

-- The ten best of each question; what was asked for is right where it is among them, the
-- very text that was asked for left out.  Times are taken inside the server, in seconds.
CREATE FUNCTION ask(how text, list text, asked text, most bigint DEFAULT 1000000)
RETURNS TABLE (measure text, value float8) LANGUAGE plpgsql AS $$
DECLARE
	q record;
	begun timestamptz;
	ten text[];
	times float8[] := '{}';
	right_ bigint := 0;
	query text := CASE how
		WHEN 'trigrams' THEN 'SELECT array(SELECT what FROM %I WHERE name %% $1 AND own <> $3
			ORDER BY similarity(name, $1) DESC, name LIMIT 10)'
		ELSE 'SELECT array(SELECT what FROM %I WHERE sounds && $2 AND own <> $3
			ORDER BY cardinality(array(SELECT unnest(sounds) INTERSECT SELECT unnest($2))) DESC,
				levenshtein(left(name, 255), left($1, 255)), name LIMIT 10)' END;
BEGIN
	FOR q IN EXECUTE format('SELECT * FROM %I LIMIT %s', asked, most) LOOP
		begun := clock_timestamp();
		EXECUTE format(query, list) INTO ten USING q.name, q.sounds, q.own;
		times := times || extract(epoch FROM clock_timestamp() - begun)::float8;
		right_ := right_ + (q.what = ANY (ten))::int;
	END LOOP;
	RETURN QUERY SELECT asked || '_recall', right_::float8 / cardinality(times)
		UNION ALL SELECT asked || '_asked', cardinality(times)::float8
		UNION ALL SELECT asked || '_p50', percentile_cont(0.5) WITHIN GROUP (ORDER BY t) FROM unnest(times) t
		UNION ALL SELECT asked || '_p99', percentile_cont(0.99) WITHIN GROUP (ORDER BY t) FROM unnest(times) t;
END $$;
