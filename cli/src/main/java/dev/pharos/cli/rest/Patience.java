// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Waits as long as the server asks to where it is asked too often, for a minute in all at most. What it
/// refused so it has not done, so that it may be asked again.
final class Patience {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Consumer<String> said;
    private Duration left = LONGEST;

    /// @param said told what is waited for, as a line for people
    Patience(Consumer<String> said) {
        this.said = said;
    }

    /// Waits if that helps.
    ///
    /// @param connection whose request is sent
    /// @return whether to ask again; else what it answered stands
    boolean waits(HttpURLConnection connection) throws IOException {
        Optional<Duration> asked = connection.getResponseCode() == TOO_MANY_REQUESTS
                ? seconds(connection.getHeaderField("Retry-After"))
                : Optional.empty();
        if (asked.isEmpty() || asked.get().compareTo(left) > 0) {
            return false;
        }
        left = left.minus(asked.get());
        said.accept(
                "pharos: the server is asked too often; waiting " + asked.get().toSeconds() + " s, as it says");
        try (@Nullable InputStream rest = connection.getErrorStream()) {
            if (rest != null) {
                // read whole, the connection serves again
                rest.readAllBytes();
            }
            Thread.sleep(asked.get());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        return true;
    }

    /// A date would be one of another clock; nothing of ours sends one.
    private static Optional<Duration> seconds(@Nullable String field) {
        return field != null && field.matches("\\d{1,5}")
                ? Optional.of(Duration.ofSeconds(Math.max(1, Integer.parseInt(field))))
                : Optional.empty();
    }
}
