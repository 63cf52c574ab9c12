/** What the shell and the list read first, as the SDK asks for it. */
export const WORKSPACES = "/api/v1/workspaces?limit=100";
export const FIRST_ITEMS = "/api/v1/content?sort=-updatedAt&limit=50";

/**
 * Runs in the page's head, before its scripts have come: what they will ask for first is on its way beside them. The
 * list's items are meant in a workspace, which its address names by another name than the API does.
 */
function askEarly(workspaces: string, firstItems: string) {
  const place = /^\/w\/([^/]+)(\/content$)?/.exec(location.pathname);
  if (!place) return;
  const early: Record<string, Promise<Response>> = {};
  window.contentosEarly = early;
  const ask = (url: string, workspaceId: string) => {
    const headers: Record<string, string> = workspaceId ? { "X-Workspace-Id": workspaceId } : {};
    const answer = fetch(url, { credentials: "same-origin", headers });
    early[`${url} ${workspaceId}`] = answer;
    return answer;
  };
  const isList = place[2] !== undefined && location.search === "";
  ask(workspaces, "")
    .then((answer) => (isList && answer.ok ? answer.clone().json() : { items: [] }))
    .then(({ items }: { items: { id: string; slug: string }[] }) => {
      const here = items.find(({ slug }) => slug === place[1]);
      return here && ask(firstItems, here.id);
    })
    // Whoever needs it asks again.
    .catch(() => {});
}

export const EARLY_SCRIPT = `(${askEarly})(${JSON.stringify(WORKSPACES)},${JSON.stringify(FIRST_ITEMS)})`;
