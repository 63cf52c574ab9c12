"use client";

import { ActionIcon, Button, Kbd } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";

type Props = { label: string; onClick: () => void };

/** Looks like the field that it opens; on a phone, an icon. */
export function SearchButton({ label, onClick }: Props) {
  return (
    <>
      <Button
        variant="default"
        size="sm"
        w={220}
        justify="space-between"
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={
          <Kbd size="xs" aria-hidden>
            Ctrl K
          </Kbd>
        }
        onClick={onClick}
        visibleFrom="sm"
        fw={400}
        c="dimmed"
      >
        {label}
      </Button>
      <ActionIcon variant="default" size="lg" aria-label={label} onClick={onClick} hiddenFrom="sm">
        <IconSearch size={18} />
      </ActionIcon>
    </>
  );
}
