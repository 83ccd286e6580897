// Pins anew what the applications install from npm. Run it when a manifest of one has changed.
import { temporaryFolder } from "../installation.ts";
import { lockApplications } from "./workspace.ts";

await using folder = await temporaryFolder("applications");
await lockApplications(folder.path);
