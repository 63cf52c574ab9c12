-- When a channel is posted on each week, by the clocks of its workspace: what has no time of its own takes the next one free.
create table distribution_posting_times (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  channel_id uuid not null,
  /* of the week: 0 is Monday 00:00, 10079 is Sunday 23:59 */
  minutes smallint[] not null check (cardinality(minutes) <= 50 and 0 <= all (minutes) and 10079 >= all (minutes)),
  updated_at timestamptz(3) not null default now(),
  primary key (workspace_id, channel_id),
  foreign key (workspace_id, channel_id) references channels (workspace_id, id)
);
alter table distribution_posting_times enable row level security;
alter table distribution_posting_times force row level security;
grant select, insert (workspace_id, channel_id, minutes), update (minutes, updated_at) on distribution_posting_times to contentos_app;
create policy read on distribution_posting_times for select to contentos_app using (workspace_id = (select app.workspace_id()));
create policy keep on distribution_posting_times for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Editor', 'Admin'));
create policy change on distribution_posting_times for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Editor', 'Admin'));
select app.erase_with_workspace('distribution_posting_times');
create trigger record_change after insert or update or delete on distribution_posting_times
  for each row execute function app.record_change('channel_id', 'channel_id', 'minutes');
