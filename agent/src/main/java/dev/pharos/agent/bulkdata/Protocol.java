// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How reports travel.
enum Protocol {
    HTTP("HTTP"),
    /// As `Push!` event to the profile's owner.
    USP_EVENT_NOTIF("USPEventNotif");

    private final String word;

    Protocol(String word) {
        this.word = word;
    }

    static Optional<Protocol> of(String word) {
        return Stream.of(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    /// All of them, as TR-181 lists them.
    static String all() {
        return Stream.of(values()).map(each -> each.word).collect(Collectors.joining(","));
    }
}
