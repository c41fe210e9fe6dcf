// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.cwmp.Limits;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which parameters have changed since the ACS was last told, of those of which it wants to hear. Thread-safe.
final class Changes {
    private static final String PROTOCOLS = "Device.ManagementServer.LightweightNotificationProtocolsUsed";

    private final Attributes attributes;
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Set<String> waitingLight = new LinkedHashSet<>();
    private final Set<String> underWay = new LinkedHashSet<>();

    Changes(Attributes attributes) {
        this.attributes = attributes;
    }

    /// Notes what a transaction changed.
    ///
    /// @return what of it is to be told at once
    synchronized Urgency note(ChangeSet changes) {
        boolean light = changes.after()
                .value(PROTOCOLS)
                .filter(used -> List.of(used.split(",")).contains("UDP"))
                .isPresent();
        Urgency urgency = Urgency.NONE;
        for (Change change : changes.changes()) {
            switch (change) {
                case Change.ValueChanged(String path, String _, String _) -> urgency = urgency.and(note(path, light));
                case Change.RowAdded(String row, var values) -> {
                    for (String name : values.keySet()) {
                        urgency = urgency.and(note(row + name, light));
                    }
                }
                case Change.RowDeleted(String row) -> {
                    waiting.removeIf(path -> path.startsWith(row));
                    waitingLight.removeIf(path -> path.startsWith(row));
                }
            }
        }
        return urgency;
    }

    private Urgency note(String path, boolean light) {
        return new Urgency(
                note(path, attributes.inSession(path), waiting),
                light && note(path, attributes.lightly(path), waitingLight));
    }

    private static boolean note(String path, Optional<Boolean> urgent, Set<String> waiting) {
        if (urgent.isPresent() && waiting.size() < Limits.CHANGES) {
            waiting.add(path);
        }
        return urgent.orElse(false);
    }

    /// What a lightweight notification tells that is sent now. It is not known whether one arrives, and
    /// nothing is told again.
    synchronized List<String> tellLightly() {
        List<String> told = List.copyOf(waitingLight);
        waitingLight.clear();
        return told;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty() && underWay.isEmpty();
    }

    /// What an Inform tells that is sent now.
    synchronized List<String> tell() {
        underWay.addAll(waiting);
        waiting.clear();
        return List.copyOf(underWay);
    }

    /// The Inform was answered.
    synchronized void told() {
        underWay.clear();
    }
}
