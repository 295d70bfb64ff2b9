// The plan and the ledger in IndexedDB: what a closed tab leaves behind. It holds people, as the file does; "Forget" removes it.
const NAME = "order-desk";
const TABLE = "campaign";

export const store = {
  keep: (key: string, value: unknown) => within("readwrite", (table) => table.put(value, key)),
  read: (key: string) => within("readonly", (table) => table.get(key)),
  /** All of it or nothing: a crash on the way leaves what was there. */
  replace: (entries: Record<string, unknown>) =>
    within("readwrite", (table) => Object.entries(entries).reduce<IDBRequest>((_, [key, value]) => table.put(value, key), table.clear())),
};

let opened: Promise<IDBDatabase> | undefined;

async function within(mode: IDBTransactionMode, act: (table: IDBObjectStore) => IDBRequest): Promise<unknown> {
  opened ??= open();
  const transaction = (await opened).transaction(TABLE, mode);
  const request = act(transaction.objectStore(TABLE));
  return new Promise((resolve, reject) => {
    // Complete, not only asked for: a ledger counts when it is on the disk.
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
