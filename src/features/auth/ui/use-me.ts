import { getMe } from "@contentos/sdk";
import { useRead } from "@/ui/query";

/** Whoever is signed in; by itself, since every page asks, and hardly one for what else signing in has. */
export const useMe = () => useRead(getMe, {}, { staleTime: 60_000 });
