// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.policy;

import dev.pharos.usp.Frozen;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Which names hold secrets. A device answers secrets with empty text (R-SEC.1), but what we write to it
/// passes through our hands, and must appear neither in the twin nor in what observers see.
public final class Secrets {
    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(password|passphrase|presharedkey|wepkey|secret|privatekey|token|credential).*|(?i)(.*[._])?(pin|key)");

    /// What stands in place of a secret.
    public static final String MASK = "******";

    private Secrets() {}

    /// Whether the parameter or argument of this name or path holds a secret.
    public static boolean isSecret(String nameOrPath) {
        int dot = nameOrPath.lastIndexOf('.');
        return SECRET_NAME.matcher(nameOrPath.substring(dot + 1)).matches();
    }

    public static String masked(String nameOrPath, String value) {
        return !value.isEmpty() && isSecret(nameOrPath) ? MASK : value;
    }

    public static Map<String, String> masked(Map<String, String> values) {
        Map<String, String> result = new LinkedHashMap<>();
        values.forEach((name, value) -> result.put(name, masked(name, value)));
        return Frozen.adopt(result);
    }
}
