// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.usp.message.OperateRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An Operate.
///
/// @param command a command path, `Device.Reboot()`
/// @param commandKey comes back when an asynchronous command completes
/// @param sendResp whether the device is to answer; true where it is not said
@Schema(name = "OperateRequest")
public record OperateBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String command,

        @Nullable String commandKey,
        @Nullable Boolean sendResp,
        @Nullable Map<String, @Nullable String> inputArgs) {
    public OperateRequest toRequest() {
        String path = Fields.text("command", command);
        if (!path.endsWith("()")) {
            throw new BadRequestException("command", "must be a command's path, which ends with \"()\"");
        }
        return new OperateRequest(
                path,
                commandKey == null ? "" : commandKey,
                Fields.flag(sendResp, true),
                Fields.texts("inputArgs", inputArgs));
    }
}
