import { login, loginWithPasskey, logoutSso, type Signup, signup, startPasskeyLogin } from "@contentos/sdk";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { client } from "@/ui/api";
import { useWrite } from "@/ui/query";

type Credentials = Omit<Signup, "name"> & { name?: string; totp?: string; recoveryCode?: string };

/** Signing in or up ends in a session whose cookies the browser keeps. */
export function useSignIn(operation: "login" | "signup") {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ email, password, name = "", totp, recoveryCode }: Credentials) =>
      operation === "login"
        ? client.call(login, {
            body: { email, password, ...(totp && { totp }), ...(recoveryCode && { recoveryCode }) },
          })
        : client.call(signup, { body: { email, password, name } }),
    onSuccess: () => queries.clear(),
  });
}

/** The browser asks which passkey, and for a finger or a PIN. */
export async function askPasskey() {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const options = await client.call(startPasskeyLogin, {});
  const { authenticatorAttachment, ...credential } = await startAuthentication({ optionsJSON: options as never });
  return credential;
}

export function usePasskeySignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => client.call(loginWithPasskey, { body: { credential: await askPasskey() } } as never),
    onSuccess: () => queries.clear(),
  });
}

/** Here, and at the provider that signed somebody in, where it takes that: it sends the browser back to the sign-in page. */
export function useSignOut(onOut: () => void = () => {}) {
  const queries = useQueryClient();
  const router = useRouter();
  return useWrite(logoutSso, {
    onSettled: (answer) => {
      onOut();
      queries.clear();
      if (answer?.url) window.location.assign(answer.url);
      else router.push("/sign-in");
    },
  });
}
