import { ExternalLink } from "lucide-react";
import { linkAddress } from "#lib/linkAddress.ts";
import styles from "./EntityLinks.module.css";
import type { EntityHeaderFragment } from "./EntityPage.generated.ts";

/** The links an entity names; one that is not safe to follow is shown as text. */
export function EntityLinks({ links }: { links: EntityHeaderFragment["links"] }) {
  return (
    <ul>
      {links.map(({ url, title, type }) => {
        const address = linkAddress(url);
        const content = (
          <>
            <ExternalLink size={14} aria-hidden />
            {title ?? url}
            {type && <span className={styles.note}>{type}</span>}
          </>
        );
        return (
          <li key={`${url} ${title}`}>
            {address ? (
              <a className={styles.link} href={address} target="_blank" rel="noreferrer" title={url}>
                {content}
              </a>
            ) : (
              <span className={styles.link}>{content}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
