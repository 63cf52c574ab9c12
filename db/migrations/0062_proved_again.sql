-- When whoever holds a session last showed again that it is them; before the first time, that is when they signed in.
alter table auth_sessions add column proved_at timestamptz(3);
