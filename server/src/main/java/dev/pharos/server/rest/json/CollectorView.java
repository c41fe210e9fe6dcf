// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.server.store.CollectorStore.Outcome;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the collector of bulk data has taken and refused.
///
/// @param devices that have delivered anything
/// @param outcomes of devices and strangers together; absent for those who see some devices only
/// @param refusals the last ones, the newest first
@Schema(name = "BulkCollector")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CollectorView(
        long devices,
        BulkView.Received received,
        @Nullable List<BulkOutcome> outcomes,
        List<BulkView.RefusedReport> refusals) {

    /// @param outcome `taken`, `pushed` and `published`, by way, or `refused.` with the status of HTTP, `refused.push`,
    ///     `refused.mqtt`
    public record BulkOutcome(String outcome, long number, Instant last) {
        public static BulkOutcome of(Outcome one) {
            return new BulkOutcome(one.outcome(), one.number(), one.last());
        }
    }
}
