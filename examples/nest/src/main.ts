import { node } from "@mindbridge-sdk/receiver/node";
import { Controller, Module, Post, Req, Res } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import type { Request, Response } from "express";
import { receiver } from "./receiver.js";

@Controller("webhooks/mindbridge")
class WebhooksController {
  @Post()
  receive(@Req() request: Request, @Res() response: Response) {
    return node(receiver)(request, response);
  }
}

@Module({ controllers: [WebhooksController] })
class AppModule {
  // Finishes the deliveries that are being handled, and asks senders of new ones to try again.
  onModuleDestroy() {
    return receiver.close();
  }
}

// Keeps the raw bytes, which the signature covers, beside the body that Nest parses.
const app = await NestFactory.create(AppModule, { rawBody: true });
app.enableShutdownHooks();
await app.listen(process.env.PORT ?? 3000, "127.0.0.1");
console.log(`Listening on ${await app.getUrl()}/webhooks/mindbridge`);
