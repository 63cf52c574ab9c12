-- A second endpoint of a workspace's own, asked where the first fails, and which one answered.
alter table ai_settings
  add column fallback_base_url text check (length(fallback_base_url) <= 500),
  add column fallback_sealed_key bytea,
  add column fallback_key_hint text check (length(fallback_key_hint) <= 8),
  add column fallback_models text[] not null default '{}';
grant select (fallback_base_url, fallback_key_hint, fallback_models),
  insert (fallback_base_url, fallback_sealed_key, fallback_key_hint, fallback_models),
  update (fallback_base_url, fallback_sealed_key, fallback_key_hint, fallback_models) on ai_settings to contentos_app;

-- The host alone: an address can have a secret in it.
alter table ai_generations add column endpoint_host text check (length(endpoint_host) <= 300);
-- Who pays is known when somebody has answered.
grant update (endpoint_host, own_key) on ai_generations to contentos_app;

-- As `app.ai_key`, of the second endpoint.
create function app.ai_fallback_key() returns table (wrapped_key bytea, sealed_key bytea)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.wrapped_key, s.fallback_sealed_key
  from public.ai_settings s join public.workspace_keys k on k.workspace_id = s.workspace_id
  where s.workspace_id = app.workspace_id() and s.fallback_sealed_key is not null
    and app.role_rank(app.role()) >= app.role_rank('Writer')
$$;
grant select (fallback_sealed_key) on ai_settings to contentos_definer;
grant create on schema app to contentos_definer;
alter function app.ai_fallback_key owner to contentos_definer;
revoke create on schema app from contentos_definer;
grant execute on function app.ai_fallback_key to contentos_app;
