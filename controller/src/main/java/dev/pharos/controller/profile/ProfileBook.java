// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import java.util.Optional;

/// The profiles that hold now, and those that are only written.
public interface ProfileBook {

    /// For a job about one version of a profile.
    ///
    /// @return all profiles, of which this one is meant; empty where it was deleted, or is another version by now
    Optional<Lookout> lookout(String profile, int version);

    /// For a job that brings devices to a profile once.
    ///
    /// @param written the profile, as a job has it
    /// @return that profile alone, which is meant for whatever devices the job has
    /// @throws dev.pharos.controller.store.StoreException where it is none
    Lookout once(String written);
}
