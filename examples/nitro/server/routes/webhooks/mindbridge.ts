import { defineEventHandler, toWebRequest } from "h3";
import { receiver } from "../../utils/receiver";

export default defineEventHandler((event) => receiver.fetch(toWebRequest(event)));
