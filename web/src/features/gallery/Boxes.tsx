import { useState } from "react";
import { Button } from "#ui/Button.tsx";
import { Card } from "#ui/Card.tsx";
import { ConfirmDialog } from "#ui/ConfirmDialog.tsx";
import { Dialog } from "#ui/Dialog.tsx";
import { Field, TextInput } from "#ui/Field.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { Row, Specimen } from "./Specimen.tsx";

type Open = "dialog" | "confirm" | "sheet" | null;

function Openers() {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Row>
        <Button onClick={() => setOpen("dialog")}>Dialog</Button>
        <Button onClick={() => setOpen("confirm")}>ConfirmDialog</Button>
        <Button onClick={() => setOpen("sheet")}>Sheet</Button>
      </Row>
      {open === "dialog" && (
        <Dialog
          title="Create a role"
          onClose={close}
          onSubmit={close}
          footer={
            <Button type="submit" look="primary">
              Create
            </Button>
          }
        >
          <Field label="Name">{(control) => <TextInput {...control} />}</Field>
        </Dialog>
      )}
      {open === "confirm" && (
        <ConfirmDialog title="Delete the role?" action="Delete" onConfirm={close} onClose={close}>
          Its members lose what it grants.
        </ConfirmDialog>
      )}
      {open === "sheet" && (
        <Sheet title="Filters" onClose={close}>
          What a small screen has no room for.
        </Sheet>
      )}
    </>
  );
}

/** What holds other things. */
export function Boxes() {
  return (
    <>
      <Specimen name="Card" text="A titled box with a hairline; no shadow, as it does not float.">
        {() => (
          <>
            <Card title="About">What it is, and who owns it.</Card>
            <Card title="Provides" count={1243} action={<Button size="small">Show all</Button>}>
              With a count and something to do.
            </Card>
          </>
        )}
      </Specimen>
      <Specimen
        name="Dialog, ConfirmDialog, Sheet"
        text="Over the page, keeping the keyboard; a sheet rises from below on small screens."
      >
        {() => <Openers />}
      </Specimen>
    </>
  );
}
