// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.usp.message.SetRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Set.
///
/// @param allowPartial whether objects that succeed stay changed when another fails; false where it is not said
@Schema(name = "SetRequest")
public record SetBody(
        @Nullable Boolean allowPartial,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        List<@Nullable UpdateObject> updateObjects) {

    public record UpdateObject(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String objPath,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            List<@Nullable ParamSetting> paramSettings) {}

    public SetRequest toRequest() {
        List<SetRequest.UpdateObject> objects = new ArrayList<>();
        for (UpdateObject object : Fields.items("updateObjects", updateObjects)) {
            String at = "updateObjects[" + objects.size() + "]";
            objects.add(new SetRequest.UpdateObject(
                    Fields.text(at + ".objPath", object.objPath()),
                    ParamSetting.settings(at + ".paramSettings", object.paramSettings())));
        }
        return new SetRequest(Fields.flag(allowPartial, false), objects);
    }
}
