// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import dev.pharos.mtp.tls.TlsFailure;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/// Sentences for people about what the broker or the network did.
final class Texts {
    private Texts() {}

    /// What a future failed of, without what futures wrap around it.
    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /// Whether the broker itself said no.
    static boolean isAnswer(Throwable failure) {
        return switch (unwrapped(failure)) {
            case Mqtt5ConnAckException _, Mqtt3ConnAckException _ -> true;
            default -> false;
        };
    }

    static String of(Throwable failure) {
        Throwable cause = unwrapped(failure);
        return switch (cause) {
            case Mqtt5ConnAckException refused ->
                "the broker refused the connection: " + refused.getMqttMessage().getReasonCode();
            case Mqtt3ConnAckException refused ->
                "the broker refused the connection: " + refused.getMqttMessage().getReturnCode();
            case Mqtt5DisconnectException ended ->
                "disconnected: " + ended.getMqttMessage().getReasonCode();
            case TimeoutException slow -> "no answer in time";
            default -> TlsFailure.sentence(cause).orElseGet(() -> innermost(cause));
        };
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
