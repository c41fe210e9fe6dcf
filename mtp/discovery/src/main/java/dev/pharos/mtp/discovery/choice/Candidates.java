// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.choice;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Collects what one source has, and turns away what will not do.
final class Candidates {
    private static final Set<String> KNOWN = Set.of("ws", "wss", "mqtt", "mqtts", "stomp", "stomps", "coap", "coaps");

    private final Source source;
    private final DiscoverySettings settings;
    private final List<DiscoveredController> found = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Candidates(Source source, DiscoverySettings settings) {
        this.source = source;
        this.settings = settings;
    }

    Source source() {
        return source;
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    void add(DiscoveredController controller) {
        URI uri = controller.uri();
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String who = uri + controller.endpointId().map(id -> " (" + id + ")").orElse("");
        if (!KNOWN.contains(scheme)) {
            note(who + " is not an address of a USP transport: its scheme is " + scheme);
        } else if (!settings.schemes().isEmpty() && !settings.schemes().contains(scheme)) {
            note(who + " was found, but " + scheme + ":// is not supported");
        } else if (settings.wanted().isPresent()
                && controller.endpointId().isPresent()
                && !controller.endpointId().equals(settings.wanted())) {
            note(who + " was found, but " + settings.wanted().get() + " is wanted");
        } else if (controller.endpointId().filter(settings.others()::contains).isPresent()) {
            note(who + " was found, but this agent has that endpoint already");
        } else if (found.stream().noneMatch(controller::isSameAs)) {
            found.add(controller);
        }
    }

    SourceReport report() {
        // what is encrypted goes first; otherwise as the source orders it
        found.sort(Comparator.comparing(DiscoveredController::isEncrypted).reversed());
        return new SourceReport(source, found, notes);
    }
}
