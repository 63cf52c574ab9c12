-- Full text over what a workspace wrote. `@@` is not leakproof, so that row-level security keeps it from its index:
-- a definer function asks the index within the entered workspace and answers with keys, and whoever asks reads the
-- rows of these keys under security of their own. docs/adr/0009 says what was measured.
create table search_documents (
  workspace_id uuid not null references workspaces,
  kind text not null check (kind in ('Item', 'Comment', 'Asset')),
  subject_id uuid not null,
  /* the item that it is, or is about */
  content_item_id uuid,
  /* of a comment */
  thread_id uuid,
  title text not null default '',
  /* as it was written, without the addresses of links */
  body text not null default '',
  /* its own; null: the workspace's */
  language text,
  /* the text search configuration of its stems */
  config text not null default 'simple',
  version_number int,
  status text,
  author_id uuid,
  updated_at timestamptz(3) not null default now(),
  archived_at timestamptz(3),
  /* see app.search_terms */
  terms tsvector not null default '',
  primary key (workspace_id, kind, subject_id)
) with (
  -- Texts lie apart, so that many thousand hits are few pages; a changed status stays on its page and off the index.
  toast_tuple_target = 128, fillfactor = 80,
  -- The index keeps what was saved over until it is vacuumed.
  autovacuum_vacuum_scale_factor = 0.02
);
-- Nobody plans by it, and it is long.
alter table search_documents alter column terms set statistics 0;
-- No list of pending entries, which every search would have to read through.
create index search_documents_terms on search_documents using gin (terms) with (fastupdate = off);
create index search_documents_config on search_documents (workspace_id, config);

alter table search_documents enable row level security;
alter table search_documents force row level security;
grant select on search_documents to contentos_app;
create policy read on search_documents for select to contentos_app using (workspace_id = (select app.workspace_id()));
-- Open, for a condition on the scope would keep the index from `@@` here as well: the functions name the workspace.
grant select, insert, update, delete on search_documents to contentos_definer;
create policy find on search_documents for select to contentos_definer using (true);
create policy add on search_documents for insert to contentos_definer with check (true);
create policy renew on search_documents for update to contentos_definer using (true) with check (true);
create policy forget on search_documents for delete to contentos_definer using (true);

-- Lower-cased runs of letters and digits with spaces between. The parser alone would make addresses and tags of them,
-- and what it takes for a letter depends on the locale of the database.
create function app.search_words(p_text text, p_config text default 'simple') returns text
  language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
declare
  t text := p_text;
begin
  if octet_length(t) = length(t) and p_config <> 'turkish' then
    return lower(regexp_replace(t, '[!-/:-@\[-`{-~]+', ' ', 'g'));
  end if;
  t := normalize(t, NFKC);
  if p_config = 'turkish' then t := replace(replace(t, 'I', 'ı'), 'İ', 'i'); end if;
  return lower(regexp_replace(t, '[!-/:-@\[-`{-~\u0080-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u2000-\u206f\u2190-\u2bff\u3000-\u3004\u3008-\u3030\u303d-\u303f\u30fb\ufe00-\ufe0f\ufffd]+', ' ', 'g'));
end $$;

-- Without accents, and with one letter for those that people type for one another.
create function app.search_fold(p_text text) returns text
  language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
declare
  t text := p_text;
begin
  if octet_length(t) = length(t) then return t; end if;
  t := normalize(regexp_replace(normalize(t, NFD), '[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]+', '', 'g'), NFC);
  t := translate(t, 'ıøłđðħς', 'iolddhσ');
  return replace(replace(replace(replace(t, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
end $$;

-- Scripts without spaces between words, and Korean, which adds to them: each two neighbouring characters are a word.
-- So is the last one of a run, by which a single character is found wherever it stands; a query leaves that out where it ends with one.
create function app.search_pairs(p_text text, p_query boolean default false) returns text
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select case when p_text !~ '[\u0e00-\u109f\u1780-\u17ff\u3005-\u3007\u3031-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]' then p_text
  else (
    select string_agg(case
      when dense and next_dense then ' ' || c || next || ' '
      when dense and p_query and last_dense and btrim(substr(p_text, i::int + 1)) = '' then ' '
      when dense then ' ' || c || ' '
      else c end, '' order by i)
    from (
      select i, c, dense, lead(c) over run as next, lead(dense) over run as next_dense, lag(dense) over run as last_dense
      from (
        select i, c, c between U&'\0e00' and U&'\109f' or c between U&'\1780' and U&'\17ff' or c between U&'\3005' and U&'\3007'
          or c between U&'\3031' and U&'\30ff' or c between U&'\3400' and U&'\9fff' or c between U&'\ac00' and U&'\d7af'
          or c between U&'\f900' and U&'\faff' or c between U&'\+020000' and U&'\+03ffff' as dense
        from (select c collate "C" as c, i from string_to_table(p_text, null) with ordinality as t (c, i)) as characters
      ) as told window run as (order by i)
    ) as neighbours)
  end
$$;

-- The text search configuration for a language tag, where this Postgres has it.
create function app.search_config(p_language text) returns text
  language sql stable parallel safe set search_path = pg_catalog, pg_temp as $$
  select coalesce((
    select c.cfgname::text from pg_ts_config c
    join (values ('ar', 'arabic'), ('ca', 'catalan'), ('da', 'danish'), ('de', 'german'), ('el', 'greek'), ('en', 'english'),
      ('es', 'spanish'), ('et', 'estonian'), ('eu', 'basque'), ('fi', 'finnish'), ('fr', 'french'), ('ga', 'irish'),
      ('hi', 'hindi'), ('hu', 'hungarian'), ('hy', 'armenian'), ('id', 'indonesian'), ('it', 'italian'), ('lt', 'lithuanian'),
      ('nb', 'norwegian'), ('ne', 'nepali'), ('nl', 'dutch'), ('nn', 'norwegian'), ('no', 'norwegian'), ('pt', 'portuguese'),
      ('ro', 'romanian'), ('ru', 'russian'), ('sr', 'serbian'), ('sv', 'swedish'), ('ta', 'tamil'), ('tr', 'turkish'),
      ('yi', 'yiddish')) as known (language, config) on known.config = c.cfgname
    where c.cfgnamespace = 'pg_catalog'::regnamespace and known.language = lower(split_part(p_language, '-', 1))), 'simple')
$$;

-- The stem of one word: none where every text has the word, null where the language has no stems here.
create function app.search_stem(p_config text, p_word text) returns text[]
  language sql stable parallel safe set search_path = pg_catalog, pg_temp as $$
  select case when p_config <> 'simple' then ts_lexize((p_config || '_stem')::regdictionary, btrim(app.search_words(p_word, p_config))) end
$$;

-- The words of a text in their order, as a query has them.
create function app.search_said(p_text text) returns text[]
  language sql stable parallel safe set search_path = pg_catalog, pg_temp as $$
  select array_agg(left(app.search_fold(w.lexeme), 100) order by place)
  from unnest(to_tsvector('simple', app.search_pairs(app.search_words(p_text), true))) w, unnest(w.positions) place
$$;

create function app.search_whole(p_title text) returns text
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select left(md5(btrim(regexp_replace(app.search_fold(app.search_words(p_title)), '\s+', ' ', 'g'))), 16)
$$;

-- What the index has of a document. All of it begins with six digits of the workspace, so that each has a part of the
-- index to itself, and what is frequent in others costs it nothing. Then a letter says what of:
--   w a word, with its places          s its stem, where that is another
--   t a word of the title              u its stem
--   a what the document is about: a stem (or word) of the title, or one that comes three times
--   x the title as a whole             o that it is too long to keep all places, so that phrases are taken on trust
create function app.search_terms(p_workspace uuid, p_config text, p_title text, p_body text) returns tsvector
  language plpgsql stable parallel safe set search_path = pg_catalog, pg_temp as $$
declare
  -- Each begins a quoted lexeme. No quote stands in a word: words are what lies between such characters.
  mine text := ' ''' || right(p_workspace::text, 6);
  w text := mine || 'w'; s text := mine || 's'; a text := mine || 'a'; t text := mine || 't'; u text := mine || 'u';
  stems regdictionary := case when p_config <> 'simple' then p_config || '_stem' end;
  title tsvector := to_tsvector('simple', app.search_pairs(app.search_words(p_title, p_config)));
  title_ends int := (select coalesce(max(place), 0) from unnest(title) l, unnest(l.positions) place);
  terms text;
  overlong boolean;
begin
  select string_agg(w || word || ''':' || array_to_string(places, ',')
      || case when stem <> word then s || stem || '''' else '' end
      || case
        when places[1] <= title_ends then a || coalesce(stem, word) || '''' || t || word || '''' || case when stem <> word then u || stem || '''' else '' end
        when places[3] is not null then a || coalesce(stem, word) || ''''
        else '' end, ''),
      bool_or(places[255] is not null or places[cardinality(places)] >= 16383)
    into terms, overlong
    from (
      select case when ascii then lexeme else app.search_fold(lexeme) end as word, case when ascii then stem else app.search_fold(stem) end as stem, places
      from (
        -- A gap, lest the last word of the title and the first of the body be a phrase.
        select l.lexeme, l.positions as places, (ts_lexize(stems, l.lexeme))[1] as stem, octet_length(l.lexeme) = length(l.lexeme) as ascii
        from unnest(title || ''' '':1'::tsvector || to_tsvector('simple', app.search_pairs(app.search_words(p_body, p_config)))) l
        where l.lexeme <> ' ' and length(l.lexeme) <= 100
        offset 0
      ) as said offset 0
    ) as words;
  return concat(terms, mine, 'x', app.search_whole(p_title), '''', case when overlong then mine || 'o''' end)::tsvector;
end $$;

-- A tsvector holds a megabyte. A text of more different words is indexed as far as there is room; no save fails.
create function app.search_fitting_terms(p_workspace uuid, p_config text, p_title text, p_body text) returns tsvector
  language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  characters int;
begin
  if length(p_body) <= 20000 then
    return app.search_terms(p_workspace, p_config, p_title, p_body);
  end if;
  foreach characters in array array[400000, 100000, 30000, 0] loop
    begin
      return app.search_terms(p_workspace, p_config, p_title, left(p_body, characters));
    exception when program_limit_exceeded then
    end;
  end loop;
  return '';
end $$;

-- Writing the documents: in the transaction of what they speak of, whoever wrote it ---------------------------------

create function app.search_plain(p_markdown text) returns text
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select case when strpos(p_markdown, '](') = 0 then p_markdown
    else regexp_replace(p_markdown, '!?\[([^\[\]]*)\]\([^()\s:/#]*[:/#][^()\s]*(?:\s+"[^"]*")?\)', '\1', 'g') end
$$;

create function app.search_write(
    p_workspace uuid, p_kind text, p_subject uuid, p_item uuid, p_thread uuid, p_title text, p_markdown text, p_language text, p_version int,
    p_author uuid, p_updated_at timestamptz) returns void
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  config text := app.search_config(coalesce(p_language, (select w.language from public.workspaces w where w.id = p_workspace)));
  body text := app.search_plain(p_markdown);
begin
  insert into public.search_documents as d
    (workspace_id, kind, subject_id, content_item_id, thread_id, title, body, language, config, version_number, author_id, updated_at, terms)
  values (p_workspace, p_kind, p_subject, p_item, p_thread, p_title, body, p_language, config, p_version, p_author, p_updated_at,
    app.search_fitting_terms(p_workspace, config, p_title, body))
  on conflict (workspace_id, kind, subject_id) do update
    set title = excluded.title, body = excluded.body, language = excluded.language, config = excluded.config,
      version_number = excluded.version_number, updated_at = excluded.updated_at, terms = excluded.terms
    -- An older version that is written late is no news.
    where d.version_number is null or d.version_number <= excluded.version_number;
end $$;

create function app.search_version() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform app.search_write(new.workspace_id, 'Item', new.content_item_id, new.content_item_id, null, new.title, new.body,
    new.metadata ->> 'language', new.version_number, null, new.updated_at);
  return null;
end $$;
create trigger search_version after insert on content_versions for each row execute function app.search_version();

create function app.search_mark(
    p_workspace uuid, p_item uuid, p_title text, p_status text, p_author uuid, p_updated_at timestamptz, p_archived_at timestamptz) returns void
  language sql volatile set search_path = pg_catalog, pg_temp as $$
  insert into public.search_documents as d (workspace_id, kind, subject_id, content_item_id, title, status, author_id, updated_at, archived_at)
  values (p_workspace, 'Item', p_item, p_item, p_title, p_status, p_author, p_updated_at, p_archived_at)
  on conflict (workspace_id, kind, subject_id) do update
    set status = excluded.status, author_id = excluded.author_id, updated_at = excluded.updated_at, archived_at = excluded.archived_at
    where (d.status, d.author_id, d.updated_at, d.archived_at)
      is distinct from (excluded.status, excluded.author_id, excluded.updated_at, excluded.archived_at)
$$;

create function app.search_item() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform app.search_mark(new.workspace_id, new.id, new.title, new.status, new.created_by, new.updated_at, new.archived_at);
  return null;
end $$;
create trigger search_item after insert or update of status, updated_at, archived_at on content_items
  for each row execute function app.search_item();

create function app.search_put_comment(c public.comments) returns void
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  if c.removed_at is not null then
    delete from public.search_documents d where d.workspace_id = c.workspace_id and d.kind = 'Comment' and d.subject_id = c.id;
  else
    perform app.search_write(c.workspace_id, 'Comment', c.id, c.content_item_id, c.thread_id, '', c.body, null, null, c.author_id, coalesce(c.edited_at, c.created_at));
  end if;
end $$;

create function app.search_comment() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform app.search_put_comment(new);
  return null;
end $$;
create trigger search_comment after insert or update of body, removed_at on comments for each row execute function app.search_comment();

-- A file by its name and what is told to those who don't see it. What was brought to import from is nothing to find.
create function app.search_put_asset(a public.assets) returns void
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  if a.removed_at is not null then
    delete from public.search_documents d where d.workspace_id = a.workspace_id and d.kind = 'Asset' and d.subject_id = a.id;
  elsif a.purpose = 'Asset' then
    perform app.search_write(a.workspace_id, 'Asset', a.id, null, null, a.file_name, a.alt_text, null, null, a.created_by, a.updated_at);
  end if;
end $$;

create function app.search_asset() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform app.search_put_asset(new);
  return null;
end $$;
create trigger search_asset after insert or update of file_name, alt_text, removed_at on assets for each row execute function app.search_asset();

-- A term of a query. No quote stands in a word: words are what lies between them.
create function app.search_term(p_place text, p_word text, p_open boolean) returns text
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select concat('''', p_place, p_word, '''', case when p_open then ':*' end)
$$;

-- What `p_texts` ask the index, each meant as its kind says: a Word in any of its forms, the beginning of one
-- (Prefix), a Phrase as it stands, or what there must be none of (Without). Any texts make a query, or none.
create function app.search_query(
    p_workspace uuid, p_texts text[], p_kinds text[],
    out mention tsquery, out about tsquery, out title tsquery, out whole tsquery, out stems text[], out pattern text) returns record
  language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  mine text := right(p_workspace::text, 6);
  home text := app.search_config((select w.language from public.workspaces w where w.id = p_workspace));
  configs text[];
  said text[];
  forms text[];
  weak_too boolean;
  open boolean;
  m text; a text; t text;
  mentions text[] := '{}'; abouts text[] := '{}'; titles text[] := '{}';
  without tsquery;
begin
  with recursive used (config) as (
    select min(d.config) from public.search_documents d where d.workspace_id = p_workspace
    union all
    select (select min(d.config) from public.search_documents d where d.workspace_id = p_workspace and d.config > used.config)
    from used where used.config is not null)
  select array_agg(c.config) into configs from (select home as config union select u.config from used u) c where c.config is not null;

  -- Words that every text of the language has count only where there are no others.
  foreach weak_too in array array[false, true] loop
    exit when cardinality(mentions) > 0;
    stems := array_fill(''::text, array[cardinality(p_texts)]);
    for i in 1 .. cardinality(p_texts) loop
      said := app.search_said(p_texts[i]);
      continue when said is null or p_kinds[i] = 'Word' and not weak_too and app.search_stem(home, p_texts[i]) = '{}';
      -- One character of a script of pairs is the beginning of a pair, whatever was meant.
      open := p_kinds[i] = 'Prefix' or length(said[1]) = 1 and octet_length(said[1]) > 2;
      -- One or two letters begin too much to look for beyond the titles.
      select string_agg(app.search_term(mine || 'w', word, open and last and octet_length(word) > 2), ' <-> ' order by n),
          string_agg(app.search_term(mine || 'a', word, open and length(word) = 1 and octet_length(word) > 2), ' & '),
          string_agg(app.search_term(mine || 't', word, open and last), ' & ')
        into m, a, t
        from (select word, n, n = cardinality(said) as last from unnest(said) with ordinality as w (word, n)) as words;
      if open and cardinality(said) = 1 and octet_length(said[1]) <= 2 then m := concat(m, ' | ', t); end if;
      if cardinality(said) > 1 then
        m := concat('(', m, ') | ', (select string_agg(app.search_term(mine || 'w', word, false), ' & ') from unnest(said) as word), ' & ', app.search_term(mine || 'o', '', false));
      end if;
      if p_kinds[i] = 'Without' then
        without := coalesce(without || m::tsquery, m::tsquery);
        continue;
      end if;
      if cardinality(said) = 1 and p_kinds[i] <> 'Phrase' then
        select array_agg(distinct app.search_fold(form)) into forms
          from unnest(configs) config, unnest(app.search_stem(config, p_texts[i])) form;
        select concat(m, string_agg(concat(' | ', app.search_term(mine || 's', form, false), ' | ', app.search_term(mine || 'w', form, false)), '')),
            concat(a, string_agg(' | ' || app.search_term(mine || 'a', form, false), '')),
            concat(t, string_agg(concat(' | ', app.search_term(mine || 'u', form, false), ' | ', app.search_term(mine || 't', form, false)), ''))
          into m, a, t from unnest(forms) form;
        stems[i] := coalesce(array_to_string(forms, ' '), '');
      end if;
      mentions := mentions || concat('(', m, ')');
      abouts := abouts || concat('(', a, ')');
      titles := titles || concat('(', t, ')');
    end loop;
  end loop;
  if cardinality(mentions) = 0 then return; end if;
  -- Where a long text says it first; near enough to cut a piece around.
  select string_agg(distinct case when word ~ '^[a-z0-9]' then '\m' || word else word end, '|') into pattern
    from unnest(p_texts, p_kinds, stems) as p (part, kind, stem),
      regexp_split_to_table(concat(app.search_words(part), ' ', app.search_fold(app.search_words(part)), ' ', stem), '\s+') as word
    where kind <> 'Without' and word <> '';
  mention := array_to_string(mentions, ' & ')::tsquery;
  about := array_to_string(abouts, ' & ')::tsquery;
  title := array_to_string(titles, ' & ')::tsquery;
  whole := app.search_term(mine || 'x', app.search_whole(array_to_string(p_texts, ' ')), false)::tsquery;
  if without is not null then
    mention := mention && !! without;
    about := about && !! without;
    title := title && !! without;
    whole := whole && !! without;
  end if;
end $$;

-- A page of what was found in the entered workspace, the best first and of equals the newest, and how much there is
-- in all. One row without a key where the page has none.
create function app.search(
    p_texts text[], p_kinds text[], p_of text[], p_status text, p_author uuid, p_archived boolean,
    p_after_score int, p_after_at timestamptz, p_after_id uuid, p_count int)
  returns table (kind text, subject_id uuid, score int, updated_at timestamptz, total int, stems text[], pattern text)
  language plpgsql stable rows 25 security definer
  set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  workspace uuid := app.workspace_id();
  q record;
begin
  if workspace is null then
    raise exception using errcode = '42501', message = 'A workspace is searched by who entered it';
  end if;
  select * into q from app.search_query(workspace, p_texts, p_kinds);
  -- `is not distinct from`, which no index serves: the terms name the workspace already, and what is planned for a
  -- small one must not be to read a large one through.
  return query
  with hits as materialized (
    select d.kind, d.subject_id, d.updated_at from public.search_documents d
    where d.workspace_id is not distinct from workspace and d.terms @@ q.mention
      and (p_of is null or d.kind = any (p_of)) and (p_status is null or d.status = p_status) and (p_author is null or d.author_id = p_author)
      and case d.kind
        when 'Item' then (d.archived_at is not null) = p_archived
        when 'Asset' then not p_archived
        else exists (select from public.search_documents i where i.workspace_id = workspace and i.kind = 'Item'
          and i.subject_id = d.content_item_id and (i.archived_at is not null) = p_archived) end),
  about as materialized (
    select d.kind, d.subject_id from public.search_documents d where d.workspace_id is not distinct from workspace and d.terms @@ q.about),
  titled as materialized (
    select d.kind, d.subject_id from public.search_documents d where d.workspace_id is not distinct from workspace and d.terms @@ q.title),
  entitled as materialized (
    select d.kind, d.subject_id from public.search_documents d where d.workspace_id is not distinct from workspace and d.terms @@ q.whole),
  scored as (
    select h.kind, h.subject_id, h.updated_at,
      case when entitled.kind is not null then 4 when titled.kind is not null then 3 when about.kind is not null then 2 else 1 end as score
    from hits h left join entitled using (kind, subject_id) left join titled using (kind, subject_id) left join about using (kind, subject_id)),
  paged as (
    select s.* from scored s
    where p_after_id is null or (s.score, s.updated_at, s.subject_id) < (p_after_score, p_after_at, p_after_id)
    order by s.score desc, s.updated_at desc, s.subject_id desc limit p_count)
  select p.kind, p.subject_id, p.score, p.updated_at, counted.total, q.stems, q.pattern
  from (select count(*)::int as total from hits) as counted left join paged p on true;
end $$;

-- For lists of items that are looked through by their titles while somebody types: each word may go on.
create function app.items_titled(p_text text) returns setof uuid
  language plpgsql stable rows 50 security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  workspace uuid := app.workspace_id();
  q tsquery;
begin
  if workspace is null then
    raise exception using errcode = '42501', message = 'A workspace is searched by who entered it';
  end if;
  select string_agg(app.search_term(right(workspace::text, 6) || 't', word, true), ' & ')::tsquery into q
    from unnest(app.search_said(p_text)) as word;
  return query select d.subject_id from public.search_documents d where d.workspace_id is not distinct from workspace and d.terms @@ q and d.kind = 'Item';
end $$;

-- Making documents anew from what they speak of: `p_count` of a kind after an id. Answers the last one, or null at
-- the end. Whoever saves, comments or archives holds the item, and who changes a file holds that: they wait, or are
-- waited for.
create function app.search_renew(p_workspace uuid, p_kind text, p_after uuid, p_count int) returns uuid
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  batch uuid[];
begin
  if p_kind = 'Comment' then
    batch := array(select c.id from public.comments c where c.workspace_id = p_workspace and c.id > p_after order by c.id limit p_count);
    perform from public.content_items i where i.workspace_id = p_workspace and i.id in (
      select c.content_item_id from public.comments c where c.workspace_id = p_workspace and c.id = any (batch)) order by i.id for update;
    perform app.search_put_comment(c) from public.comments c where c.workspace_id = p_workspace and c.id = any (batch);
    return batch[cardinality(batch)];
  end if;
  if p_kind = 'Asset' then
    batch := array(select a.id from public.assets a where a.workspace_id = p_workspace and a.id > p_after order by a.id limit p_count for update);
    perform app.search_put_asset(a) from public.assets a where a.workspace_id = p_workspace and a.id = any (batch);
    return batch[cardinality(batch)];
  end if;
  batch := array(select i.id from public.content_items i
    where p_kind = 'Item' and i.workspace_id = p_workspace and i.id > p_after order by i.id limit p_count for update);
  perform app.search_write(i.workspace_id, 'Item', i.id, i.id, null, v.title, v.body, v.metadata ->> 'language', v.version_number, i.created_by, i.updated_at),
      app.search_mark(i.workspace_id, i.id, i.title, i.status, i.created_by, i.updated_at, i.archived_at)
    from public.content_items i
    join public.content_versions v on v.workspace_id = i.workspace_id and v.content_item_id = i.id and v.version_number = i.current_version_number
    where i.workspace_id = p_workspace and i.id = any (batch);
  return batch[cardinality(batch)];
end $$;

create function app.renew_search(p_kind text, p_after uuid, p_count int) returns uuid
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if app.role() is distinct from 'System' then
    raise exception using errcode = '42501', message = 'A job makes the documents of search anew';
  end if;
  return app.search_renew(app.workspace_id(), p_kind, p_after, p_count);
end $$;

-- For the operator's command, which makes jobs of them.
create function app.searched_workspaces(p_workspace uuid) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select w.id from public.workspaces w where p_workspace is null or w.id = p_workspace order by w.id
$$;

-- What there was before. The owner is bound by row-level security as well, and sees for this long what is copied.
create policy backfill on workspaces for select to current_user using (true);
create policy backfill on content_items for all to current_user using (true) with check (false);
create policy backfill on content_versions for select to current_user using (true);
create policy backfill on comments for select to current_user using (true);
create policy backfill on assets for all to current_user using (true) with check (false);
create policy backfill on search_documents for all to current_user using (true) with check (true);
do $$
declare
  workspace uuid;
  what text;
  place uuid;
  missing bigint;
begin
  for workspace in select w.id from workspaces w order by w.id loop
    foreach what in array array['Item', 'Comment', 'Asset'] loop
      place := '00000000-0000-0000-0000-000000000000';
      while place is not null loop
        place := app.search_renew(workspace, what, place, 1000);
      end loop;
    end loop;
    select count(*) into missing from (
      select i.id from content_items i where i.workspace_id = workspace and not exists (
        select from search_documents d where d.workspace_id = workspace and d.kind = 'Item' and d.subject_id = i.id
          and d.version_number = i.current_version_number)
      union all
      select c.id from comments c where c.workspace_id = workspace and c.removed_at is null and not exists (
        select from search_documents d where d.workspace_id = workspace and d.kind = 'Comment' and d.subject_id = c.id)
      union all
      select a.id from assets a where a.workspace_id = workspace and a.removed_at is null and a.purpose = 'Asset' and not exists (
        select from search_documents d where d.workspace_id = workspace and d.kind = 'Asset' and d.subject_id = a.id)) as gaps;
    if missing > 0 then
      raise exception 'Of workspace %, % texts were not indexed', workspace, missing;
    end if;
  end loop;
end $$;
drop policy backfill on workspaces;
drop policy backfill on content_items;
drop policy backfill on content_versions;
drop policy backfill on comments;
drop policy backfill on assets;
drop policy backfill on search_documents;

grant select on content_versions, comments, assets to contentos_definer;
-- To hold a file, no more: nothing here writes it.
grant update (updated_at) on assets to contentos_definer;
create policy search on content_versions for select to contentos_definer using (workspace_id = (select app.workspace_id()));
create policy search on comments for select to contentos_definer using (workspace_id = (select app.workspace_id()));
create policy search on assets for select to contentos_definer using (workspace_id = (select app.workspace_id()));
create policy hold on assets for update to contentos_definer
  using (workspace_id = (select app.workspace_id())) with check (false);

grant create on schema app to contentos_definer;
do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p where p.pronamespace = 'app'::regnamespace and p.proname ~ '^search|^renew_search$|^items_titled$' loop
    execute format('alter function %s owner to contentos_definer', f);
  end loop;
end $$;
revoke create on schema app from contentos_definer;
grant execute on function app.search, app.items_titled, app.renew_search to contentos_app;
grant execute on function app.searched_workspaces to contentos_worker;
