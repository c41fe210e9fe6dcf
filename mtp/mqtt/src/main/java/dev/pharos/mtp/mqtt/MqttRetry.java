// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import dev.pharos.mtp.RetryBackoff;
import java.time.Duration;

/// How a broker is tried again (R-MQTT.10).
///
/// @param backoff the waits between attempts (ConnectRetryTime, ConnectRetryIntervalMultiplier)
/// @param longest no wait is longer (ConnectRetryMaxInterval); 30720 s by default
/// @param answerTime how long the broker may take to answer a SUBSCRIBE (MessageRetryTime); after it the session is
///     begun anew, since MQTT lets nothing be sent twice within one
public record MqttRetry(RetryBackoff backoff, Duration longest, Duration answerTime) {
    public static final MqttRetry DEFAULT =
            new MqttRetry(RetryBackoff.DEFAULT, Duration.ofMinutes(512), Limits.ANSWER_TIME);

    public MqttRetry {
        if (longest.toMillis() < 1 || answerTime.toMillis() < 1) {
            throw new IllegalArgumentException("intervals must be more than 0: " + longest + ", " + answerTime);
        }
    }

    MqttRetry withBackoff(RetryBackoff wait) {
        return new MqttRetry(wait, longest, answerTime);
    }

    Duration capped(Duration wait) {
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
