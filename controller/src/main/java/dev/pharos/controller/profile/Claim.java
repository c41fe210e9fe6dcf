// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

/// What one profile wants of one parameter of one device.
///
/// @param place where, as the profile writes it: `Device.WiFi.Radio.*.Channel`
/// @param written the template
public record Claim(String profile, int priority, String place, String written, Said said) {

    boolean agreesWith(Claim other) {
        return said instanceof Said.Value(String one)
                && other.said instanceof Said.Value(String two)
                && Sameness.same(one, two);
    }

    /// `base (priority 10)`
    String origin() {
        return profile + " (priority " + priority + ")";
    }
}
