// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How reports travel.
enum Protocol {
    HTTP("HTTP"),
    /// Over the session at a broker by which a controller is reached.
    MQTT("MQTT"),
    /// As `Push!` event to the profile's owner.
    USP_EVENT_NOTIF("USPEventNotif");

    private final String word;

    Protocol(String word) {
        this.word = word;
    }

    static Optional<Protocol> of(String word) {
        return Stream.of(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    /// As TR-181 lists them.
    ///
    /// @param mqtt whether there are MQTT clients
    static String all(boolean mqtt) {
        return Stream.of(values())
                .filter(each -> mqtt || each != MQTT)
                .map(each -> each.word)
                .collect(Collectors.joining(","));
    }
}
