"use client";

import { listMembers } from "@contentos/sdk";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "use-intl";
import { SuggestAlt } from "@/features/ai/alt-text/ui/suggest-alt";
import { AssetDrawer } from "@/features/assets/ui/asset-drawer";
import { AssetUsage } from "@/features/assets/ui/asset-usage";
import { useFolders } from "@/features/assets/ui/folders";
import { Library } from "@/features/assets/ui/library";
import { useMe } from "@/features/auth/ui/use-me";
import { Page } from "@/ui/page";
import { useRead } from "@/ui/query";
import { useMay, useWorkspace } from "./workspace-context";

export function Files() {
  const t = useTranslations("assets");
  const { id, slug } = useWorkspace();
  const may = useMay();
  const me = useMe().data?.user.id;
  const folders = useFolders();
  const { folderId, fileId, go } = usePlace();
  const members = useRead(listMembers, { id, limit: 100 }, { staleTime: 60_000 });
  const mayChange = ({ createdBy }: { createdBy: string }) => may("Editor") || (may("Writer") && createdBy === me);
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Library
        folders={folders}
        folderId={folderId}
        onFolder={(folder) => go({ folder })}
        onFile={(file) => go({ folder: folderId, file })}
        canUpload={may("Writer")}
        mayChange={mayChange}
      />
      {fileId && (
        <AssetDrawer
          id={fileId}
          folders={folders}
          mayChange={mayChange}
          nameOf={(userId) => members.data?.items.find((member) => member.userId === userId)?.name}
          usage={
            <AssetUsage
              id={fileId}
              itemAddress={(item) => `/w/${slug}/content/${item}`}
              siteAddress={`/s/${slug}`}
              brandingAddress={`/w/${slug}/settings/branding`}
            />
          }
          helpDescribe={may("Writer") ? (helped) => <SuggestAlt {...helped} /> : undefined}
          onClose={() => go({ folder: folderId })}
        />
      )}
    </Page>
  );
}

/** The folder and the file that the address names, so that both can be linked to and gone back from. */
function usePlace() {
  const router = useRouter();
  const pathname = usePathname();
  const asked = useSearchParams();
  const go = (place: { folder?: string | null; file?: string }) => {
    const said = Object.entries(place).filter((entry): entry is [string, string] => Boolean(entry[1]));
    const query = new URLSearchParams(said).toString();
    router.push(query ? `${pathname}?${query}` : pathname, { scroll: false });
  };
  return { folderId: asked.get("folder"), fileId: asked.get("file"), go };
}
