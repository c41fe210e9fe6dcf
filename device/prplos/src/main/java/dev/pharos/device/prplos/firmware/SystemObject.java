// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.firmware;

import dev.pharos.device.firmware.FileProblem;
import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.device.prplos.ubus.UbusException;
import dev.pharos.device.prplos.ubus.UbusStatus;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The object `system` of procd, as far as firmware goes. Thread-safe.
final class SystemObject {
    private static final String NAME = "system";

    private final UbusClient ubus;

    SystemObject(UbusClient ubus) {
        this.ubus = ubus;
    }

    /// What `/usr/libexec/validate_firmware_image` found.
    ///
    /// @param failed names of tests that the image did not pass
    record Validation(boolean valid, boolean allowsBackup, List<String> failed) {
        private static final String SIGNATURE = "fwtool_signature";

        static Validation of(UbusTable answer) {
            return new Validation(
                    answer.isTrue("valid"),
                    answer.isTrue("allow_backup"),
                    answer.table("tests").members().entrySet().stream()
                            .filter(test -> test.getValue() instanceof UbusValue.Bool(boolean passed) && !passed)
                            .map(test -> test.getKey())
                            .toList());
        }

        /// @throws UspException 7022 with the tests that failed, where this gateway cannot run the image
        void mustBeValid() {
            if (!valid) {
                String tests = failed.isEmpty() ? "" : ": it fails " + String.join(", ", failed);
                throw (failed.contains(SIGNATURE) ? FileProblem.UNSIGNED : FileProblem.UNUSABLE)
                        .because("the gateway refuses the image" + tests);
            }
        }

        /// @throws UspException 7004 where the image does not let settings be kept
        void mustAllowBackup() {
            if (!allowsBackup) {
                throw new UspException(
                        StandardErrorCode.INVALID_ARGUMENTS,
                        "the image does not let settings be kept: it runs without them alone");
            }
        }
    }

    /// Has procd look at an image; empty where it has no such method, as before OpenWrt 19.07.
    ///
    /// @throws UspException 7022 where it does not answer
    Optional<Validation> validate(Path image) throws InterruptedException {
        try {
            return Optional.of(call(
                            ubus,
                            NAME,
                            "validate_firmware_image",
                            UbusTable.EMPTY.with("path", image.toAbsolutePath().toString()),
                            Limits.CHECK))
                    .map(Validation::of);
        } catch (UbusException refused) {
            if (refused.status() == UbusStatus.METHOD_NOT_FOUND || refused.status() == UbusStatus.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure("the gateway does not look at the image: " + refused.getMessage());
        }
    }

    /// The version that runs; empty where procd does not say it.
    Optional<ImageVersion> version() throws InterruptedException {
        try {
            UbusTable release =
                    call(ubus, NAME, "board", UbusTable.EMPTY, Limits.AT_START).table("release");
            return release.text("version")
                    .map(version -> ImageVersion.of(
                            release.text("distribution").orElse(""),
                            version,
                            release.text("revision").orElse("")));
        } catch (UbusException | UspException silent) {
            return Optional.empty();
        }
    }

    /// @throws UspException 7022 where procd does not take it
    void reboot() throws InterruptedException {
        try {
            UbusTable _ = call(ubus, NAME, "reboot", UbusTable.EMPTY, Limits.ANSWER);
        } catch (UbusException refused) {
            throw failure("the gateway does not restart: " + refused.getMessage());
        }
    }

    /// @return the first table of the answer; an empty one where there is none
    /// @throws UspException 7022 where the connection broke
    static UbusTable call(UbusClient ubus, String object, String method, UbusTable arguments, Duration patience)
            throws UbusException, InterruptedException {
        try {
            List<UbusTable> answer = ubus.invoke(object, method, arguments, patience);
            return answer.isEmpty() ? UbusTable.EMPTY : answer.getFirst();
        } catch (IOException broken) {
            throw failure(object + " " + method + ": " + broken.getMessage());
        }
    }

    static UspException failure(String why) {
        return new UspException(StandardErrorCode.COMMAND_FAILURE, why);
    }
}
