-- Some networks give access that ends for good: only a person can connect again then. People are told ahead of it.
alter table channels
  /* null where access doesn't end, or is renewed by itself */
  add column access_ends_at timestamptz(3),
  /* how many days ahead of that end people were last told; null before the first time */
  add column access_told_days smallint check (access_told_days in (14, 3));
grant update (access_ends_at, access_told_days) on channels to contentos_app;
