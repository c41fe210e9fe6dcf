// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.rate.Heavy;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.Webhook;
import dev.pharos.server.rest.json.WebhookBody;
import dev.pharos.server.rest.json.WebhookDeliveries;
import dev.pharos.server.rest.json.WebhookDelivery;
import dev.pharos.server.rest.json.WebhookReplay;
import dev.pharos.server.rest.json.WebhookReplayBody;
import dev.pharos.server.rest.json.WebhookResumeBody;
import dev.pharos.server.rest.json.WebhookSecret;
import dev.pharos.server.rest.json.WebhookTest;
import dev.pharos.server.rest.json.Webhooks;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.WebhookOutbox.Delivery;
import dev.pharos.server.store.WebhookOutbox.State;
import dev.pharos.server.store.WebhookStore.StoredWebhook;
import dev.pharos.server.store.WebhookStore.Subscription;
import dev.pharos.server.webhook.Answer;
import dev.pharos.server.webhook.TargetRule;
import dev.pharos.server.webhook.WebhookDesk;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Webhooks: other systems that are told of events. See docs/webhooks.md.
@RestController
@RequestMapping("/api/v1/webhooks")
@Tag(name = "events")
@Needs(Right.FLEET)
public final class WebhookController {
    private final WebhookDesk desk;
    private final DeviceQueries queries;
    private final Audit audit;
    private final Clock clock;

    public WebhookController(WebhookDesk desk, DeviceQueries queries, Audit audit, Clock clock) {
        this.desk = desk;
        this.queries = queries;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping
    @Operation(operationId = "listWebhooks", summary = "All webhooks, without their secrets")
    Webhooks list() {
        return new Webhooks(desk.all().stream().map(this::view).toList());
    }

    @Needs(Right.SYSTEMS)
    @PostMapping
    @Operation(
            operationId = "makeWebhook",
            summary = "Tell another system of events from now on; its secret is shown once, here")
    WebhookSecret make(@RequestBody WebhookBody body, Principal user) {
        Subscription made = body.checked();
        TargetRule.objection(made.url(), made.insecure()).ifPresent(wrong -> {
            throw new BadRequestException("url", wrong);
        });
        if (!made.query().isBlank()) {
            queries.read("query", made.query());
        }
        if (desk.find(made.name()).isPresent()) {
            throw new ApiException(409, "There already", "There is a webhook " + made.name() + "; remove it first.");
        }
        audit.record(user, "make webhook", "", made.name() + " to " + made.url());
        String secret = desk.make(made, user.getName())
                .orElseThrow(() ->
                        new ApiException(409, "Too many", "There are as many webhooks as may be; remove one first."));
        return new WebhookSecret(get(made.name()), secret);
    }

    @GetMapping("/{name}")
    @Operation(operationId = "getWebhook", summary = "One webhook, and how its deliveries go")
    Webhook get(@PathVariable String name) {
        return view(known(name));
    }

    @Needs(Right.SYSTEMS)
    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removeWebhook", summary = "Tell it nothing more; what waits for it is forgotten")
    void remove(@PathVariable String name, Principal user) {
        known(name);
        audit.record(user, "remove webhook", "", name);
        desk.remove(name);
    }

    @PostMapping("/{name}/test")
    @Operation(
            operationId = "testWebhook",
            summary = "Send a delivery of the type test now, once, and say what came back")
    WebhookTest test(@PathVariable String name, Principal user) {
        StoredWebhook webhook = known(name);
        audit.record(user, "test webhook", "", name);
        Answer answer = desk.test(webhook);
        return new WebhookTest(
                answer.isDelivered(),
                answer.status().orElse(null),
                answer.text(),
                answer.took().toMillis());
    }

    @PostMapping("/{name}/pause")
    @Operation(operationId = "pauseWebhook", summary = "Send nothing until it goes on; nothing is lost meanwhile")
    Webhook pause(@PathVariable String name, Principal user) {
        StoredWebhook webhook = known(name);
        audit.record(user, "pause webhook", "", name);
        desk.pause(webhook, "paused by " + user.getName());
        return get(name);
    }

    @PostMapping("/{name}/resume")
    @Operation(
            operationId = "resumeWebhook",
            summary = "Go on, with what happened meanwhile or without; a target that failed is tried at once")
    Webhook resume(@PathVariable String name, @RequestBody WebhookResumeBody body, Principal user) {
        StoredWebhook webhook = known(name);
        audit.record(user, "resume webhook", "", name + (body.skips() ? ", without what happened meanwhile" : ""));
        desk.resume(webhook, body.skips());
        return get(name);
    }

    @Needs(Right.SYSTEMS)
    @PostMapping("/{name}/rotate")
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Make another secret, shown once, here; the one before signs too for a day")
    WebhookSecret rotate(@PathVariable String name, Principal user) {
        StoredWebhook webhook = known(name);
        audit.record(user, "rotate webhook secret", "", name);
        String secret = desk.rotate(webhook);
        return new WebhookSecret(get(name), secret);
    }

    @GetMapping("/{name}/deliveries")
    @Operation(operationId = "listWebhookDeliveries", summary = "What it was told, or is to be; newest events first")
    WebhookDeliveries deliveries(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int most = Paging.limit(limit, Limits.DEFAULT_PAGE, Limits.PAGE);
        List<Delivery> found = desk.deliveries(known(name), state(state), Paging.before(cursor), most + 1);
        List<Delivery> shown = found.size() > most ? found.subList(0, most) : found;
        return new WebhookDeliveries(
                shown.stream().map(WebhookDelivery::of).toList(),
                found.size() > most ? Long.toString(shown.getLast().seq()) : null);
    }

    private static Optional<State> state(@Nullable String asked) {
        if (asked == null || asked.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(State.values())
                .filter(state -> WebhookDelivery.text(state).equals(asked))
                .findFirst()
                .orElseThrow(() -> new BadRequestException(
                        "state",
                        "must be one of "
                                + Arrays.stream(State.values())
                                        .map(WebhookDelivery::text)
                                        .collect(Collectors.joining(", ")))));
    }

    @Heavy
    @PostMapping("/{name}/replay")
    @Operation(
            operationId = "replayWebhook",
            summary = "Deliver again: one delivery, all that were given up, or the events of a time")
    WebhookReplay replay(@PathVariable String name, @RequestBody WebhookReplayBody body, Principal user) {
        StoredWebhook webhook = known(name);
        body.check();
        Instant to = body.end(clock.instant());
        String what = body.chosen()
                .map(id -> "the delivery " + id)
                .or(() -> body.begin().map(from -> "events from " + from + " to " + to))
                .orElse("what was given up");
        audit.record(user, "replay webhook", "", name + ": " + what);
        if (body.chosen().isPresent()) {
            if (!desk.again(webhook, body.chosen().get())) {
                throw new ApiException(404, "Unknown delivery", name + " has no such delivery any more.");
            }
            return new WebhookReplay(1);
        }
        return new WebhookReplay(body.begin()
                .map(from -> desk.replay(webhook, from, to)
                        .orElseThrow(() -> new ApiException(
                                409, "Replaying", "The events of another time are still being queued.")))
                .orElseGet(() -> (long) desk.deadAgain(webhook)));
    }

    private Webhook view(StoredWebhook webhook) {
        return Webhook.of(webhook, clock.instant());
    }

    private StoredWebhook known(String name) {
        return desk.find(name)
                .orElseThrow(() -> new ApiException(404, "Unknown webhook", "There is no webhook " + name + "."));
    }
}
