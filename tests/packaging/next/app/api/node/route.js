import { desk } from "../../../programs/desk.js";

export const dynamic = "force-dynamic";

export async function GET() {
  return Response.json(await desk());
}
