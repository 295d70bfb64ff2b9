// A field with what is wrong with it, said where it is.
import type { Issue } from "giftcard-partners/slim";
import { signal } from "@preact/signals";

import { catalog, client } from "../desk";
import { CARRIER, type FieldSpec, PRODUCT, SHIPPING_METHOD, VALUE, asked, draft, idOf, sentenceOf, touched, write } from "./draft";

const SUGGESTIONS = 12;

interface Choice {
  Id?: string;
  Name?: string;
}

export const choices = signal<Record<string, Choice[]>>({});

export async function loadChoices(): Promise<void> {
  if (!client.value || choices.value[SHIPPING_METHOD]) return;
  const [methods, carriers] = await Promise.all([client.value.listShippingMethods(), client.value.listCarriers()]);
  choices.value = { [SHIPPING_METHOD]: methods.Items, [CARRIER]: carriers.Items };
}

export function Field({ field, issues }: { field: FieldSpec; issues: Issue[] }) {
  const { path, label, hint } = field;
  const id = idOf(path);
  const shown = touched.value.has(path) || asked.value ? issues : [];
  const wrong = shown.some(({ severity }) => severity === "error");
  const describedBy = [hint && `${id}-hint`, shown.length > 0 && `${id}-issues`].filter(Boolean).join(" ");
  return (
    <div class={field.wide ? "field wide" : "field"}>
      <label for={id}>{label}</label>
      <Control field={field} id={id} wrong={wrong} describedBy={describedBy} />
      {hint && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {path === VALUE && <Denominations />}
      {shown.length > 0 && (
        <span id={`${id}-issues`}>
          {shown.map((issue) => (
            <span key={issue.code} class={issue.severity === "error" ? "error" : "advice"}>
              {sentenceOf(issue, field)}{" "}
            </span>
          ))}
        </span>
      )}
    </div>
  );
}

interface ControlProps {
  field: FieldSpec;
  id: string;
  wrong: boolean;
  describedBy: string;
}

function Control({ field, id, wrong, describedBy }: ControlProps) {
  const { path, multiline, inputMode, autocomplete = "off" } = field;
  const value = draft.value[path] ?? "";
  const common = {
    id,
    value,
    "aria-invalid": wrong,
    "aria-describedby": describedBy || undefined,
    onInput: (event: Event) => write(path, (event.currentTarget as HTMLInputElement).value),
  };
  const offered = choices.value[path];
  if (offered) {
    return (
      <select {...common}>
        <option value="">None</option>
        {offered.map(({ Id, Name }) => (
          <option key={Id} value={Id}>
            {Name ?? Id}
          </option>
        ))}
      </select>
    );
  }
  if (multiline) return <textarea rows={3} {...common} />;
  if (path !== PRODUCT) return <input type="text" inputMode={inputMode} autocomplete={autocomplete} {...common} />;
  const suggested = catalog.value?.search({ text: value, limit: SUGGESTIONS }) ?? [];
  return (
    <>
      <input type="text" list={`${id}-list`} autocomplete="off" spellcheck={false} {...common} />
      <datalist id={`${id}-list`}>
        {suggested.map(({ Id, Name }) => (
          <option key={Id} value={Id}>
            {Name}
          </option>
        ))}
      </datalist>
    </>
  );
}

/** What the product is sold for, a click away. */
function Denominations() {
  const product = catalog.value?.product(draft.value[PRODUCT] ?? "");
  if (!product) return null;
  const [least, most] = product.Denominations;
  if (product.DenominationType === "Variable") {
    return (
      <span class="hint">
        From {least} to {most}.
      </span>
    );
  }
  return (
    <div class="chips" role="group" aria-label="Values on offer">
      {product.Denominations.map((value) => (
        <button key={value} type="button" class="chip" onClick={() => write(VALUE, String(value))}>
          {value}
        </button>
      ))}
    </div>
  );
}

