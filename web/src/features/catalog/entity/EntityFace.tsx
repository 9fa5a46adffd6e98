import { useState } from "react";
import { KindIcon } from "#kit/entity/KindIcon.tsx";
import styles from "./EntityPage.module.css";

/** The picture of somebody, or the icon of the kind where there is none, or none that can be fetched. */
export function EntityFace({ kind, picture }: { kind: string; picture: string | null }) {
  const [failed, setFailed] = useState<string | null>(null);
  const address = picture && isFetchable(picture) ? picture : null;
  if (address === null || address === failed) return <KindIcon kind={kind} look="tile" />;
  return (
    <img
      className={styles.face}
      src={address}
      alt=""
      width={40}
      height={40}
      referrerPolicy="no-referrer"
      onError={() => setFailed(address)}
    />
  );
}

/** The policy of the page lets pictures in from where nobody on the way can change them. */
function isFetchable(picture: string): boolean {
  return URL.canParse(picture) && new URL(picture).protocol === "https:";
}
