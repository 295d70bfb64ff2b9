// The deposit account as a picture, and what cannot be done outside a sandbox: to make money.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { balance, client, command, money, refreshBalance, sentenceOf } from "../desk";
import { Code } from "../parts/code";
import source from "../snippets/account.js?raw";
import { History, reload } from "./history";

const amount = signal("5000.00");
const told = signal("");
const problem = signal<string>();

export function Account() {
  const ready = client.value;
  useEffect(() => {
    if (ready) void refresh();
  }, [ready]);

  const { Available = 0, Pending = 0 } = balance.value ?? {};
  const whole = Math.max(Available + Pending, 1);
  const valid = /^\d{1,7}(\.\d{1,2})?$/.test(amount.value) && /[1-9]/.test(amount.value);
  const change = (path: string, said: string) => async (event: Event) => {
    event.preventDefault();
    if (!valid) return;
    told.value = "";
    try {
      await command(path, { amount: amount.value });
      problem.value = undefined;
      await refresh();
      told.value = said;
    } catch (error) {
      problem.value = sentenceOf(error);
    }
  };

  return (
    <>
      <div class="intro">
        <h1 tabIndex={-1}>Account</h1>
        <p class="soft">Orders are paid from a deposit. Only what is Available counts; what is Pending was sent and has not arrived.</p>
      </div>
      <div class="columns">
        <div class="stack">
          <section class="panel stack" aria-labelledby="balance-title">
            <h2 id="balance-title">Balance</h2>
            <dl class="figures">
              <div class="good">
                <dt>Available</dt>
                <dd>{balance.value ? money(Available) : "…"}</dd>
              </div>
              <div>
                <dt>Pending</dt>
                <dd>{balance.value ? money(Pending) : "…"}</dd>
              </div>
            </dl>
            <div class="bar" role="img" aria-label={`${money(Available)} available and ${money(Pending)} pending`}>
              <div class="available" style={{ width: `${(Math.max(Available, 0) / whole) * 100}%` }} />
              <div class="pending" style={{ width: `${(Pending / whole) * 100}%` }} />
            </div>
          </section>
          <History />
        </div>
        <div class="stack">
          <form class="panel stack" aria-labelledby="fund-title" onSubmit={change("/_sandbox/fund", "The funding is on its way.")}>
            <h2 id="fund-title">Fund it, in the sandbox</h2>
            <p class="soft">A real account is funded in the portal. Here a request raises Pending, and its arrival moves it to Available.</p>
            <div class="field">
              <label for="amount">Amount</label>
              <input
                id="amount"
                inputMode="decimal"
                value={amount.value}
                onInput={({ currentTarget }) => (amount.value = currentTarget.value)}
                aria-invalid={!valid}
                aria-describedby={valid ? undefined : "amount-error"}
              />
              {!valid && (
                <span class="error" id="amount-error">
                  An amount above 0, such as 100 or 99.50
                </span>
              )}
            </div>
            <div class="row">
              <button type="submit" class="main" disabled={!valid}>
                Request funding
              </button>
              <button type="button" disabled={!valid} onClick={change("/_sandbox/settle", "The funding has arrived.")}>
                Let it arrive
              </button>
            </div>
            <p role="status">{told.value}</p>
            {problem.value && (
              <p class="notice bad" role="alert">
                {problem.value}
              </p>
            )}
          </form>
          <Code title="The code that asks for both" source={source} />
        </div>
      </div>
    </>
  );
}

async function refresh(): Promise<void> {
  try {
    await refreshBalance();
    await reload();
  } catch (error) {
    problem.value = sentenceOf(error);
  }
}
