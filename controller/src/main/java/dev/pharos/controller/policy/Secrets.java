// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.policy;

import dev.pharos.usp.Frozen;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Which names hold secrets. A device answers secrets with empty text, but what we write to it
/// passes through our hands, and must appear neither in the twin nor in what observers see.
public final class Secrets {
    /// What stands in place of a secret.
    public static final String MASK = "******";

    /// Words that make a name a secret's wherever they stand in it.
    static final String WORDS =
            "password|passwd|passcode|passphrase|pwd|secret|presharedkey|sharedkey|networkkey|masterkey"
                    + "|linkkey|wepkey|privatekey|authkey|authenticationkey|encryptionkey|cipherkey|apikey|credential|token";

    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(?:" + WORDS + ").*|(?i:(?:.*_)?(?:pin|key|psk|pskc))|.*[a-z0-9](?:PIN|PSK|PSKc)");

    /// Names that say nothing by themselves: a secret where the object around them is one.
    private static final Pattern PLAIN_NAME = Pattern.compile("(?i)value|data|content|text|response|code");

    private static final Pattern SECRET_OBJECT =
            Pattern.compile("(?i).*(?:" + WORDS + "|challenge).*|(?i)(?:.*_)?(?:pin|key|psk)s?");

    /// What names are, of which devices send the same ones over and over: the patterns are asked once for each.
    private static final Map<String, NameKind> KINDS = new ConcurrentHashMap<>();

    private enum NameKind {
        SECRET,
        /// A secret where the object around it is one.
        PLAIN,
        OTHER
    }

    private Secrets() {}

    /// Whether the parameter or argument of this name or path holds a secret: by its own name, or as the value
    /// of an object or command that is called so, such as `ControllerTrust.Challenge.1.Value`.
    public static boolean isSecret(String nameOrPath) {
        return switch (kind(leaf(nameOrPath))) {
            case SECRET -> true;
            case PLAIN -> isInSecretObject(nameOrPath);
            case OTHER -> false;
        };
    }

    private static NameKind kind(String name) {
        NameKind known = KINDS.get(name);
        if (known != null) {
            return known;
        }
        NameKind kind = NameKind.OTHER;
        if (SECRET_NAME.matcher(name).matches()) {
            kind = NameKind.SECRET;
        } else if (PLAIN_NAME.matcher(name).matches()) {
            kind = NameKind.PLAIN;
        }
        if (name.length() <= Limits.REMEMBERED_NAME) {
            if (KINDS.size() >= Limits.REMEMBERED_NAMES) {
                KINDS.clear();
            }
            KINDS.put(name, kind);
        }
        return kind;
    }

    /// How many names are remembered.
    static int remembered() {
        return KINDS.size();
    }

    private static boolean isInSecretObject(String path) {
        for (String segment : path.split("\\.")) {
            if (SECRET_OBJECT.matcher(segment).matches()) {
                return true;
            }
        }
        return false;
    }

    /// The last name of a path; a final dot, as a careless device writes it, does not hide it.
    static String leaf(String nameOrPath) {
        int end = nameOrPath.length();
        while (end > 0 && (nameOrPath.charAt(end - 1) == '.' || nameOrPath.charAt(end - 1) <= ' ')) {
            end--;
        }
        return nameOrPath
                .substring(nameOrPath.lastIndexOf('.', end - 1) + 1, end)
                .strip();
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
