// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What this package does with the futures of the MQTT library.
final class Futures {
    private static final Logger LOG = LoggerFactory.getLogger(Futures.class);

    private Futures() {}

    /// Calls back with a value or a failure; what fails in the callback is our bug and is logged.
    ///
    /// @return whether that has happened already
    static <T> boolean whenDone(
            CompletableFuture<T> future, BiConsumer<? super @Nullable T, ? super @Nullable Throwable> told) {
        return future.handle((value, failure) -> {
                    try {
                        told.accept(value, failure);
                    } catch (RuntimeException ours) {
                        LOG.error("a callback failed", ours);
                    }
                    return true;
                })
                .isDone();
    }

    /// Waits for the end of something whose failure changes nothing.
    static void await(CompletableFuture<?> future, Duration patience) {
        try {
            future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException harmless) {
            LOG.debug("did not end in order", harmless);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
