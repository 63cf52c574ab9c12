import { type CallContext, type ChannelAdapter, ChannelError } from "@/channels/adapter";

/** What the publisher has in its table, for an adapter that is tried without one: what each part was, and where it is. */
export function rememberParts<Input, Credentials>(real: ChannelAdapter<Input, Credentials>) {
  const rows = new Map<string, { text: string; remoteId: string | null }>();
  const adapter: ChannelAdapter<Input, Credentials> = {
    ...real,
    async publish(account, publication, part, earlier, context) {
      const { key, text } = part;
      rows.set(key, { text, remoteId: rows.get(key)?.remoteId ?? null });
      try {
        const remote = await real.publish(account, publication, part, earlier, context);
        rows.set(key, { text, remoteId: remote.remoteId });
        return remote;
      } catch (error) {
        // Anything but a lost answer is a no: nothing of it is under way.
        if (error instanceof ChannelError && error.kind !== "lost") rows.delete(key);
        throw error;
      }
    },
    async find(account, part, context, earlier) {
      const remote = await real.find(account, part, context, earlier);
      if (remote) rows.set(part.key, { text: part.text, remoteId: remote.remoteId });
      return remote;
    },
  };
  const otherParts: NonNullable<CallContext["otherParts"]> = async ({ key, text }) =>
    [...rows].flatMap(([of, { remoteId, ...row }]) =>
      of !== key && (remoteId !== null || row.text === text) ? { remoteId } : [],
    );
  return { adapter, otherParts, rows };
}
