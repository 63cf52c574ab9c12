-- An adaptation is for a channel, or for a network that nothing here publishes to: then people copy it.
alter table content_adaptations
  alter column channel_id drop not null,
  add column network text check (network ~ '^[a-z]{1,30}$'),
  add constraint channel_or_network check (num_nonnulls(channel_id, network) = 1);
grant insert (network) on content_adaptations to contentos_app;

drop trigger record_change on content_adaptations;
create trigger record_change after insert or update or delete on content_adaptations
  for each row execute function app.record_change('id', 'content_item_id', 'version_number', 'channel_id', 'network', 'content_hash', 'removed_at');
