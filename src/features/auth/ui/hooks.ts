import { getMe, login, logout, type Signup, signup } from "@contentos/sdk";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { client } from "@/ui/api";
import { useRead, useWrite } from "@/ui/query";

export const useMe = () => useRead(getMe, {}, { staleTime: 60_000 });

type Credentials = Omit<Signup, "name"> & { name?: string };

/** Signing in or up ends in a session whose cookies the browser keeps. */
export function useSignIn(operation: "login" | "signup") {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ email, password, name = "" }: Credentials) =>
      operation === "login"
        ? client.call(login, { body: { email, password } })
        : client.call(signup, { body: { email, password, name } }),
    onSuccess: () => queries.clear(),
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return useWrite(logout, { onSettled: () => queries.clear() });
}
