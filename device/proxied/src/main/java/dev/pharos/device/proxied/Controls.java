// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.proxied;

import dev.pharos.datamodel.definition.ValueSyntax;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.math.BigDecimal;
import java.util.List;

/// What controls allow to be written, and where their commands lead (TR-369, IoT data model, control objects).
final class Controls {
    private Controls() {}

    /// The object of a parameter, which is there.
    static ObjectInstance object(Snapshot snapshot, String parameterPath) {
        return snapshot.object(parameterPath.substring(0, parameterPath.lastIndexOf('.') + 1))
                .orElseThrow(() -> new UspException(StandardErrorCode.OBJECT_DOES_NOT_EXIST, parameterPath));
    }

    /// @throws UspException 7012 where the object does not allow the value, 7013 where it allows none
    static void check(ObjectInstance object, String path, String value) {
        switch (object.definition().name()) {
            case "LevelControl" -> {
                BigDecimal level = new BigDecimal(value);
                if (level.compareTo(number(object, "MinValue")) < 0
                        || level.compareTo(number(object, "MaxValue")) > 0) {
                    throw new UspException(
                            StandardErrorCode.INVALID_VALUE,
                            path + ": not within " + text(object, "MinValue") + " and " + text(object, "MaxValue"));
                }
            }
            case "EnumControl" -> {
                if (!ValueSyntax.items(text(object, "ValidValues")).contains(value)) {
                    throw new UspException(
                            StandardErrorCode.INVALID_VALUE, path + ": none of " + text(object, "ValidValues"));
                }
            }
            case ProxiedModel.RESOURCES -> {
                if (!ValueSyntax.items(text(object, "Operations")).contains("Write")) {
                    throw new UspException(StandardErrorCode.NON_WRITEABLE_PARAMETER, path + ": cannot be written");
                }
                if (value.length() > Limits.VALUE_CHARACTERS) {
                    throw new UspException(
                            StandardErrorCode.INVALID_VALUE,
                            path + ": longer than " + Limits.VALUE_CHARACTERS + " characters");
                }
            }
            default -> {}
        }
    }

    /// The value that a command leads to.
    static String next(ObjectInstance object, String command) {
        String value = text(object, ProxiedModel.VALUE);
        return switch (object.definition().name() + "." + command) {
            case "BinaryControl.Toggle()" -> Boolean.toString(!Boolean.parseBoolean(value));
            case "LevelControl.StepUp()" ->
                number(object, ProxiedModel.VALUE)
                        .add(number(object, "StepValue"))
                        .min(number(object, "MaxValue"))
                        .toPlainString();
            case "LevelControl.StepDown()" ->
                number(object, ProxiedModel.VALUE)
                        .subtract(number(object, "StepValue"))
                        .max(number(object, "MinValue"))
                        .toPlainString();
            case "EnumControl.StepUp()" -> neighbour(object, value, 1);
            case "EnumControl.StepDown()" -> neighbour(object, value, -1);
            default -> throw new UspException(StandardErrorCode.COMMAND_FAILURE, "not backed: " + command);
        };
    }

    /// The values form a circle.
    private static String neighbour(ObjectInstance object, String value, int step) {
        List<String> valid = ValueSyntax.items(text(object, "ValidValues"));
        if (valid.isEmpty()) {
            throw new UspException(StandardErrorCode.COMMAND_FAILURE, "there is no value to step to");
        }
        return valid.get(Math.floorMod(valid.indexOf(value) + step, valid.size()));
    }

    private static String text(ObjectInstance object, String parameter) {
        return object.value(parameter).orElse("");
    }

    private static BigDecimal number(ObjectInstance object, String parameter) {
        return new BigDecimal(text(object, parameter));
    }
}
