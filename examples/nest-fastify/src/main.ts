import { fastify as mindbridge } from "@mindbridge-sdk/receiver/fastify";
import { Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import { receiver } from "./receiver.js";

@Module({})
class AppModule {
  // Finishes the deliveries that are being handled, and asks senders of new ones to try again.
  onModuleDestroy() {
    return receiver.close();
  }
}

const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter());
// The plugin reads the body itself, and leaves the parsers of Nest alone.
await app.register(mindbridge(receiver), { prefix: "/webhooks/mindbridge" });
app.enableShutdownHooks();
await app.listen(process.env.PORT ?? 3000, "127.0.0.1");
console.log(`Listening on ${await app.getUrl()}/webhooks/mindbridge`);
