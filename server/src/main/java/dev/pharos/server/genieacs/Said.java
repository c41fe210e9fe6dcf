// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

import dev.pharos.usp.Frozen;
import java.util.List;

/// What an expression of a script stands for, as far as it is known without a device.
sealed interface Said {
    /// @param template as a profile writes it: braces are places of the device
    /// @param number whether it was written as a number
    record Text(String template, boolean number) implements Said {
        static Text literal(String text) {
            return new Text(text.replace("{", "{{").replace("}", "}}"), false);
        }

        boolean isLiteral() {
            return !template.replace("{{", "").contains("{");
        }

        /// @return the text itself, where it is one
        String plain() {
            return template.replace("{{", "{").replace("}}", "}");
        }
    }

    record Flag(boolean is) implements Said {}

    /// Now, or reckoned from now.
    record Moment() implements Said {}

    record Nothing() implements Said {}

    record Several(List<Said> items) implements Said {
        public Several {
            items = Frozen.list(items);
        }
    }

    /// What `declare` returned for a path.
    record Declared(String path) implements Said {}

    /// The value of it: a pair of value and type.
    record DeclaredValue(String path) implements Said {}

    /// @param why for people
    record Unknown(String why) implements Said {}
}
