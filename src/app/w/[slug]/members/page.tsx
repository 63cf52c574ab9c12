import { redirect } from "next/navigation";

/** Where members were before they moved into the settings: links lead here still. */
export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  redirect(`/w/${(await params).slug}/settings/members`);
}
