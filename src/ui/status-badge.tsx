import { Badge } from "@mantine/core";

const LOOKS: Record<string, { color: string; label?: string }> = {
  Draft: { color: "gray" },
  InReview: { color: "blue", label: "In review" },
  Pending: { color: "blue", label: "Waiting" },
  Approved: { color: "teal" },
  Published: { color: "green" },
  Rejected: { color: "red" },
  Superseded: { color: "gray" },
  Scheduled: { color: "blue" },
  Publishing: { color: "blue" },
  Failed: { color: "red" },
  Canceled: { color: "gray" },
  OnHold: { color: "orange", label: "On hold" },
  Unknown: { color: "orange" },
  Removed: { color: "gray" },
};

export function StatusBadge({ status }: { status: string }) {
  const { color, label } = LOOKS[status] ?? { color: "gray" };
  return (
    <Badge color={color} variant="light" tt="none" fw={600} style={{ flexShrink: 0 }}>
      {label ?? status}
    </Badge>
  );
}
