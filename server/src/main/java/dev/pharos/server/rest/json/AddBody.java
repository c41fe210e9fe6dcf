// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.usp.message.AddRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An Add.
///
/// @param allowPartial whether rows that succeed stay when another fails; false where it is not said
@Schema(name = "AddRequest")
public record AddBody(
        @Nullable Boolean allowPartial,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        List<@Nullable CreateObject> createObjects) {

    public record CreateObject(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String objPath,

            @Nullable List<@Nullable ParamSetting> paramSettings) {}

    public AddRequest toRequest() {
        List<AddRequest.CreateObject> objects = new ArrayList<>();
        for (CreateObject object : Fields.items("createObjects", createObjects)) {
            String at = "createObjects[" + objects.size() + "]";
            objects.add(new AddRequest.CreateObject(
                    Fields.text(at + ".objPath", object.objPath()),
                    ParamSetting.settings(at + ".paramSettings", object.paramSettings())));
        }
        return new AddRequest(Fields.flag(allowPartial, false), objects);
    }
}
