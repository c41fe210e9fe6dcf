// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.diagnostics.DiagnosticKind;
import dev.pharos.server.diagnostics.Diagnostics.Question;
import dev.pharos.server.diagnostics.Limits;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a device is to find out.
///
/// @param target of whom: a host, several with commas between them, a name, a URL; a transfer without one is with this
///     server, and so is a capture
/// @param arguments of the command in the data model, where they are not to be the usual ones: `DataBlockSize` …
@Schema(name = "DiagnosticRequest")
public record DiagnosticBody(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                allowableValues = {"ping", "trace", "download", "upload", "udp-echo", "servers", "lookup", "capture"})
        @Nullable
        String kind,

        @Nullable String target,
        @Nullable Map<String, @Nullable String> arguments) {

    public Question toQuestion() {
        String wanted = kind == null ? "" : kind;
        DiagnosticKind known = DiagnosticKind.of(wanted)
                .orElseThrow(() -> new BadRequestException("kind", "must be one of " + DiagnosticKind.names()));
        Map<String, String> texts = Fields.texts("arguments", arguments);
        if (texts.size() > Limits.ARGUMENTS) {
            throw new BadRequestException("arguments", "must be at most " + Limits.ARGUMENTS);
        }
        texts.forEach((name, value) -> checkLength("arguments." + name, name.length() + value.length()));
        String of = known.needsTarget() ? Fields.text("target", target) : target == null ? "" : target;
        checkLength("target", of.length());
        return new Question(known, of, texts);
    }

    private static void checkLength(String field, int characters) {
        if (characters > Limits.ARGUMENT) {
            throw new BadRequestException(field, "must have at most " + Limits.ARGUMENT + " characters");
        }
    }
}
