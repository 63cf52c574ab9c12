import { Text } from "@mantine/core";
import type { Present } from "./hooks";

/** Who else has it open: each person once, and as writing if any of their tabs is. */
export function PresentLine({ present }: { present: Present[] }) {
  const people = new Map<string, Present>();
  for (const one of present) if (one.state === "Editing" || !people.has(one.userId)) people.set(one.userId, one);
  const said = [...people.values()].map(({ name, state }) => (state === "Editing" ? `${name} is editing` : name));
  return (
    <Text size="sm" c="dimmed" role="status" style={{ overflowWrap: "anywhere" }}>
      {said.length > 0 && `Also here: ${said.join(", ")}`}
    </Text>
  );
}
