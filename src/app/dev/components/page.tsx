import { notFound } from "next/navigation";
import { Components } from "@/screens/dev/components";

export const metadata = { title: "Components" };

/** For whoever builds ContentOS: `npm run dev` shows it, and no deployment does. */
export default function Page() {
  if (process.env.NODE_ENV === "production") notFound();
  return <Components />;
}
