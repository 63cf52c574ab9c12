import { listInbox, listSchedules, type Operation, type Workspace } from "@contentos/sdk";
import { useQueries } from "@tanstack/react-query";
import { client } from "@/ui/api";
import { readKey } from "@/ui/query";

type Asked<T> = { items: T[]; pending: boolean; failed: { workspace: Workspace; error: Error }[] };
type Page<T> = { items: T[] };

/** The same question to each workspace, answered within each alone; what one of them can't answer, the others do. */
function useEach<I, T>(workspaces: Workspace[], operation: Operation<I, Page<T>>, input: I) {
  return useQueries({
    queries: workspaces.map((workspace) => ({
      queryKey: readKey(workspace.id, operation, input),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        client.in(workspace.id).call(operation as Operation<unknown, Page<T>>, input as never, { retries: 0, signal }),
      refetchInterval: 60_000,
    })),
    combine: (results): Asked<T & { workspace: Workspace }> => ({
      items: results.flatMap(({ data }, place) =>
        (data?.items ?? []).map((item) => ({ ...item, workspace: workspaces[place]! })),
      ),
      pending: results.some(({ isPending }) => isPending),
      failed: results.flatMap(({ error }, place) => (error ? [{ workspace: workspaces[place]!, error }] : [])),
    }),
  });
}

/** What waits for one's decision, the longest first. */
export function useAllWaiting(workspaces: Workspace[]) {
  const asked = useEach(workspaces, listInbox, { limit: 50 });
  return { ...asked, items: asked.items.toSorted((a, b) => a.submittedAt.localeCompare(b.submittedAt)) };
}

/** What is to go out from then on, the next first. @param from RFC 3339 */
export function useAllPlanned(workspaces: Workspace[], from: string) {
  const asked = useEach(workspaces, listSchedules, { from, limit: 50 });
  return { ...asked, items: asked.items.toSorted((a, b) => Date.parse(a.scheduledTime) - Date.parse(b.scheduledTime)) };
}
