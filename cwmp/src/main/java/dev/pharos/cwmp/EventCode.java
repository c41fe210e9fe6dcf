// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp;

/// Why a CPE has opened a session: one of the numbered events, the completion of a method, or what a vendor has added.
public sealed interface EventCode permits StandardEvent, MethodEvent, OtherEvent {
    /// As on the wire, such as `2 PERIODIC` or `M Reboot`.
    String text();

    /// The event of this text: every text is one.
    static EventCode of(String text) {
        for (StandardEvent standard : StandardEvent.values()) {
            if (standard.text().equalsIgnoreCase(text)) {
                return standard;
            }
        }
        for (MethodEvent method : MethodEvent.values()) {
            if (method.text().equalsIgnoreCase(text)) {
                return method;
            }
        }
        return new OtherEvent(text);
    }
}
