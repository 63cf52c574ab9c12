import type { Member } from "#tests/factories";
import type { TestDatabase } from "#tests/harness/database";
import { runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { notificationTasks } from "@/features/notifications";
import { type Clock, systemClock } from "@/platform/clock";
import type { Mail, Mailer } from "@/platform/mailer";
import { createOutboundFetch } from "@/platform/outbound-fetch";

/** A mailer that keeps what it was given, and refuses as it is told. */
export function keepingMailer() {
  const mails: Mail[] = [];
  const told: { refuse: (() => Error) | undefined } = { refuse: undefined };
  const mailer: Mailer = {
    send: async (mail) => {
      mails.push(mail);
      if (told.refuse) throw told.refuse();
    },
  };
  return { mails, told, mailer };
}

type Over = { clock?: Clock; mailer?: Mailer };

export const notifyingTasks = (
  t: TestDatabase,
  { clock = systemClock, mailer = { off: true, send: async () => {} } }: Over = {},
) =>
  notificationTasks({
    db: t.db,
    clock,
    mailer,
    keyring: testKeyring,
    fetch: createOutboundFetch({ allow: ["127.0.0.1"] }),
    publicUrl: "https://contentos.test",
  });

/** Does what is due, as a worker. */
export const notify = (t: TestDatabase, over: Over = {}) => runJobs(t, notifyingTasks(t, over));

export type Told = { userId: string; kind: string; source: string; email: string | null };

/** What was told in a workspace, to whom, in its order. */
export const toldIn = (t: TestDatabase, workspaceId: string) =>
  t.asOwner<Told>(
    `select n.user_id as "userId", n.kind, n.source, d.way as email from notifications n
     left join notifications_deliveries d on d.id = n.delivery_id where n.workspace_id = $1 order by n.created_at, n.id`,
    [workspaceId],
  );

export const toldTo = async (t: TestDatabase, member: Member) =>
  (await toldIn(t, member.workspaceId)).filter(({ userId }) => userId === member.userId).map(({ kind }) => kind);
