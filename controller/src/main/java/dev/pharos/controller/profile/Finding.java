// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import java.util.Locale;
import java.util.Optional;

/// One parameter or row of a device beside what profiles want of it.
///
/// @param place the same as the profile writes it: `Device.WiFi.Radio.*.Channel`
/// @param path whole, or with the keys of a row that is not there: `Device.X.[Alias=="a"].Enable`
/// @param known what it is as far as known; empty where that is not known, or a secret
/// @param wanted what it is to be; empty where that cannot be said
/// @param profile the one that wins, or the first of those that contradict each other
/// @param written the template of that profile
/// @param why it is wanted so, or why nothing is done, as a sentence
/// @param secret whether its values must not be shown
public record Finding(
        String place,
        String path,
        State state,
        Optional<String> known,
        Optional<String> wanted,
        String profile,
        String written,
        String why,
        boolean secret) {

    /// How it stands.
    public enum State {
        SAME,
        DIFFERS,
        /// A row that is to be added; its values stand beside it.
        MISSING,
        /// What it is must be read first.
        UNKNOWN,
        /// The data model of the device has no such thing.
        LACKING,
        CONTRADICTION,
        UNSAID;

        /// As the REST interface shows it.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
