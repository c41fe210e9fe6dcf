// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What profiles would change, as far as is known without asking any device. Secrets are masked.
///
/// @param counts of devices
/// @param groups what would be done or stands in the way, by profile and place; those with most devices first
/// @param more groups that are not named, for there are too many
public record ProfilePlan(Counts counts, List<Group> groups, int more) {
    public ProfilePlan {
        groups = Frozen.list(groups);
    }

    /// Each device counts at the first of these that is so, from left to right.
    ///
    /// @param devices that are meant
    /// @param change of which something is known to be different
    /// @param unknown of which something must be read first
    /// @param stuck of which something cannot be done, and nothing else is to be done
    /// @param same that are as they should be
    public record Counts(long devices, long change, long unknown, long stuck, long same) {

        /// As one sentence.
        public String sentence() {
            if (devices == 0) {
                return "No device is meant, so nothing would change.";
            }
            if (change == 0 && unknown == 0 && stuck == 0) {
                return number("Nothing would change: all %,d devices are as they should be.", devices);
            }
            StringBuilder text = new StringBuilder(
                    change == 0
                            ? number("Nothing is known to change of %,d devices", devices)
                            : String.format(Locale.ROOT, "Would change %,d of %,d devices", change, devices));
            if (unknown > 0) {
                text.append(number("; %,d must be read first", unknown));
            }
            if (stuck > 0) {
                text.append(number("; of %,d something cannot be done", stuck));
            }
            if (same > 0) {
                text.append(number("; %,d are as they should be", same));
            }
            return text.append('.').toString();
        }

        private static String number(String text, long number) {
            return String.format(Locale.ROOT, text, number);
        }
    }

    /// The same difference on some devices.
    ///
    /// @param place as the profile writes it
    /// @param wanted the template
    /// @param why of the first device
    /// @param places parameters or rows, of all these devices together
    /// @param before the most frequent values of before
    /// @param others places that have another value, or of which too many were different to count each
    public record Group(
            Finding.State state,
            String place,
            String profile,
            String wanted,
            String why,
            long devices,
            long places,
            List<Before> before,
            long others,
            List<Example> examples) {
        public Group {
            before = Frozen.list(before);
            examples = Frozen.list(examples);
        }
    }

    public record Before(String value, long places) {}

    public record Example(String device, String path, Optional<String> before, Optional<String> after) {}

    /// Whether profiles contradict each other anywhere.
    public boolean contradictory() {
        return groups.stream().anyMatch(group -> group.state() == Finding.State.CONTRADICTION);
    }
}
