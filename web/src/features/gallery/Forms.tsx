import { useState } from "react";
import { EntityPicker } from "#kit/entity/EntityPicker.tsx";
import { TypedFilter } from "#kit/TypedFilter.tsx";
import { FacetChoice, FacetGroup, FacetOptions, FacetSkeleton } from "#ui/FacetOptions.tsx";
import { Checkbox, Choice, Field, Select, TextArea, TextInput } from "#ui/Field.tsx";
import { Picker } from "#ui/Picker.tsx";
import { SearchField } from "#ui/SearchField.tsx";
import { Specimen } from "./Specimen.tsx";

const fruits = ["Apple", "Pear", "Quince"].map((label) => ({ value: label.toLowerCase(), label }));

function Picked() {
  const [values, setValues] = useState(["pear"]);
  return (
    <Field label="Fruits" hint="Type, or choose with the arrows.">
      {(control) => <Picker control={control} values={values} onChange={setValues} options={fruits} />}
    </Field>
  );
}

function PickedEntity() {
  const [values, setValues] = useState<string[]>([]);
  return (
    <Field label="Owner">
      {(control) => (
        <EntityPicker control={control} kinds={["group", "user"]} values={values} onChange={setValues} isSingle />
      )}
    </Field>
  );
}

function Chosen() {
  const [value, setValue] = useState<"all" | "own">("all");
  return (
    <Choice
      label="Show"
      value={value}
      options={[
        { value: "all", label: "Everything", hint: "Also what others own." },
        { value: "own", label: "What I own" },
      ]}
      onChange={setValue}
    />
  );
}

function Filtered() {
  const [value, setValue] = useState<string>();
  return <TypedFilter label="Narrow" placeholder="A part of the name" value={value} onChange={setValue} />;
}

function Faceted() {
  const [chosen, setChosen] = useState(["pear"]);
  const options = fruits.map(({ value }, position) => ({
    value,
    count: 12 - position,
    isChosen: chosen.includes(value),
  }));
  const toggle = (value: string) =>
    setChosen(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <>
      <FacetGroup title="Fruit">
        <FacetOptions title="Fruit" options={options} onToggle={toggle} />
      </FacetGroup>
      <FacetGroup title="Tree">
        <FacetOptions title="Tree" options={[]} onToggle={() => undefined} />
      </FacetGroup>
      <FacetGroup title="On its way">
        <FacetSkeleton isVisible />
      </FacetGroup>
      <FacetGroup title="Show">
        <FacetChoice label="Everything" name="gallery-show" isChosen onChoose={() => undefined} />
      </FacetGroup>
    </>
  );
}

function Searched() {
  const [value, setValue] = useState("");
  return (
    <>
      <SearchField label="Find a fruit" value={value} onChange={setValue} />
      <SearchField label="Find a tree" value={value} onChange={setValue}>
        <span>3 found</span>
      </SearchField>
    </>
  );
}

/** What one fills in. */
export function Forms() {
  return (
    <>
      <Specimen
        name="Field with TextInput, TextArea, Select"
        text="A label, what it is for, and what is wrong with it."
      >
        {() => (
          <>
            <Field label="Name" hint="Lower case, as in `petstore`." isRequired>
              {(control) => <TextInput {...control} defaultValue="petstore" />}
            </Field>
            <Field label="Name" error="There is a `petstore` already.">
              {(control) => <TextInput {...control} defaultValue="petstore" />}
            </Field>
            <Field label="Reason" isOptional>
              {(control) => <TextArea {...control} placeholder="For those who read the log" />}
            </Field>
            <Field label="Descriptor">
              {(control) => <TextArea {...control} isCode defaultValue="kind: Component" />}
            </Field>
            <Field label="Lifecycle">
              {(control) => (
                <Select {...control}>
                  <option>production</option>
                  <option>experimental</option>
                </Select>
              )}
            </Field>
          </>
        )}
      </Specimen>
      <Specimen name="Checkbox, Choice" text="Yes or no; one of two or three, all of them in sight.">
        {() => (
          <>
            <Checkbox label="Tell me about it" hint="By mail, once a day." defaultChecked />
            <Checkbox label="Not for you" disabled />
            <Chosen />
          </>
        )}
      </Specimen>
      <Specimen name="Picker, EntityPicker" text="Some of many, by typing a part of them.">
        {() => (
          <>
            <Picked />
            <PickedEntity />
          </>
        )}
      </Specimen>
      <Specimen name="TypedFilter" text="Narrows a list once one stops typing.">
        {() => <Filtered />}
      </Specimen>
      <Specimen
        name="FacetGroup, FacetOptions, FacetChoice, FacetSkeleton"
        text="What a list is narrowed by, with counts."
      >
        {() => <Faceted />}
      </Specimen>
      <Specimen name="SearchField" text="Narrows what a page shows; `/` leads to it, Escape empties it and leaves it.">
        {() => <Searched />}
      </Specimen>
    </>
  );
}
