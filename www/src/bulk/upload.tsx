// The first step: a list, from a disk, a spreadsheet's cells, or our own to try.
import { signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { OrderType } from "giftcard-partners/slim";

import { customers, team } from "./examples";
import { doing, order, plan, show, step, take } from "./job";

const over = signal(false);
const type = signal<OrderType>("DigitalDelivery");
const pasted = signal("");

/** A file that is dropped beside the box must not take the page away; cells may be pasted wherever nothing is written. */
export function takeAnywhere(): () => void {
  const dragged = (event: Event) => {
    const { dataTransfer } = event as DragEvent;
    event.preventDefault();
    over.value = event.type === "dragover";
    if (event.type === "drop") read(dataTransfer?.files[0]);
  };
  const paste = ({ target, clipboardData }: ClipboardEvent) => {
    const isWritten = target instanceof Element && target.matches("input, textarea, select");
    if (step.value !== "upload" || isWritten) return;
    if (clipboardData?.files.length) read(clipboardData.files[0]);
    else readCells(clipboardData?.getData("text/plain") ?? "");
  };
  const types = ["dragover", "dragleave", "drop"] as const;
  for (const type of types) addEventListener(type, dragged);
  addEventListener("paste", paste);
  return () => {
    for (const type of types) removeEventListener(type, dragged);
    removeEventListener("paste", paste);
  };
}

function read(file: File | undefined): void {
  take(file, file?.name ?? "", type.value);
}

function readCells(text: string): void {
  if (text.trim() === "") return;
  take(new Blob([text]), "Pasted cells", type.value);
  pasted.value = "";
}

export function Upload() {
  const file = useRef<HTMLInputElement>(null);
  const isBusy = doing.value !== undefined;
  return (
    <>
      {plan.value && (
        <div class="notice row">
          <p>Campaign {plan.value.name} is kept in this browser.</p>
          <button type="button" onClick={() => show("send")}>
            Go to it
          </button>
        </div>
      )}
      <section class={`drop ${over.value ? "over" : ""}`} aria-labelledby="step-title">
        <h2 id="step-title" tabIndex={-1}>
          Upload a list
        </h2>
        <p class="soft">Drop it here: a workbook (.xlsx), a .csv or a .tsv. One row for each person; column names in any words.</p>
        <input ref={file} type="file" hidden accept=".xlsx,.csv,.tsv,.txt,text/csv" onChange={({ currentTarget }) => read(currentTarget.files?.[0])} />
        <div class="row">
          <button type="button" class="main" disabled={isBusy} onClick={() => file.current?.click()}>
            Choose a file
          </button>
          <button type="button" disabled={isBusy} onClick={() => order({ do: "template", type: type.value })}>
            Download a template
          </button>
        </div>
        <div class="pair">
          <div class="field">
            <label for="file-type">People get</label>
            <select id="file-type" value={type.value} onChange={({ currentTarget }) => (type.value = currentTarget.value as OrderType)}>
              <option value="DigitalDelivery">an e-mail or text message</option>
              <option value="Links">claim links, handed to you</option>
              <option value="PhysicalShipment">plastic by mail</option>
            </select>
          </div>
          <div class="field">
            <label for="pasted">Or paste cells</label>
            <textarea
              id="pasted"
              rows={1}
              placeholder="with the column names"
              value={pasted.value}
              onInput={({ currentTarget }) => (pasted.value = currentTarget.value)}
            />
            {pasted.value && (
              <button type="button" disabled={isBusy} onClick={() => readCells(pasted.value)}>
                Use these cells
              </button>
            )}
          </div>
        </div>
      </section>
      <div class="row">
        <span class="soft">No list at hand?</span>
        <button type="button" disabled={isBusy} onClick={() => read(team(type.value))}>
          Try 240 people
        </button>
        <button type="button" disabled={isBusy} onClick={() => read(customers(type.value))}>
          Try more than the funds
        </button>
      </div>
    </>
  );
}
