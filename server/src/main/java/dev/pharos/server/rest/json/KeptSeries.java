// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.store.SeriesStore;
import java.time.Instant;
import java.util.List;

/// The parameters that are kept, by path.
public record KeptSeries(List<KeptParameter> items) {

    /// @param path with instance numbers, or `*` for every row
    public record KeptParameter(String path, Instant added, String addedBy) {
        public static KeptParameter of(SeriesStore.Kept kept) {
            return new KeptParameter(kept.pattern(), kept.added(), kept.addedBy());
        }
    }
}
