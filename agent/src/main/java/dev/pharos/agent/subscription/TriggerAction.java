// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import dev.pharos.agent.config.Limits;
import dev.pharos.datamodel.definition.ValueSyntax;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.usp.Frozen;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.PathName;
import java.util.ArrayList;
import java.util.List;

/// What a Subscription does when it is triggered: tells its Recipient, writes parameters, or both.
///
/// @param settings what is written; empty where nothing is
record TriggerAction(boolean notifies, List<Setting> settings) {
    TriggerAction {
        settings = Frozen.list(settings);
    }

    /// A parameter, or a search path for several, and the value that it gets.
    record Setting(PathName parameter, String value) {}

    /// @throws UspException 7012 where TriggerConfigSettings make no sense
    static TriggerAction of(ObjectInstance subscription) {
        String action = subscription.value("TriggerAction").orElse("Notify");
        List<Setting> settings =
                settings(subscription.value("TriggerConfigSettings").orElse(""));
        return new TriggerAction(!action.equals("Config"), action.equals("Notify") ? List.of() : settings);
    }

    /// Items are `Parameter=Value`, text in quotes; `%2C` stands for a comma and `%25` for a percent sign.
    private static List<Setting> settings(String list) {
        List<Setting> settings = new ArrayList<>();
        for (String item : ValueSyntax.items(list)) {
            settings.add(setting(item));
        }
        if (settings.size() > Limits.TRIGGER_SETTINGS) {
            throw wrong("more than " + Limits.TRIGGER_SETTINGS + " settings");
        }
        return settings;
    }

    private static Setting setting(String item) {
        int equals = afterPath(item);
        PathName parameter;
        try {
            parameter = PathName.require(item.substring(0, Math.max(0, equals)).strip());
        } catch (UspException malformed) {
            throw wrong(malformed.fault().errMsg());
        }
        if (parameter.leafKind() != PathName.LeafKind.PARAMETER) {
            throw wrong("not a parameter: " + parameter);
        }
        String value = item.substring(equals + 1).strip();
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        String text = quoted ? value.substring(1, value.length() - 1) : value;
        return new Setting(parameter, text.replace("%2C", ",").replace("%25", "%"));
    }

    /// The first equals sign that is not part of a search expression; -1 where there is none.
    private static int afterPath(String item) {
        int depth = 0;
        for (int i = 0; i < item.length(); i++) {
            switch (item.charAt(i)) {
                case '[' -> depth++;
                case ']' -> depth--;
                case '=' -> {
                    if (depth == 0) {
                        return i;
                    }
                }
                default -> {
                    // part of a path or of an expression
                }
            }
        }
        return -1;
    }

    private static UspException wrong(String why) {
        return new UspException(StandardErrorCode.INVALID_VALUE, "TriggerConfigSettings: " + why);
    }
}
