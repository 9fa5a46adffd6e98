import { useQuery } from "@tanstack/react-query";
import { EntityChip } from "#kit/entity/EntityChip.tsx";
import { useEntityNames } from "#kit/entity/entityNames.ts";
import { NamedReference } from "#kit/entity/NamedReference.tsx";
import { Fetched } from "#kit/Fetched.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { rootField } from "#lib/graphql/request.ts";
import { buttonClass } from "#ui/Button.tsx";
import { Card } from "#ui/Card.tsx";
import { CopyButton } from "#ui/CopyButton.tsx";
import { profile } from "../queries.ts";
import styles from "./Account.module.css";
import { GuestNote } from "./GuestNote.tsx";
import { t } from "./messages.ts";
import type { ProfileQuery } from "./Profile.generated.ts";

type Viewer = NonNullable<ProfileQuery["viewer"]>;

/** Who the viewer is, and the groups that make things theirs. */
export function ProfileTab() {
  const query = useQuery({ ...profile(), select: (answer) => rootField(answer, "viewer") });
  return (
    <Fetched query={query} what={t("what")}>
      {(viewer) => viewer && <Profile viewer={viewer} />}
    </Fetched>
  );
}

function Profile({ viewer }: { viewer: Viewer }) {
  const { ref, displayName, isGuest, access, entity, ownershipRefs } = viewer;
  const groups = ownershipRefs.filter((one) => one !== ref);
  const names = useEntityNames(groups);
  return (
    <>
      {isGuest && <GuestNote />}
      <div className={styles.columns}>
        <Card title={t("who")}>
          <dl className={styles.facts}>
            <dt>{t("name")}</dt>
            <dd>{displayName}</dd>
            <dt>{t("reference")}</dt>
            <dd className={styles.reference}>
              {ref}
              <CopyButton text={ref} what={t("reference")} />
            </dd>
            <dt>{t("entity")}</dt>
            <dd>{entity ? <EntityChip entity={entity} /> : t("noEntity")}</dd>
            <dt>{t("access")}</dt>
            <dd>{t(access)}</dd>
          </dl>
          <Link className={buttonClass({ size: "small" })} target={paths.explain({ subject: ref })}>
            {t("explain")}
          </Link>
        </Card>
        <Card title={t("groups")} count={groups.length}>
          <p className={styles.quiet}>{groups.length === 0 ? t("noGroups") : t("groupsText")}</p>
          <ul className={styles.groups}>
            {groups.map((group) => (
              <li key={group}>
                <NamedReference reference={group} names={names} />
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </>
  );
}
