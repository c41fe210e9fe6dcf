// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.controller.alarm.AlarmRule;
import dev.pharos.server.store.AlarmStore;
import java.util.List;

/// Whom a rule would concern now. Nothing was done.
///
/// @param devices that the rule is about
/// @param concerned of them, on which what it looks for is so now; how long it has been so is not looked at
/// @param first some of these
/// @param alarms that there would be: one for each device that is concerned, or for a share one or none
/// @param text the rule in one sentence
public record AlarmRulePreview(long devices, long concerned, List<String> first, long alarms, String text) {

    public static AlarmRulePreview of(AlarmRule rule, AlarmStore.Concerned found) {
        long alarms = rule.share()
                .map(percent -> found.concerned() * 100 >= percent * Math.max(1, found.devices()) ? 1L : 0L)
                .orElse(found.concerned());
        return new AlarmRulePreview(found.devices(), found.concerned(), found.first(), alarms, rule.sentence());
    }
}
