// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import dev.pharos.agent.localagent.ControllerElement;
import dev.pharos.agent.localagent.LocalAgentModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.Frozen;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.UspException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An enabled subscription of an enabled controller, read from its row.
///
/// @param id the controller's name for it
/// @param recipient the controller's row
/// @param action what happens when it is triggered
/// @param delivery how its Recipient is told
record Subscription(
        String id,
        String recipient,
        NotifType type,
        List<Reference> references,
        TriggerAction action,
        Delivery delivery) {
    Subscription {
        references = Frozen.list(references);
    }

    /// @param retry whether an answer is wanted, and the notification sent again without one
    /// @param expiration how long that is tried, zero for as long as it takes
    record Delivery(boolean retry, Duration expiration) {}

    boolean retry() {
        return delivery.retry();
    }

    Duration expiration() {
        return delivery.expiration();
    }

    /// Those that are to be served.
    static List<Subscription> active(Snapshot snapshot) {
        List<Subscription> active = new ArrayList<>();
        for (ObjectInstance row : rows(snapshot)) {
            if (row.value("Enable").orElse("").equals("true")) {
                read(row, snapshot).ifPresent(active::add);
            }
        }
        return List.copyOf(active);
    }

    static List<ObjectInstance> rows(Snapshot snapshot) {
        return snapshot.object(LocalAgentModel.LOCAL_AGENT)
                .map(agent -> agent.rows("Subscription"))
                .orElse(List.of());
    }

    private static Optional<Subscription> read(ObjectInstance row, Snapshot snapshot) {
        String recipient = row.value("Recipient").orElse("") + ".";
        boolean served = snapshot.object(recipient)
                .filter(controller -> ControllerElement.served(controller, snapshot))
                .isPresent();
        Optional<NotifType> type = NotifType.of(row.value("NotifType").orElse(""));
        if (!served || type.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Subscription(
                    row.value("ID").orElse(""),
                    recipient,
                    type.get(),
                    Reference.list(row.value("ReferenceList").orElse("")),
                    TriggerAction.of(row),
                    new Delivery(row.value("NotifRetry").orElse("").equals("true"), seconds(row, "NotifExpiration"))));
        } catch (MalformedInputException | UspException _) {
            // Checked when it was written; a later version that reads paths otherwise must not fail to start.
            return Optional.empty();
        }
    }

    static Duration seconds(ObjectInstance row, String parameter) {
        try {
            return Duration.ofSeconds(Long.parseLong(row.value(parameter).orElse("0")));
        } catch (NumberFormatException _) {
            return Duration.ZERO;
        }
    }

    /// When a row has lived its TimeToLive; empty where it has none.
    static Optional<Instant> expires(ObjectInstance row) {
        Duration timeToLive = seconds(row, "TimeToLive");
        if (timeToLive.isZero()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Instant.parse(row.value("CreationDate").orElse("")).plus(timeToLive));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
