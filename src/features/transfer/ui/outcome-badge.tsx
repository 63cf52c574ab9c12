import type { ImportedEntry } from "@contentos/sdk";
import { Badge } from "@mantine/core";

const COLORS: Record<ImportedEntry["outcome"], string> = {
  Imported: "teal",
  Updated: "blue",
  Unchanged: "gray",
  Conflict: "orange",
  Skipped: "gray",
  Failed: "red",
};

export const OutcomeBadge = ({ outcome, label }: { outcome: ImportedEntry["outcome"]; label: string }) => (
  <Badge color={COLORS[outcome]} variant="light" tt="none">
    {label}
  </Badge>
);
