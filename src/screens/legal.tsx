"use client";

import { Container, Stack } from "@mantine/core";
import { ChoicesLink } from "@/features/privacy/ui/choices-link";
import { LegalText, NoticeText } from "@/features/privacy/ui/legal-text";
import { PrivacyChoices } from "@/features/privacy/ui/privacy-choices";

export function LegalPage({ document }: { document: "Terms" | "Privacy" }) {
  return (
    <Container size="sm" py="xl" component="main">
      <LegalText document={document} />
      <Stack mt="md">
        <ChoicesLink />
      </Stack>
    </Container>
  );
}

/** The notice at collection, and the choice itself. */
export function ChoicesPage() {
  return (
    <Container size="sm" py="xl" component="main">
      <NoticeText />
      <Stack mt="lg">
        <PrivacyChoices />
      </Stack>
    </Container>
  );
}
