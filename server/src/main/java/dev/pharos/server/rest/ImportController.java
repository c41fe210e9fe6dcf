// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.genieacs.GenieExport;
import dev.pharos.server.genieacs.GenieTranslation;
import dev.pharos.server.rate.Heavy;
import dev.pharos.server.rest.json.GenieTranslationView;
import dev.pharos.server.rest.json.GenieTranslationView.GenieExportBody;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// What other systems keep, said as files of ours. Nothing is changed by it: who wants the files applies them.
@RestController
@Tag(name = "profiles")
@Needs(Right.LOOK)
public final class ImportController {
    @Reaches(Reach.NONE)
    @Heavy
    @PostMapping("/api/v1/imports/genieacs")
    @Operation(
            operationId = "translateGenieAcs",
            summary = "Say presets, provisions and virtual parameters of GenieACS as profiles and names, and what of"
                    + " them cannot be said; nothing is changed")
    GenieTranslationView translate(@RequestBody GenieExportBody body) {
        try {
            return GenieTranslationView.of(GenieTranslation.of(
                    GenieExport.of(body.presets(), body.provisions(), body.virtualParameters(), body.objects())));
        } catch (IllegalArgumentException wrong) {
            throw new ApiException(422, "Not usable", wrong.getMessage() + ".");
        }
    }
}
