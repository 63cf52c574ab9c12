import { ChannelsScreen } from "@/screens/channels";

export const metadata = { title: "Channels" };

export default function Page() {
  return <ChannelsScreen />;
}
