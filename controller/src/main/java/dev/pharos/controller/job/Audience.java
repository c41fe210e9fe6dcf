// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Frozen;
import java.util.List;

/// Which devices a job concerns. It is fixed when the job starts.
public sealed interface Audience {

    /// Those that a query means at that moment.
    ///
    /// @param query as it was written
    /// @param mayBeEmpty whether it is well where it means none
    record Matching(String query, boolean mayBeEmpty) implements Audience {}

    /// Those on which another job changed something.
    record Changed(long job) implements Audience {}

    /// Those of a campaign that stand at these positions in it; of them, where the job takes devices back, those that
    /// it has had run its image.
    ///
    /// @param to exclusive
    record Span(long campaign, int from, int to) implements Audience {}

    /// These, 1 to [Limits#NAMED].
    record Named(List<EndpointId> devices) implements Audience {
        public Named {
            devices = Frozen.list(devices);
        }
    }
}
