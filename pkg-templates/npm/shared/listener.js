// Callbacks that only listen: what they throw is their own affair, and so is what they promise and break.

export function tell(listener, value) {
  try {
    const heard = listener(value);
    if (heard) Promise.resolve(heard).catch(() => {});
  } catch {
    // See above.
  }
}

