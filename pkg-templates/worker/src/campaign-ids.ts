// What campaigns, their children and their runs are called.

const ID_CHARACTERS = 24;

/** The same name after the same campaign is the same one, also where a Mac's file name gave it: there `ë` is two characters. */
export async function campaignId(name: string, after = ""): Promise<string> {
  const text = `${name.normalize("NFC")}${after && `\n${after}`}`;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return hex(digest).slice(0, ID_CHARACTERS);
}

export function isCampaignId(id: string): boolean {
  return /^[0-9a-f]{24}$/.test(id);
}

export function childOf(campaign: string, child: number): string {
  return `${campaign}.${child}`;
}

export function childrenOf(campaign: string, children: number): string[] {
  return Array.from({ length: children }, (_, child) => childOf(campaign, child));
}

export function isChildId(id: string): boolean {
  return /^[0-9a-f]{24}\.\d{1,6}$/.test(id);
}

export function parentOf(child: string): string | undefined {
  const dot = child.lastIndexOf(".");
  return dot < 0 ? undefined : child.slice(0, dot);
}

/** A run's Workflow instance, whose id has no dot in it. */
export function instanceOf(campaign: string, run: number): string {
  return `${campaign.replaceAll(".", "_")}-${run}`;
}

export function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
