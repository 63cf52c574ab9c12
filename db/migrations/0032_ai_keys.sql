-- API keys may use AI where they were given it. What they ask of a model is written down with the key, so that its
-- credits are the key's; models, limits and the workspace's own provider stay with people.

create or replace function app.key_scopes() returns text[]
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select array[
    'ai:read', 'ai:write', 'analytics:read', 'approval:read', 'approval:write', 'assets:read', 'assets:write', 'audit:read',
    'channels:read', 'channels:write', 'comments:read', 'comments:write', 'content:read', 'content:write', 'distribution:read',
    'distribution:write', 'events:read', 'personas:read', 'personas:write', 'planning:read', 'planning:write',
    'review:read', 'search:read', 'site:read', 'webhooks:read', 'webhooks:write']
$$;

-- A key that was made for all that keys might do until now goes on with that: nobody decided that it spends credits.
alter table auth_api_keys no force row level security;
update auth_api_keys set scopes = (select array_agg(s order by s) from unnest(app.key_scopes()) s where s not like 'ai:%')
  where scopes is null;
alter table auth_api_keys force row level security;

-- The key that asked; null for a person. Given by the database, and by nobody else.
alter table ai_generations add column api_key_id uuid default app.key_id();

-- By an address of its own choosing, a key could have every text sent there.
create policy by_people on ai_settings as restrictive for insert to contentos_app with check ((select app.key_id()) is null);
create policy by_people_only on ai_settings as restrictive for update to contentos_app
  using (true) with check ((select app.key_id()) is null);
