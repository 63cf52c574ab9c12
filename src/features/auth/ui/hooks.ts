import { login, loginWithPasskey, logout, type Signup, signup, startPasskeyLogin } from "@contentos/sdk";
import { useMutation, useQueryClient } from "@tanstack/react-query";
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
export function usePasskeySignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const { startAuthentication } = await import("@simplewebauthn/browser");
      const options = await client.call(startPasskeyLogin, {});
      const { authenticatorAttachment, ...credential } = await startAuthentication({ optionsJSON: options as never });
      return client.call(loginWithPasskey, { body: { credential } } as never);
    },
    onSuccess: () => queries.clear(),
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return useWrite(logout, { onSettled: () => queries.clear() });
}
