// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

/// What a template is for one device.
public sealed interface Said {

    record Value(String text) implements Said {}

    /// @param why the device has no such value, as a sentence
    record Nothing(String why) implements Said {}
}
