// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.UspException;

/// Why an operation on a deployment unit fails, by the fault codes of `DUStateChange!` (TR-181).
enum ModuleFault {
    /// Whatever has no code of its own.
    REQUEST_DENIED(7002),
    INVALID_ARGUMENTS(7004),
    TOO_MANY_OPERATIONS(7005),
    /// The execution environment is disabled.
    DISABLED_ENVIRONMENT(7012),
    UNAVAILABLE_ROLE(7032),
    SERVER_UNREACHABLE(7033),
    SERVER_INSECURE(7034),
    CORRUPT_DATA(7035),
    BAD_SIGNATURE(7036),
    UNAVAILABLE_USER_ROLE(7037),
    UNKNOWN_ENVIRONMENT(7223),
    MISMATCH(7225),
    DUPLICATE(7226),
    RESOURCES_EXCEEDED(7227),
    INVALID_UNIT_STATE(7229),
    INVALID_ENVIRONMENT_STATE(7230);

    private final int code;

    ModuleFault(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    UspException because(String why) {
        return new UspException(ErrorCode.of(code), why);
    }
}
