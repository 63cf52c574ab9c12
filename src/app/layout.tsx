import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@/ui/print.css";
import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import type { Metadata } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { EARLY_SCRIPT } from "@/screens/shell/early-script";
import { Providers } from "@/ui/providers";

export const metadata: Metadata = {
  title: { default: "ContentOS", template: "%s · ContentOS" },
  description: "From an idea to a measured result.",
};

/** The nonce of the answer is asked for, so that each page is made when it is asked for: one made before could carry none. */
export default async function Layout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang="en" {...mantineHtmlProps}>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: It is ours, and made of nothing that was given. */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: EARLY_SCRIPT }} />
        <ColorSchemeScript defaultColorScheme="auto" {...(nonce && { nonce })} />
      </head>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
