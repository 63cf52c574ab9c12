import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@/ui/print.css";
import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Providers } from "@/ui/providers";

export const metadata: Metadata = {
  title: { default: "ContentOS", template: "%s · ContentOS" },
  description: "From an idea to a measured result.",
};

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" />
      </head>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
