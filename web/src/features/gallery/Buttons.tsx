import { Pencil, Plus, Star, Trash2 } from "lucide-react";
import { Button, buttonClass } from "#ui/Button.tsx";
import { CopyButton } from "#ui/CopyButton.tsx";
import { toast } from "#ui/toasts.ts";
import { Row, Specimen } from "./Specimen.tsx";

/** What one presses. */
export function Buttons() {
  return (
    <>
      <Specimen
        name="Button"
        text="One primary on a page; danger for what cannot be taken back; quiet where there are many."
      >
        {() => (
          <>
            <Row>
              <Button look="primary">Primary</Button>
              <Button>Normal</Button>
              <Button look="danger">Danger</Button>
              <Button look="quiet">Quiet</Button>
              <a className={buttonClass()} href="#buttons">
                Looks like a button
              </a>
            </Row>
            <Row>
              <Button look="primary">
                <Plus size={14} aria-hidden />
                With an icon
              </Button>
              <Button isIcon aria-label="Edit">
                <Pencil size={14} aria-hidden />
              </Button>
              <Button isIcon look="quiet" aria-label="Remove">
                <Trash2 size={14} aria-hidden />
              </Button>
              <Button isIcon aria-label="Star" aria-pressed>
                <Star size={14} aria-hidden />
              </Button>
            </Row>
            <Row>
              <Button size="small">Small</Button>
              <Button size="small" look="quiet">
                Small and quiet
              </Button>
              <Button disabled>Not now</Button>
              <Button look="primary" disabled>
                Not now
              </Button>
            </Row>
          </>
        )}
      </Specimen>
      <Specimen name="CopyButton" text="Beside everything that somebody will want to paste elsewhere.">
        {() => (
          <Row>
            <CopyButton text="component:default/petstore" what="the reference" />
            <CopyButton text="component:default/petstore" what="the reference" isLabelled />
          </Row>
        )}
      </Specimen>
      <Specimen
        name="toast, Toasts"
        text="Says that something was done, or failed; with undo wherever it can be taken back."
      >
        {(theme) => (
          <Row>
            <Button onClick={() => toast(`Saved on ${theme}`)}>Done</Button>
            <Button onClick={() => toast("The portal cannot be reached.", "danger")}>Failed</Button>
            <Button onClick={() => toast("Removed", "ok", { undo: () => toast("Taken back") })}>With undo</Button>
          </Row>
        )}
      </Specimen>
    </>
  );
}
