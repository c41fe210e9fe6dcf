// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.server.store.AuditStore.Entry;
import dev.pharos.server.store.AuditStore.Sealed;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who did what.
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AuditPage(
        List<AuditEntry> items,

        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                types = {"string", "null"})
        @Nullable
        String nextCursor) {

    /// @param seq grows with every entry; numbers may be left out
    /// @param device null where the action was on no device
    /// @param hash seals this entry and all before it, as docs/audit.md says; 64 hexadecimal digits
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record AuditEntry(
            long seq,
            Instant time,
            String user,
            String action,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    types = {"string", "null"})
            @Nullable
            String device,

            String detail,
            String hash) {

        public static AuditEntry of(Sealed sealed) {
            Entry entry = sealed.entry();
            return new AuditEntry(
                    sealed.seq(),
                    entry.time(),
                    entry.user(),
                    entry.action(),
                    entry.device().isEmpty() ? null : entry.device(),
                    entry.detail(),
                    HexFormat.of().formatHex(sealed.hash().toByteArray()));
        }
    }
}
