import { itemOf, PLAN, type Stage, titleOf } from "./stage";
import { finishForClient } from "./writing";

const NAME = "Dana of Harbour Lane's client";
const PASSCODE = "otter-73-lamp";

type Receipt = { jws: string; document: { decision: string; guest: { name: string } } };
type Asked = { decision: string | null; contentHash: string };
type Submitted = { id: string; clientLinks: number };

/** Somebody without an account asks for changes, and then says yes. The policy is put back when she is done. */
export async function reviewByClient(stage: Stage) {
  const { client, say, cast, workspace } = stage;
  const { id } = itemOf(stage, PLAN.byClient);
  const policy = (...roles: string[]) =>
    client.put(cast.ada, `/workspaces/${workspace.id}`, { approvalSteps: roles.map((role) => ({ role })) });
  await policy("Editor", "Client");
  const submit = async () => {
    const step = await client.post<Submitted>(cast.cleo, `/content/${id}/submit`);
    await client.post(cast.ben, `/approval/${step.id}/approve`);
    return step;
  };

  await submit();
  const link = { name: NAME, contentItemIds: [id], passcode: PASSCODE, message: "Would your team understand this?" };
  const { url } = await client.post<{ url: string }>(cast.ben, "/review/links", link);
  say(
    `Ben approves ${titleOf(stage, PLAN.byClient)} and gives its client a link, with a passcode. She has no account.`,
  );
  const { id: step } = await waitingStep(stage, id);
  await client.refused(cast.ada, "POST", `/approval/${step}/approve`, {}, "forbidden");
  say("The step asks the client, so not even Ada, who owns the workspace, can take it.");

  const token = new URL(url).hash.slice(1);
  await client.refused(null, "POST", "/review/open", { token, name: NAME }, "passcode_required");
  const { credential } = await client.post<{ credential: string }>(null, "/review/open", {
    token,
    name: NAME,
    passcode: PASSCODE,
  });
  const dana = client.asClient(credential);
  const before = await dana.get<Asked>(`/review/items/${id}`);
  const reason = "It ends before it says what is recorded about us. Our lawyer will ask.";
  await dana.post(`/review/items/${id}/request-changes`, { contentHash: before.contentHash, reason });
  say(`Dana opens it, reads, and asks for changes: “${reason}”`);

  await finishForClient(stage);
  const { clientLinks } = await submit();
  if (clientLinks !== 1) throw new Error(`${clientLinks} links let a client decide`);
  const after = await dana.get<Asked>(`/review/items/${id}`);
  const receipt = await dana.post<Receipt>(`/review/items/${id}/approve`, {
    contentHash: after.contentHash,
    comment: "Thank you.",
  });
  say(
    `Under the same link she finds the new version and approves it. Her receipt says ${receipt.document.decision}, and is signed.`,
  );
  await policy("Editor", "Admin");
}

async function waitingStep({ client, cast }: Stage, id: string) {
  const { items } = await client.get<{ items: { id: string; status: string }[] }>(cast.ada, `/content/${id}/approvals`);
  return items.find(({ status }) => status === "Pending")!;
}
