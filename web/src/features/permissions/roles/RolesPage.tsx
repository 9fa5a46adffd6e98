import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { Plus, Users } from "lucide-react";
import { useState } from "react";
import { useEntityNames } from "#kit/entity/entityNames.ts";
import { NamedReference } from "#kit/entity/NamedReference.tsx";
import { Fetched } from "#kit/Fetched.tsx";
import { Link } from "#kit/Link.tsx";
import { PageHead } from "#kit/PageHead.tsx";
import { usePageQuery } from "#kit/pageQuery.ts";
import { paths } from "#kit/paths.ts";
import { useMay } from "#kit/permissions.ts";
import { rootField } from "#lib/graphql/request.ts";
import { formatNumber } from "#lib/i18n/messages.ts";
import { firstValueOf } from "#lib/urlSearch.ts";
import { Badge } from "#ui/Badge.tsx";
import { Button, buttonClass } from "#ui/Button.tsx";
import { Notice } from "#ui/Notice.tsx";
import { Cell, NameCell, Table } from "#ui/Table.tsx";
import { roleList } from "../queries.ts";
import { CreateRoleDialog } from "./CreateRoleDialog.tsx";
import { t } from "./messages.ts";
import type { RoleListQuery } from "./RoleList.generated.ts";
import styles from "./Roles.module.css";

type Roles = NonNullable<RoleListQuery["roles"]>;

/** The roles there are. */
export function RolesPage() {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const assign = firstValueOf(search.assign);
  const permission = firstValueOf(search.permission);
  const [isCreating, setIsCreating] = useState(assign !== undefined || permission !== undefined);
  const mayCreate = useMay("policy.entity.create");
  const after = firstValueOf(search.after);
  usePageQuery(roleList(after));
  const query = useQuery({
    ...roleList(after),
    select: (answer) => rootField(answer, "roles"),
  });
  const create = mayCreate && (
    <Button look="primary" onClick={() => setIsCreating(true)}>
      <Plus size={14} aria-hidden />
      {t("create")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("roles")} text={t("text")} actions={create} />
      <Fetched query={query} what={t("what")}>
        {(roles) => {
          if (!roles) return null;
          if (roles.totalCount > 0) return <RoleTable roles={roles} isFirst={after === undefined} />;
          return <Notice icon={Users} title={t("emptyTitle")} text={t("emptyText")} actions={create} />;
        }}
      </Fetched>
      {isCreating && mayCreate && (
        <CreateRoleDialog
          members={assign ? [assign] : []}
          permission={permission}
          onClose={() => setIsCreating(false)}
        />
      )}
    </>
  );
}

interface RoleTableProps {
  roles: Roles;
  /** Whether it is the first page of them. */
  isFirst: boolean;
}

function RoleTable({ roles: { nodes, totalCount, pageInfo }, isFirst }: RoleTableProps) {
  const names = useEntityNames(nodes.flatMap(({ owner }) => owner ?? []));
  const columns = [
    { title: t("name") },
    { title: t("owner"), isWide: true },
    { title: t("members"), isNumber: true },
    { title: t("grants"), isNumber: true },
    { title: t("source"), isWide: true },
  ];
  return (
    <>
      <Table label={t("roles")} columns={columns}>
        {nodes.map(({ name, description, owner, members, everyone, source, grants }) => (
          <tr key={name}>
            <NameCell detail={description} narrow={source === "CONFIG" && t("config")}>
              <Link className="prose-link" target={paths.role(name)}>
                {name}
              </Link>
            </NameCell>
            <Cell isWide>{owner && <NamedReference reference={owner} names={names} />}</Cell>
            <Cell isNumber>{everyone ? t("everyone") : formatNumber(members.length)}</Cell>
            <Cell isNumber>{formatNumber(grants.length)}</Cell>
            <Cell isWide>
              {source === "CONFIG" ? (
                <Badge title={t("configHint")}>{t("config")}</Badge>
              ) : (
                <Badge>{t("database")}</Badge>
              )}
            </Cell>
          </tr>
        ))}
      </Table>
      <footer className={styles.foot}>
        <p role="status">{t("count", { count: totalCount })}</p>
        {!isFirst && (
          <Link className={buttonClass({ size: "small" })} target={paths.roles()}>
            {t("first")}
          </Link>
        )}
        {pageInfo.hasNextPage && (
          <Link className={buttonClass({ size: "small" })} target={paths.roles({ after: pageInfo.endCursor })}>
            {t("next")}
          </Link>
        )}
      </footer>
    </>
  );
}
