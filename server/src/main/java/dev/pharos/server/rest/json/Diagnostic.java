// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.server.store.DiagnosticStore.StoredDiagnostic;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A diagnostic of a device.
///
/// @param state `complete` when the device said what it found, which `outputs` has: `Status` may be an error of the
///     network; `failed` when the device could not carry it out, which `fault` says
/// @param by who wanted to know
/// @param inputs what the device was asked with, without secrets
/// @param outputs the output arguments of the data model
/// @param file that came of it, among the files of the device
/// @param fault why it failed; while it runs, why the device has not begun
/// @param awaitedSession when the device is expected, as long as it is to be told in its next session (TR-069); that
///     may be over
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Diagnostic(
        long id,
        String device,
        String kind,

        @Schema(allowableValues = {"running", "complete", "failed", "cancelled", "lost"})
        String state,

        Instant begun,
        @Nullable Instant ended,
        String by,
        Map<String, String> inputs,
        Map<String, String> outputs,
        String fault,
        @Nullable Long file,
        @Nullable Instant awaitedSession) {

    public static Diagnostic of(StoredDiagnostic run, Optional<Instant> awaitedSession) {
        return new Diagnostic(
                run.id(),
                run.device().toString(),
                run.kind(),
                run.state().text(),
                run.begun(),
                run.ended().orElse(null),
                run.by(),
                new TreeMap<>(run.inputs()),
                new TreeMap<>(run.outputs()),
                run.fault(),
                run.file().orElse(null),
                awaitedSession.orElse(null));
    }
}
