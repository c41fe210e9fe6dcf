// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.usp.message.ParameterSetting;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One parameter to write.
///
/// @param required whether the object as a whole fails when this parameter does; true where it is not said
public record ParamSetting(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String param,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String value,

        @Nullable Boolean required) {

    static List<ParameterSetting> settings(String field, @Nullable List<@Nullable ParamSetting> settings) {
        List<ParameterSetting> result = new ArrayList<>();
        for (ParamSetting setting : Fields.itemsOrNone(field, settings)) {
            String at = field + "[" + result.size() + "]";
            String value = setting.value();
            if (value == null) {
                throw new BadRequestException(at + ".value", "must be a text; it may be empty");
            }
            result.add(new ParameterSetting(
                    Fields.text(at + ".param", setting.param()), value, Fields.flag(setting.required(), true)));
        }
        return result;
    }
}
