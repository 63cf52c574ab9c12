-- Who opens an old address of the application is led on to where their workspace is now: a person sees what their own have left.
create policy read_own on workspace_former_slugs for select to contentos_app using (
  (select app.person_id()) is not null and exists (select from workspaces w where w.id = workspace_former_slugs.workspace_id));
