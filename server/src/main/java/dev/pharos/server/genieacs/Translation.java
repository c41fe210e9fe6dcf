// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

import dev.pharos.controller.kind.NameRule;
import dev.pharos.controller.profile.Profile;
import dev.pharos.usp.Frozen;
import java.util.List;

/// What became of an export.
///
/// @param profiles each of which [dev.pharos.server.profile.ProfileFile] reads, in the order of the presets
/// @param names virtual parameters that are names
/// @param items everything of the export, in its order
public record Translation(List<Profile> profiles, List<NameRule> names, List<Item> items) {
    public Translation {
        profiles = Frozen.list(profiles);
        names = Frozen.list(names);
        items = Frozen.list(items);
    }

    public enum Kind {
        PRESET,
        PROVISION,
        VIRTUAL_PARAMETER
    }

    /// How much of a thing is taken over.
    public enum State {
        /// All that it does is done.
        WHOLE,
        /// Some of it: the remarks say what is not.
        PARTLY,
        /// Nothing of it.
        NOT,
        /// Nothing has to be done for it: it only reads, or nothing uses it.
        UNNEEDED
    }

    /// @param became the name of a profile, or the shared name of a parameter; empty where nothing did
    /// @param remarks what is otherwise than it was, for people
    public record Item(Kind kind, String name, State state, String became, List<String> remarks) {
        public Item {
            remarks = Frozen.list(remarks);
        }
    }
}
