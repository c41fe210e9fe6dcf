// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import java.time.Instant;
import java.util.Locale;

/// The last known value of one parameter.
///
/// @param path with instance numbers
/// @param secured whether the value is a secret, which is never kept: then `value` is empty
/// @param time when it was learnt
public record TwinValue(String path, String value, boolean secured, Instant time, Source source) {

    /// How a value was learnt.
    public enum Source {
        GET,
        SET,
        NOTIFY,
        ONBOARDING,
        /// In a report of bulk data.
        BULK;

        /// As the REST interface shows it.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
