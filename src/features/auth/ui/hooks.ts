import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/ui/api";
import type { Me } from "../contract";

export const useMe = () => useQuery({ queryKey: ["me"], queryFn: () => api<z.output<typeof Me>>("GET", "/auth/me") });

type Credentials = { email: string; password: string; name?: string };

/** Signing in or up ends in a session whose cookies the browser keeps. */
export function useSignIn(operation: "login" | "signup") {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Credentials) => api("POST", `/auth/${operation}`, { body }),
    onSuccess: () => client.clear(),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({ mutationFn: () => api("POST", "/auth/logout"), onSettled: () => client.clear() });
}
