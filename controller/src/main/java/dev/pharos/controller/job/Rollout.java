// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What is done with a software module on a device.
///
/// @param module its number in the catalogue
/// @param keepData whether what the module has stored on the device outlives an update or a removal
public record Rollout(long module, Action action, boolean keepData) {

    /// What is to be true afterwards.
    public enum Action {
        /// This version is installed, in place of an older one where there is one.
        INSTALL,
        /// This version is in place of an older one; where there is none, nothing is done.
        UPDATE,
        /// No version of it is installed.
        UNINSTALL;

        public static Optional<Action> of(String text) {
            return Arrays.stream(values())
                    .filter(each -> each.text().equals(text))
                    .findFirst();
        }

        /// `install`, `update` or `uninstall`.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// As a line for people.
    @Override
    public String toString() {
        return action.text() + " module " + module + (keepData ? " (its data stays)" : " (its data goes)");
    }
}
