import { Alert, List } from "@mantine/core";
import { Problem } from "./api";

/** Says what went wrong and what to do, in the API's own sentence. */
export function ProblemAlert({ error }: { error: Error | null }) {
  if (!error) return null;
  const issues = error instanceof Problem ? error.issues : [];
  return (
    <Alert color="red" variant="light" role="alert">
      {error.message}
      {issues.length > 0 && (
        <List size="sm" mt={4}>
          {issues.map(({ path, message }) => (
            <List.Item key={path + message}>
              {path}: {message}
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
