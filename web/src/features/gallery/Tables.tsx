import { Badge } from "#ui/Badge.tsx";
import { Button } from "#ui/Button.tsx";
import { Skeleton } from "#ui/Skeleton.tsx";
import { ActionsCell, Cell, NameCell, Table } from "#ui/Table.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import { Specimen } from "./Specimen.tsx";

const rows = [
  { name: "Readers", detail: "May see everything", members: 1243, state: "ok" as const },
  { name: "Admins", detail: "May do everything", members: 3, state: "warning" as const },
];

/** Rows of things, and what holds their place. */
export function Tables() {
  return (
    <>
      <Specimen
        name="Table, NameCell, Cell, ActionsCell"
        text="Numbers at the right; wide columns go where there is no room."
      >
        {(theme) => (
          <Table
            label={`Roles on ${theme}`}
            columns={[
              { title: "Name" },
              { title: "State", isWide: true },
              { title: "Members", isNumber: true },
              { title: "Actions", isSilent: true },
            ]}
          >
            {rows.map(({ name, detail, members, state }) => (
              <tr key={name}>
                <NameCell detail={detail}>{name}</NameCell>
                <Cell isWide>
                  <Badge tone={state}>{state}</Badge>
                </Cell>
                <Cell isNumber>{members.toLocaleString("en")}</Cell>
                <ActionsCell>
                  <Button size="small" aria-label={`Edit ${name}`}>
                    Edit
                  </Button>
                </ActionsCell>
              </tr>
            ))}
          </Table>
        )}
      </Specimen>
      <Specimen
        name="Skeleton, Waiting"
        text="Holds the place of what is on its way, once that takes long enough to be noticed."
      >
        {() => (
          <>
            <Skeleton width="60%" />
            <Skeleton width={120} height={16} />
            <Waiting />
          </>
        )}
      </Specimen>
    </>
  );
}
