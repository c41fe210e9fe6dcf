// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.Notification;
import java.util.Optional;

/// How a device of TR-069 tells of changes of one parameter, beside how it shall.
///
/// @param parameter the device's own name, as USP has it
/// @param actual what the device says
/// @param wanted empty where it is nothing of ours
/// @param refusal what the device said when it was to tell otherwise; empty where it has taken it
public record Notice(String parameter, Notification actual, Optional<Notification> wanted, String refusal) {
    /// Whether it is worth a word: it is wanted, or told though nobody wants it.
    boolean isOfInterest() {
        return wanted.isPresent() || actual != Notification.OFF;
    }
}
