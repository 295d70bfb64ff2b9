// The few things that are done to the document by hand.

/** Frames in which what is to have the focus may still be loaded. */
const PATIENCE = 120;

/** Moves the focus once what was changed is drawn. */
export function focus(id: string, { onlyIfLost = false, frames = PATIENCE } = {}): void {
  requestAnimationFrame(() => {
    const lost = document.activeElement === document.body || document.activeElement === null;
    const wanted = document.getElementById(id);
    if (!wanted && frames > 0) focus(id, { onlyIfLost, frames: frames - 1 });
    else if (lost || !onlyIfLost) wanted?.focus();
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
