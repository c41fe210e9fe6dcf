// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.job.Rollout;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What is done with a software module on each device.
///
/// @param id the module's number in the catalogue
/// @param action `install` (which it is where it is left out): this version is there afterwards, in place of an older
///     one where there is one; `update`: the same, but only in place of an older one; `uninstall`: no version is there
/// @param keepData whether what the module has stored on the device outlives an update or a removal; it does where it
///     is left out, unless it is uninstalled
@Schema(name = "ModuleRollout")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RolloutBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        Long id,

        @Nullable String action,
        @Nullable Boolean keepData) {

    static RolloutBody of(Rollout rollout) {
        return new RolloutBody(rollout.module(), rollout.action().text(), rollout.keepData());
    }

    Rollout checked() {
        if (id == null) {
            throw new BadRequestException("module.id", "must be the number of a software module");
        }
        Rollout.Action what = Rollout.Action.of(action == null ? "install" : action)
                .orElseThrow(() -> new BadRequestException("module.action", "must be install, update or uninstall"));
        return new Rollout(id, what, Fields.flag(keepData, what != Rollout.Action.UNINSTALL));
    }
}
