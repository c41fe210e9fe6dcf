// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import dev.pharos.usp.Frozen;
import java.util.List;

/// What an option of a UCI section holds. Says nothing of its content in its text form, since that may be a
/// key of a wireless network.
public sealed interface UciValue {

    /// The value of an `option`; never empty, since for UCI an empty value is none.
    record Text(String text) implements UciValue {
        @Override
        public String toString() {
            return "a text of " + text.length() + " characters";
        }
    }

    /// The values of `list` lines of one name, in order; at least one, of which any may be empty.
    record Items(List<String> items) implements UciValue {
        public Items {
            items = Frozen.list(items);
        }

        @Override
        public String toString() {
            return items.size() + " items";
        }
    }
}
