// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import java.time.Instant;
import java.util.OptionalLong;

/// A profile as it is kept.
///
/// @param version grows with each change, and is not used again where a profile was deleted
/// @param job that brought devices to it; empty where none was made
public record StoredProfile(Profile profile, int version, Instant changed, String changedBy, OptionalLong job) {

    public String name() {
        return profile.name();
    }
}
