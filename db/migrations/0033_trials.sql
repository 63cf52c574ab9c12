-- Headlines of a page that is out, tried on the site's list: which of them is followed most.

create table site_trials (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  page_id uuid not null,
  content_item_id uuid not null,
  /* that is out; with another one, the headlines are of another text, and the trial is over */
  version_number int not null,
  status text not null default 'Waiting' check (status in ('Waiting', 'Running', 'Decided', 'Undecided', 'Stopped')),
  /* whether somebody else has to approve the headlines, as the workspace's steps were when they were put forward */
  needs_approval boolean not null,
  /* the probability from which on a headline is taken for the best, in percent */
  confidence int not null check (confidence between 80 and 99),
  days int not null check (days between 1 and 60),
  ends_at timestamptz(3),
  winner int,
  reason text check (reason in ('Confident', 'TimeOver', 'PageChanged', 'ByPerson')),
  created_by uuid not null default app.user_id() references users,
  created_at timestamptz(3) not null default now(),
  approved_by uuid references users check (approved_by <> created_by),
  started_at timestamptz(3),
  ended_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, page_id) references site_pages,
  foreign key (workspace_id, content_item_id, version_number) references content_versions (workspace_id, content_item_id, version_number),
  check (status in ('Waiting', 'Stopped') or approved_by is not null or not needs_approval),
  check ((status in ('Decided', 'Undecided', 'Stopped')) = (ended_at is not null)),
  check ((status = 'Decided') = (winner is not null))
);
create unique index site_trials_one on site_trials (workspace_id, page_id) where status = 'Running';
create index on site_trials (workspace_id, created_at desc, id desc);

-- Number 0 is the headline that is out. What was put forward stays to the letter, so that what was approved is what is shown.
create table site_trial_variants (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  trial_id uuid not null,
  number int not null check (number between 0 and 5),
  headline text not null check (length(headline) between 1 and 300),
  /* the share of visitors that see it: its probability to be the best when that was looked at last */
  weight double precision not null check (weight between 0 and 1),
  /* times that it was on a visitor's screen, and of these how often it was followed */
  views int not null default 0,
  clicks int not null default 0,
  primary key (workspace_id, trial_id, number),
  foreign key (workspace_id, trial_id) references site_trials,
  check (clicks between 0 and views)
);

alter table site_trials enable row level security;
alter table site_trials force row level security;
alter table site_trial_variants enable row level security;
alter table site_trial_variants force row level security;
grant select on site_trials, site_trial_variants to contentos_app;
create policy read on site_trials for select to contentos_app using (workspace_id = (select app.workspace_id()));
create policy read on site_trial_variants for select to contentos_app using (workspace_id = (select app.workspace_id()));
create policy visit on site_trials for select to contentos_app
  using (workspace_id = (select app.visited_workspace_id()) and status = 'Running');
create policy visit on site_trial_variants for select to contentos_app
  using (workspace_id = (select app.visited_workspace_id()) and exists (
    select from site_trials t where t.workspace_id = site_trial_variants.workspace_id and t.id = trial_id));

create policy propose on site_trials for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Editor', 'Admin')
              and created_by = (select app.user_id())
              and (needs_approval or not exists (
                select from workspaces w where w.id = site_trials.workspace_id and jsonb_array_length(w.approval_steps) > 0)));
create policy change on site_trials for update to contentos_app
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id())
              and ((select app.role()) = 'System'
                or (select app.role()) in ('Editor', 'Admin') and (approved_by = (select app.user_id()) or approved_by is null or status = 'Stopped')));
grant insert (workspace_id, id, page_id, content_item_id, version_number, needs_approval, confidence, days, created_by),
  update (status, ends_at, winner, reason, approved_by, started_at, ended_at) on site_trials to contentos_app;

create policy propose on site_trial_variants for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Editor', 'Admin') and exists (
    select from site_trials t where t.workspace_id = site_trial_variants.workspace_id and t.id = trial_id
      and t.status = 'Waiting' and t.approved_by is null));
create policy weigh on site_trial_variants for update to contentos_app
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'System');
grant insert (workspace_id, trial_id, number, headline, weight), update (weight) on site_trial_variants to contentos_app;

-- Counts what a visitor saw or followed; false where no such trial runs. Nobody follows more often than they saw.
create function app.count_trial(p_trial uuid, p_number int, p_what text) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.visited_workspace_id();
begin
  update public.site_trial_variants v
    set views = v.views + (p_what = 'view')::int, clicks = least(v.clicks + (p_what = 'click')::int, v.views)
    where v.workspace_id = workspace and v.trial_id = p_trial and v.number = p_number
      and exists (select from public.site_trials t where t.workspace_id = workspace and t.id = p_trial and t.status = 'Running');
  return found;
end $$;
create policy count_read on site_trials for select to contentos_definer using (true);
create policy count_read on site_trial_variants for select to contentos_definer using (true);
create policy count on site_trial_variants for update to contentos_definer using (true) with check (true);
grant select on site_trials to contentos_definer;
grant select, update (views, clicks) on site_trial_variants to contentos_definer;
grant create on schema app to contentos_definer;
alter function app.count_trial owner to contentos_definer;
revoke create on schema app from contentos_definer;
grant execute on function app.count_trial to contentos_app;
