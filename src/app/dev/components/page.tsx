import { notFound } from "next/navigation";
import { Components } from "@/screens/dev/components";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Components" };

/** For whoever builds ContentOS: `npm run dev` shows it, and no deployment does. */
export default function Page() {
  if (process.env.NODE_ENV === "production") notFound();
  return (
    <AllWords>
      <Components />
    </AllWords>
  );
}
