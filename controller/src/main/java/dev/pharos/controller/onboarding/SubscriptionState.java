// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.onboarding;

import dev.pharos.controller.acs.Notice;
import dev.pharos.controller.acs.Notices;
import dev.pharos.controller.acs.ReportPolicy;
import dev.pharos.controller.policy.SubscriptionTemplate;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.Notification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A subscription that a device has, or that we want on it, or both.
///
/// @param wanted whether we want it
/// @param present whether the device had it when it was last read
/// @param path the row, empty where it is not present, or over TR-069
/// @param told over TR-069 how the device tells of it: `at once`, `with the next Inform`, `not`; empty over USP
/// @param refusal over TR-069 what the device said when it was to tell as wanted; else empty
public record SubscriptionState(
        String id,
        String notifType,
        String referenceList,
        boolean enabled,
        boolean wanted,
        boolean present,
        boolean persistent,
        String path,
        String told,
        String refusal) {

    private static final Pattern ROW = Pattern.compile("\\.[0-9]+\\.");

    /// What is there beside what is wanted, from what the twin knows.
    ///
    /// @param subscriptions the twin's values of the Subscription table
    /// @param model the device's, where it is known
    public static List<SubscriptionState> of(
            List<TwinValue> subscriptions, List<SubscriptionTemplate> templates, Optional<SupportedModel> model) {
        Map<String, SubscriptionTemplate> wanted = new LinkedHashMap<>();
        templates.stream()
                .filter(template ->
                        model.isEmpty() || !template.referencesIn(model.get()).isEmpty())
                .forEach(template -> wanted.put(template.id(), template));
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        for (TwinValue value : subscriptions) {
            int dot = value.path().lastIndexOf('.');
            rows.computeIfAbsent(value.path().substring(0, dot + 1), path -> new HashMap<>())
                    .put(value.path().substring(dot + 1), value.value());
        }
        List<SubscriptionState> states = new ArrayList<>();
        rows.forEach((path, params) -> {
            String id = params.get("ID");
            if (id != null) {
                states.add(present(path, id, params, wanted.remove(id) != null));
            }
        });
        wanted.values().forEach(template -> states.add(missing(template, model)));
        return states;
    }

    /// Of a device of TR-069, for which attributes of parameters are what subscriptions are over USP: those that are
    /// told alike are one, with `*` for rows.
    public static List<SubscriptionState> of(Notices notices) {
        Map<Notice, Set<String>> alike = new LinkedHashMap<>();
        notices.all()
                .forEach(each -> alike.computeIfAbsent(
                                new Notice("", each.actual(), each.wanted(), each.refusal()), _ -> new TreeSet<>())
                        .add(ROW.matcher(each.parameter()).replaceAll(".*.")));
        return alike.entrySet().stream()
                .map(each -> told(each.getKey(), String.join(",", each.getValue())))
                .toList();
    }

    private static SubscriptionState told(Notice notice, String references) {
        boolean on = notice.actual() != Notification.OFF;
        boolean asWanted = notice.wanted().equals(Optional.of(notice.actual()));
        return new SubscriptionState(
                "",
                "ValueChange",
                references,
                on,
                notice.wanted().isPresent(),
                asWanted || notice.wanted().isEmpty(),
                true,
                "",
                words(notice.actual()),
                notice.refusal());
    }

    /// What a device of TR-069 reports of itself, for which a policy is what a subscription to an event is over USP.
    public static SubscriptionState of(ReportPolicy.State state) {
        return new SubscriptionState(
                state.template().id(),
                state.template().notifType(),
                state.policy().event(),
                state.told(),
                true,
                state.told(),
                true,
                "",
                words(state.told() ? Notification.ACTIVE : Notification.OFF),
                "");
    }

    private static String words(Notification how) {
        return switch (how) {
            case OFF -> "not";
            case PASSIVE -> "with the next Inform";
            case ACTIVE -> "at once";
            case PASSIVE_LIGHTWEIGHT, PASSIVE_WITH_PASSIVE_LIGHTWEIGHT -> "with the next lightweight notification";
            case ACTIVE_LIGHTWEIGHT, PASSIVE_WITH_ACTIVE_LIGHTWEIGHT -> "by a lightweight notification";
        };
    }

    private static SubscriptionState present(String path, String id, Map<String, String> params, boolean wanted) {
        return new SubscriptionState(
                id,
                params.getOrDefault("NotifType", ""),
                params.getOrDefault("ReferenceList", ""),
                isTrue(params.get("Enable")),
                wanted,
                true,
                isTrue(params.get("Persistent")),
                path,
                "",
                "");
    }

    private static SubscriptionState missing(SubscriptionTemplate template, Optional<SupportedModel> model) {
        List<String> references = model.map(template::referencesIn).orElse(template.references());
        return new SubscriptionState(
                template.id(),
                template.notifType(),
                String.join(",", references),
                false,
                true,
                false,
                true,
                "",
                "",
                "");
    }

    private static boolean isTrue(@Nullable String value) {
        return "true".equals(value) || "1".equals(value);
    }
}
