// The few things that are done to the document by hand.

/** Moves the focus once what was changed is drawn. */
export function focus(id: string, { onlyIfLost = false } = {}): void {
  requestAnimationFrame(() => {
    const lost = document.activeElement === document.body || document.activeElement === null;
    if (lost || !onlyIfLost) document.getElementById(id)?.focus();
  });
}

export function download(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** A file's name without its ending. */
export function stem(name: string): string {
  return name.replace(/\.[^.]*$/, "");
}
