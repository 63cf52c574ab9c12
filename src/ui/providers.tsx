"use client";

import { MantineProvider } from "@mantine/core";
import { MutationCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { BrandProvider, useBrandColor } from "./brand";
import { Notices } from "./notices";
import { waitBeforeTry, worthAnotherTry } from "./reading-again";
import { ShortcutsProvider } from "./shortcuts";
import { TextProvider } from "./text/text-provider";
import { readableColors, themeOf } from "./theme";

/** Whatever somebody does, all that is shown is loaded anew: also after a refusal, since that tells of something changed. */
function createQueries(): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: { queries: { retry: worthAnotherTry, retryDelay: waitBeforeTry, staleTime: 5_000 } },
    mutationCache: new MutationCache({
      onSettled: (_data, _error, _variables, _context, mutation) => {
        if (!mutation.meta?.quiet) void client.invalidateQueries();
      },
    }),
  });
  return client;
}

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(createQueries);
  return (
    <BrandProvider>
      <Themed>
        <TextProvider>
          <Notices />
          <QueryClientProvider client={client}>
            <ShortcutsProvider>{children}</ShortcutsProvider>
          </QueryClientProvider>
        </TextProvider>
      </Themed>
    </BrandProvider>
  );
}

function Themed({ children }: { children: ReactNode }) {
  const color = useBrandColor();
  const theme = useMemo(() => themeOf(color), [color]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={readableColors} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}
