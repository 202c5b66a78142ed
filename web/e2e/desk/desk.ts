// A real desk for the tests: the binary with its demo shop in a folder of its own, on a port of its own.

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findBinary } from "./needs.ts";
import { Staff } from "./staff.ts";

export type Role = "agent" | "agent2" | "supervisor" | "operator" | "admin";
export interface Account {
  email: string;
  password: string;
}

/** With the embedding model the first start makes the articles' vectors. */
const START_MS = process.env.DESK_MODEL ? 200_000 : 40_000;
/** Ten days, played by an unoptimised build on a busy machine. */
const PAST_MS = 900_000;
/** The desk gives running work ten seconds; longer means that it hangs. */
const STOP_MS = 15_000;

/** Far above what the tests do from one address; the limits have tests of their own. */
const ROOMY = {
  TANDEM_LIMITS__CONNECTS_PER_MINUTE: "10000",
  TANDEM_LIMITS__MESSAGES_PER_MINUTE: "10000",
  TANDEM_LIMITS__FILES_PER_MINUTE: "10000",
  TANDEM_LIMITS__REQUESTS_PER_MINUTE: "1000000",
};

/** People take conversations by hand here, as the tests say; what the desk assigns has tests of its own. */
const BY_HAND = { TANDEM_ROUTING__ASSIGNS_IN_NEW_SHOPS: "false" };

/** Only the settings given here reach the desk, not those of whoever runs the tests. */
function environment(settings: Record<string, string>): Record<string, string> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("TANDEM_"));
  return { ...(Object.fromEntries(own) as Record<string, string>), ...settings };
}

export class Desk {
  url = "";
  readonly accounts = new Map<Role, Account>();
  private process?: ChildProcess;
  private said = "";
  private signedIn = new Map<string, Promise<Staff>>();

  private constructor(
    private folder: string,
    /** The demo's ten days of conversations, and its invented shoppers who keep coming. */
    private hasPast: boolean,
    private settings: Record<string, string>,
  ) {}

  /** By words only unless told otherwise: the answers are then the same with and without the embedding model. */
  static async start(settings: Record<string, string> = {}, hasPast = false): Promise<Desk> {
    const folder = await mkdtemp(join(tmpdir(), "tandem-e2e-"));
    // Ten days take minutes to play; they can be taken over from a demo that has them.
    if (hasPast && process.env.DESK_DATA) await cp(process.env.DESK_DATA, folder, { recursive: true });
    const desk = new Desk(folder, hasPast, {
      TANDEM_DATA_DIR: folder,
      TANDEM_EMBEDDING__MODEL: process.env.DESK_MODEL ?? "none",
      ...ROOMY,
      ...BY_HAND,
      ...settings,
    });
    try {
      await desk.run("127.0.0.1:0");
    } catch (failure) {
      await desk.kill();
      await rm(folder, { recursive: true, force: true });
      throw failure;
    }
    return desk;
  }

  private async run(listen: string): Promise<void> {
    this.said = "";
    const child = spawn(
      findBinary() ?? "tandem",
      ["demo", ...(this.hasPast ? [] : ["--no-simulated-shoppers"])],
      {
        env: environment({ ...this.settings, TANDEM_LISTEN: listen }),
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    this.process = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (data) => {
        this.said += data;
      });
    const deadline = Date.now() + (this.hasPast ? PAST_MS : START_MS);
    while (!(await this.isReady())) {
      if (child.exitCode !== null || Date.now() > deadline)
        throw new Error(`the desk did not start:\n${this.said}`);
      await new Promise((wait) => setTimeout(wait, 50));
    }
    // The demo has two agents; the second is known by their address.
    for (const [, role, email, password] of this.said.matchAll(
      /^ {2}(agent|supervisor|operator|admin) +(\S+@\S+) +(\S+)$/gm,
    ))
      this.accounts.set((email?.startsWith("agent2@") ? "agent2" : role) as Role, {
        email: email ?? "",
        password: password ?? "",
      });
    if (this.accounts.size !== 5) throw new Error(`the desk did not name its accounts:\n${this.said}`);
  }

  /** The address is told once, on the terminal; after that the desk must answer. */
  private async isReady(): Promise<boolean> {
    const [, url] = /^ {2}shop +(http:\/\/\S+)\/shop\/$/m.exec(this.said) ?? [];
    if (!url) return false;
    this.url = url;
    return fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    this.process?.kill("SIGKILL");
    await this.ended();
  }

  /** Again on the same folder and the same port. */
  async again(): Promise<void> {
    await this.run(new URL(this.url).host);
  }

  async stop(): Promise<void> {
    const child = this.process;
    try {
      if (child && child.exitCode === null && child.signalCode === null) {
        child.kill("SIGTERM");
        const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
        await this.ended();
        clearTimeout(timer);
        if (child.exitCode !== 0)
          throw new Error(`the desk ended with ${child.exitCode ?? child.signalCode}:\n${this.said}`);
      }
    } finally {
      await rm(this.folder, { recursive: true, force: true });
    }
  }

  private async ended(): Promise<void> {
    const child = this.process;
    if (child && child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }

  /** Another command of the binary on the same data. */
  async command(...words: string[]): Promise<string> {
    const { TANDEM_DATA_DIR = "" } = this.settings;
    const run = promisify(execFile);
    const { stdout } = await run(findBinary() ?? "tandem", words, { env: environment({ TANDEM_DATA_DIR }) });
    return stdout.trim();
  }

  account(role: Role): Account {
    const account = this.accounts.get(role);
    if (!account) throw new Error(`no account for ${role}`);
    return account;
  }

  /** Somebody of the team, signed in to the API; kept, because signing in is slow on purpose. */
  as(who: Role | Account): Promise<Staff> {
    const account = typeof who === "string" ? this.account(who) : who;
    const known = this.signedIn.get(account.email);
    if (known) return known;
    const staff = Staff.signIn(() => this.url, account);
    this.signedIn.set(account.email, staff);
    return staff;
  }

  /** Nobody online and nothing open, so that the next test finds the desk as it expects it. */
  async tidy(): Promise<void> {
    const team = await this.as("supervisor");
    for (const row of await team.inbox("open")) await team.act(row.conversation, "resolve").catch(() => {});
    for (const staff of this.signedIn.values()) await (await staff).presence("offline").catch(() => {});
  }
}
