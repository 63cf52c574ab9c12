/** In the reader's language and the workspace's zone. */
export const formatTime = (at: string, timeZone?: string) =>
  new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short", ...(timeZone && { timeZone }) }).format(
    new Date(at),
  );
