// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import dev.pharos.agent.access.Requester;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.UspError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/// The items of a request, each with those who answer for its path, and their answers.
///
/// @param <I> such as a path, or an object to set
final class RequestSplit<I> {
    private final List<I> items;
    private final List<List<Target>> targets = new ArrayList<>();
    private final Map<Target, List<Integer>> shares = new LinkedHashMap<>();
    private final Map<Target, Body> answers = new ConcurrentHashMap<>();

    /// What one target says of one item.
    ///
    /// @param position of the item within what this target was asked
    record Part(Body body, int position) {}

    /// @param above whether a Service is asked too where it registered something beneath an item's path
    RequestSplit(List<I> items, Function<I, String> path, Targets all, boolean above) {
        this.items = items;
        for (int i = 0; i < items.size(); i++) {
            List<Target> asked = all.of(path.apply(items.get(i)), above);
            targets.add(asked);
            for (Target target : asked) {
                shares.computeIfAbsent(target, t -> new ArrayList<>()).add(i);
            }
        }
    }

    boolean isForOne() {
        return shares.size() <= 1;
    }

    int size() {
        return items.size();
    }

    I item(int index) {
        return items.get(index);
    }

    /// Asks all targets at once and waits for them; each Service's time is bounded by the broker's patience.
    void ask(Function<List<I>, Request<?>> request, Requester requester) {
        CountDownLatch open = new CountDownLatch(Math.max(0, shares.size() - 1));
        Map.Entry<Target, List<Integer>> own = null;
        for (Map.Entry<Target, List<Integer>> share : shares.entrySet()) {
            if (own == null) {
                // This thread has to wait anyway, so it does one share itself.
                own = share;
            } else {
                Map.Entry<Target, List<Integer>> other = share;
                Thread.startVirtualThread(() -> {
                    try {
                        ask(other, request, requester);
                    } finally {
                        open.countDown();
                    }
                });
            }
        }
        if (own != null) {
            ask(own, request, requester);
        }
        try {
            open.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(
            Map.Entry<Target, List<Integer>> share, Function<List<I>, Request<?>> request, Requester requester) {
        List<I> part = share.getValue().stream().map(items::get).toList();
        share.getKey().answer(request.apply(part), requester).ifPresent(body -> answers.put(share.getKey(), body));
    }

    /// What was said of an item, by those who were asked, in the order of the targets.
    List<Part> parts(int index) {
        List<Part> parts = new ArrayList<>();
        for (Target target : targets.get(index)) {
            Body body = answers.getOrDefault(
                    target, new UspError(new Fault(StandardErrorCode.INTERNAL_ERROR, "there was no answer")));
            parts.add(new Part(body, shares.getOrDefault(target, List.of()).indexOf(index)));
        }
        return parts;
    }
}
