// Serves the registry on a free port, tells its parent which, and ends with it.
import { runServer } from "verdaccio";

const server = await runServer(process.argv[2]);
process.once("disconnect", () => process.exit());
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
