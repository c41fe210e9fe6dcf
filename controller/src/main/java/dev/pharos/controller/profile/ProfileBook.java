// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import java.util.Optional;

/// The profiles that hold now.
public interface ProfileBook {

    /// For a job about one version of a profile.
    ///
    /// @return all profiles, of which this one is meant; empty where it was deleted, or is another version by now
    Optional<Lookout> lookout(String profile, int version);
}
