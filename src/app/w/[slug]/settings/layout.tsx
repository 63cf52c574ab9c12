import type { ReactNode } from "react";
import { SettingsLayout } from "@/screens/settings/layout";
import { AllWords } from "@/ui/text/all-words";

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <AllWords>
      <SettingsLayout>{children}</SettingsLayout>
    </AllWords>
  );
}
