// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.notification.EventWriter;
import dev.pharos.controller.store.Appended;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.twin.TwinChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Stores what devices tell and waits until it is stored, since a device forgets what was acknowledged.
record EventKeeper(EventWriter events) {
    /// @param twin what it tells of the twin
    record Told(NewEvent event, Optional<TwinChange> twin) {
        static Told of(NewEvent event) {
            return new Told(event, Optional.empty());
        }
    }

    /// @return why not all of it is stored; empty where it is
    Optional<String> keep(List<Told> told) {
        List<CompletableFuture<Appended>> stored = new ArrayList<>();
        for (Told each : told) {
            CompletableFuture<Appended> done = new CompletableFuture<>();
            stored.add(done);
            events.write(each.event(), each.twin(), new EventWriter.Outcome() {
                @Override
                public void stored(Appended appended) {
                    done.complete(appended);
                }

                @Override
                public void failed(String why) {
                    done.completeExceptionally(new IllegalStateException(why));
                }
            });
        }
        try {
            CompletableFuture.allOf(stored.toArray(CompletableFuture[]::new))
                    .get(Limits.STORING.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            return Optional.of(String.valueOf(cause == null ? failed.getMessage() : cause.getMessage()));
        } catch (TimeoutException late) {
            return Optional.of("storing takes too long");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.of("the ACS stops");
        }
    }
}
