// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.alarm.AlarmCondition;
import dev.pharos.controller.alarm.AlarmRule;
import dev.pharos.controller.store.EventKind;
import dev.pharos.server.store.AlarmRuleStore.StoredRule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody wants to be alarmed about: either `when`, or `atLeast` events.
///
/// @param query for the devices that it is about; empty for all
/// @param percent left out where it has an alarm for each device
/// @param text all of it in one sentence
/// @param note why it is not looked for, or not all of it; empty where all is well
/// @param open how many of its alarms are
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlarmRuleView(
        String name,
        String severity,
        String query,
        @Nullable String when,
        @Nullable Long forSeconds,
        @Nullable List<String> kinds,
        @Nullable String path,
        @Nullable Integer atLeast,
        @Nullable Long withinSeconds,
        @Nullable Integer percent,
        String text,
        String note,
        long open,
        Instant changed,
        String changedBy) {

    public static AlarmRuleView of(StoredRule kept, long open) {
        AlarmRule rule = kept.rule();
        AlarmCondition.@Nullable Holds holds = rule.condition() instanceof AlarmCondition.Holds state ? state : null;
        AlarmCondition.@Nullable Happens happens =
                rule.condition() instanceof AlarmCondition.Happens events ? events : null;
        return new AlarmRuleView(
                rule.name(),
                rule.severity().text(),
                rule.devices(),
                holds == null ? null : holds.query(),
                holds == null ? null : holds.lasting().toSeconds(),
                happens == null
                        ? null
                        : happens.kinds().stream().map(EventKind::text).sorted().toList(),
                happens == null ? null : happens.path(),
                happens == null ? null : happens.atLeast(),
                happens == null ? null : happens.within().toSeconds(),
                rule.share().orElse(null),
                rule.sentence(),
                kept.note(),
                open,
                kept.changed(),
                kept.changedBy());
    }
}
