// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.webhook;

import java.time.Duration;
import java.util.Optional;

/// What came of asking a target.
///
/// @param status of HTTP, where there was an answer
/// @param text how the answer began, or why there was none
/// @param retryAfter as the target asked for it
/// @param took until then
public record Answer(Optional<Integer> status, String text, Optional<Duration> retryAfter, Duration took) {
    private static final int TOO_LATE = 408;
    private static final int TOO_MANY = 429;

    /// Whether the target has it now.
    public boolean isDelivered() {
        return status.map(code -> code >= 200 && code < 300).orElse(false);
    }

    /// Whether this is the target's trouble rather than that of this one delivery: what else waits for it need not be
    /// tried then.
    boolean isOfTarget() {
        return status.map(code -> code >= 500 || code == TOO_LATE || code == TOO_MANY)
                .orElse(true);
    }

    /// In a few words.
    public String sentence() {
        String said = text.isBlank() ? "" : ": " + text.strip();
        return status.map(code -> "it answered " + code + said).orElse(text);
    }
}
