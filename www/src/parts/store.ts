// What a closed tab leaves behind, in IndexedDB. It holds people: it is removed once it is settled, or by "Forget".

export const CAMPAIGN = "order-desk";
export const ORDERS = "order-desk-orders";
/** A database has one table, and it is called so. */
const TABLE = "campaign";

export function storeOf(name: string) {
  let opened: Promise<IDBDatabase> | undefined;

  async function within(mode: IDBTransactionMode, act: (table: IDBObjectStore) => IDBRequest): Promise<unknown> {
    opened ??= open(name);
    const transaction = (await opened).transaction(TABLE, mode);
    const request = act(transaction.objectStore(TABLE));
    return new Promise((resolve, reject) => {
      // Complete, not only asked for: a ledger counts when it is on the disk.
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  return {
    keep: (key: string, value: unknown) => within("readwrite", (table) => table.put(value, key)),
    read: (key: string) => within("readonly", (table) => table.get(key)),
    all: () => within("readonly", (table) => table.getAll()),
    remove: (key: string) => within("readwrite", (table) => table.delete(key)),
    /** All of it or nothing: a crash on the way leaves what was there. */
    replace: (entries: Record<string, unknown>) =>
      within("readwrite", (table) => Object.entries(entries).reduce<IDBRequest>((_, [key, value]) => table.put(value, key), table.clear())),
  };
}

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
