// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CpeRequest;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.Kicked;
import dev.pharos.cwmp.rpc.KickedResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// People who have clicked on a page of the device, and wait for what the ACS says (Kicked). Each is told to
/// the ACS in one session and never again. Thread-safe.
final class Kicks {
    private final Map<Kicked, CompletableFuture<Outcome>> waiting = new HashMap<>();

    /// What the ACS has said.
    sealed interface Outcome {
        /// Where the browser is to go.
        record Next(String url) implements Outcome {}

        /// @param why it goes nowhere, for people
        record Nowhere(String why) implements Outcome {}
    }

    /// What the ACS is to be told.
    static Report report(Kicked kicked) {
        return new Report(kicked, List.of(new EventStruct(StandardEvent.KICKED, "")));
    }

    /// @return what comes of it, later; empty where too many wait already
    synchronized Optional<Future<Outcome>> begin(Kicked kicked) {
        return waiting.size() < Limits.KICKS || waiting.containsKey(kicked)
                ? Optional.of(waiting.computeIfAbsent(kicked, _ -> new CompletableFuture<>()))
                : Optional.empty();
    }

    /// Waits for what the ACS says to one that was begun.
    Outcome await(Kicked kicked, Future<Outcome> outcome) throws InterruptedException {
        try {
            return outcome.get(Limits.KICK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            Outcome nothing = new Outcome.Nowhere("the provider does not answer");
            end(kicked, nothing);
            return nothing;
        } catch (ExecutionException defect) {
            throw new IllegalStateException(defect);
        }
    }

    private synchronized void end(Kicked kicked, Outcome outcome) {
        CompletableFuture<Outcome> one = waiting.remove(kicked);
        if (one != null) {
            one.complete(outcome);
        }
    }

    /// The ACS has answered.
    void answered(CpeRequest<?> request, Answer answer) {
        if (request instanceof Kicked kicked) {
            end(
                    kicked,
                    switch (answer) {
                        case KickedResponse(String next) -> new Outcome.Next(next);
                        case CwmpFault _ -> new Outcome.Nowhere("the provider does not take it");
                        default -> new Outcome.Nowhere("the provider's answer is none");
                    });
        }
    }

    /// A session is over: who waits still was not heard in it.
    synchronized void missed() {
        List.copyOf(waiting.keySet()).forEach(each -> end(each, new Outcome.Nowhere("the provider cannot be reached")));
    }
}
