import { Copy, Ellipsis, FileCode, Library, Pencil } from "lucide-react";
import { useState } from "react";
import { MenuLink } from "#kit/MenuLink.tsx";
import { paths } from "#kit/paths.ts";
import { Button } from "#ui/Button.tsx";
import { HoverCard } from "#ui/HoverCard.tsx";
import { MenuAnchor, MenuDivider, MenuItem } from "#ui/MenuItem.tsx";
import { NameDialog } from "#ui/NameDialog.tsx";
import { Popover } from "#ui/Popover.tsx";
import { toast } from "#ui/toasts.ts";
import { Row, Specimen } from "./Specimen.tsx";

function Named() {
  const [isOpen, setIsOpen] = useState(false);
  const close = () => setIsOpen(false);
  return (
    <Row>
      <Button onClick={() => setIsOpen(true)}>Keep it</Button>
      {isOpen && (
        <NameDialog
          title="Keep this basket"
          hint="It is there for you alone."
          initial="Pears"
          longest={40}
          problemOf={(name) => (name === "Apples" ? "There are apples already." : undefined)}
          onSave={close}
          onClose={close}
        />
      )}
    </Row>
  );
}

/** What stands above the page for a moment. */
export function Floating() {
  return (
    <>
      <Specimen
        name="Popover, MenuItem, MenuLink, MenuAnchor, MenuDivider"
        text="What there is to do with something; Escape or a click elsewhere closes it."
      >
        {() => (
          <Row>
            <Popover label="More" isIcon trigger={<Ellipsis size={14} aria-hidden />}>
              <MenuItem icon={Pencil} onClick={() => toast("Edited")}>
                Edit
              </MenuItem>
              <MenuItem icon={Copy} keys="c" onClick={() => toast("Copied")}>
                Copy
              </MenuItem>
              <MenuDivider />
              <MenuLink icon={Library} target={paths.catalog()}>
                The catalog
              </MenuLink>
              <MenuAnchor icon={FileCode} href="https://example.com/">
                Its source
              </MenuAnchor>
            </Popover>
          </Row>
        )}
      </Specimen>
      <Specimen name="NameDialog" text="Asks what something that is kept is to be called.">
        {() => <Named />}
      </Specimen>
      <Specimen name="HoverCard" text="More about something, for those who linger on it or focus it.">
        {() => (
          <Row>
            <HoverCard content={() => <p style={{ padding: 12 }}>It is fetched when somebody asks for it.</p>}>
              <a className="prose-link" href="#floating">
                Linger here
              </a>
            </HoverCard>
          </Row>
        )}
      </Specimen>
    </>
  );
}
