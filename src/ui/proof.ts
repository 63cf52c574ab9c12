import { isProblem } from "@contentos/sdk";

/** By what somebody can show again that it is them. */
export type Way = "Password" | "Totp" | "Passkey";
/** Whether they have. */
type Ask = (ways: Way[]) => Promise<boolean>;

let ask: Ask | undefined;

/** Who asks, from now on. Answers how to ask no more. */
export function onProofAsked(next: Ask): () => void {
  ask = next;
  return () => {
    if (ask === next) ask = undefined;
  };
}

/** What the server refuses until somebody has shown that it is still them is done once they have. */
export async function withProof<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isProblem(error, "proof_required") || !(await ask?.(error.members.ways as Way[]))) throw error;
    return work();
  }
}
