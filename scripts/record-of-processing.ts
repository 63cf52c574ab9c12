import { CATEGORIES, columnsOf, PROCESSING } from "@/db/processing";

const INTRO = `# Record of processing

What ContentOS keeps, what for, and what becomes of it when a person is erased: the part of a record of processing activities (GDPR, article 30) that the software itself can tell. It is made of \`src/db/processing\` by \`npm run generate\`; a table or a column that says nothing there fails a test.

The operator of a deployment is the controller, or the processor of the agencies and teams that work in it. To complete the record, the operator adds their name and contact, the recipients (the networks to which a workspace publishes, the mail server, the storage of files, the backups), the region (\`CONTENTOS_REGION\`), and for how long backups are kept.

Whose data it is: people with an account, clients who open a review link, people who are invited, and authors of what was brought in from elsewhere. Visitors of public sites are counted, and nobody of them is kept.

## Categories
`;

/** The whole document, as Markdown. */
export function recordOfProcessing(): string {
  const categories = Object.entries(CATEGORIES).map(([name, said]) => `- **${name}**: ${said}`);
  const tables = Object.entries(PROCESSING)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, table]) => {
      const byCategory = new Map<string, string[]>();
      for (const [column, category] of columnsOf(table))
        byCategory.set(category, [...(byCategory.get(category) ?? []), column]);
      const rows = [...byCategory].map(
        ([category, columns]) => `| ${category} | ${columns.map((column) => `\`${column}\``).join(", ")} |`,
      );
      const erasure = table.erasure ? `\nWhen a person is erased: ${table.erasure}.\n` : "";
      return `### ${name}\n\n${table.purpose}\n${erasure}\n| category | columns |\n|---|---|\n${rows.join("\n")}\n`;
    });
  return `${INTRO}\n${categories.join("\n")}\n\n## Tables\n\n${tables.join("\n")}`;
}
