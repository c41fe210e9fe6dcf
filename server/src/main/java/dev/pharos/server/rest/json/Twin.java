// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.kind.Naming;
import dev.pharos.controller.store.TwinValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The last known values of a device.
public record Twin(List<TwinItem> items) {

    /// @param from what the device itself calls it, where that is another name; else absent
    /// @param secured true for a secret, whose value is never kept; else absent
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TwinItem(
            String path,
            String value,
            Instant time,

            @Schema(allowableValues = {"get", "set", "notify", "onboarding", "bulk"})
            String source,

            @Nullable Boolean secured,
            @Nullable String from) {
        /// @param naming what the device calls what is shown
        public static TwinItem of(TwinValue value, Naming naming) {
            return new TwinItem(
                    value.path(),
                    value.secured() ? "" : value.value(),
                    value.time(),
                    value.source().text(),
                    value.secured() ? Boolean.TRUE : null,
                    naming.own(value.path())
                            .map(Naming.Own::path)
                            .filter(own -> !own.equals(value.path()))
                            .orElse(null));
        }
    }
}
