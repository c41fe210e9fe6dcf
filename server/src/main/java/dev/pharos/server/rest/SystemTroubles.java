// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.rate.Askers;
import dev.pharos.server.rest.json.SystemState;
import dev.pharos.server.rest.json.SystemState.SystemCertificate;
import dev.pharos.server.rest.json.SystemState.SystemDisk;
import dev.pharos.server.rest.json.SystemState.SystemLimited;
import dev.pharos.server.rest.json.SystemState.SystemListener;
import dev.pharos.server.rest.json.SystemState.SystemQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What somebody should see to about the server, the gravest first, each as a sentence.
final class SystemTroubles {
    private static final long GIB = 1L << 30;

    private SystemTroubles() {}

    /// The same, with its troubles.
    static SystemState in(SystemState state, Instant now) {
        List<String> troubles = new ArrayList<>();
        if (!state.database().up()) {
            troubles.add("The database does not answer.");
        }
        disk(state.disk()).ifPresent(troubles::add);
        certificates(state.listeners(), now, troubles);
        state.brokers().stream()
                .filter(broker -> !broker.up())
                .map(broker -> "Our session at the broker of " + broker.name() + " does not stand: devices behind it"
                        + " are not reached.")
                .forEach(troubles::add);
        state.providers().stream()
                .filter(provider -> provider.trouble() != null)
                .map(provider -> "Nobody can sign in with " + provider.label() + ": " + provider.trouble() + ".")
                .forEach(troubles::add);
        backup(state, now).ifPresent(troubles::add);
        undelivered(state.queues()).ifPresent(troubles::add);
        limited(state.limited(), now, troubles);
        return new SystemState(
                troubles,
                state.version(),
                state.java(),
                state.server(),
                state.endpointId(),
                state.started(),
                state.memory(),
                state.disk(),
                state.database(),
                state.listeners(),
                state.brokers(),
                state.queues(),
                state.providers(),
                state.rates(),
                state.limited(),
                state.openStreams(),
                state.openSessions(),
                state.lastBackup());
    }

    private static Optional<String> disk(SystemDisk disk) {
        boolean little = disk.free() < Limits.DISK_LEFT || disk.free() * 100 < disk.size() * Limits.DISK_LEFT_PERCENT;
        return little && disk.size() > 0
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "Of the disk of %s %.1f GiB of %.1f are left.",
                        disk.folder(),
                        (double) disk.free() / GIB,
                        (double) disk.size() / GIB))
                : Optional.empty();
    }

    private static void certificates(List<SystemListener> listeners, Instant now, List<String> troubles) {
        Map<SystemCertificate, List<String>> shownBy = new LinkedHashMap<>();
        for (SystemListener listener : listeners) {
            if (listener.certificate() != null) {
                shownBy.computeIfAbsent(listener.certificate(), _ -> new ArrayList<>())
                        .add(listener.name());
            }
        }
        shownBy.forEach((certificate, names) -> {
            Duration left = Duration.between(now, certificate.until());
            if (left.compareTo(Limits.CERTIFICATE_ENDS) < 0) {
                troubles.add("The certificate of " + String.join(", ", names) + " (" + certificate.subject() + ") "
                        + (left.isNegative() ? "ended " : "ends ") + days(left) + ".");
            }
        });
    }

    private static String days(Duration left) {
        long days = Math.abs(left.toDays());
        String many = days == 1 ? "1 day" : days + " days";
        return days == 0 ? "today" : left.isNegative() ? many + " ago" : "in " + many;
    }

    private static Optional<String> backup(SystemState state, Instant now) {
        Instant last = state.lastBackup();
        if (!state.database().up()) {
            return Optional.empty();
        }
        if (last == null) {
            return Optional.of("No backup was ever made: ./pharos backup FILE makes one.");
        }
        Duration age = Duration.between(last, now);
        return age.compareTo(Limits.BACKUP_AGE) > 0
                ? Optional.of("The last backup was made " + days(age.negated()) + ".")
                : Optional.empty();
    }

    private static Optional<String> undelivered(List<SystemQueue> queues) {
        return queues.stream()
                .filter(queue -> queue.name().equals("undelivered") && queue.waiting() > 0)
                .findFirst()
                .map(queue -> queue.waiting() + (queue.waiting() == 1 ? " delivery" : " deliveries") + " to webhooks "
                        + (queue.waiting() == 1 ? "was" : "were") + " given up.");
    }

    private static void limited(List<SystemLimited> limited, Instant now, List<String> troubles) {
        limited.stream()
                .filter(each -> each.last().isAfter(now.minus(Limits.LIMITED_LATELY)))
                .limit(Limits.LIMITED_NAMED)
                .map(each -> each.who() + " was held back: too many "
                        + Askers.valueOf(each.of().toUpperCase(Locale.ROOT)).words() + " (" + each.count()
                        + " refused, the last at " + each.last() + ").")
                .forEach(troubles::add);
    }
}
